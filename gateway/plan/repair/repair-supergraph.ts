import { type ConstDirectiveNode, type DocumentNode, parse, print, visit } from 'graphql';
import { argumentOf, type Joins, readJoins } from '../joins.js';
import type { QueryPlan } from '../query-plan.js';
import { repairPlan } from './repair-plan.js';
import { requireByKeys } from './require-by-keys.js';
import { nameRequiredArguments } from './required-arguments.js';
import { sendsRequired } from './sends-required.js';

/** A supergraph that the planner plans well, and how its plans are read. */
export interface RepairedSupergraph {
  /** What the planner is given instead of the supergraph. */
  readonly sdl: string;
  /** Names of fields that only the planner knows. */
  readonly syntheticNames: ReadonlySet<string>;
  /** The plan without fields that only the planner knows. */
  repairPlan(plan: QueryPlan): QueryPlan;
  /** For a document that the planner fails on. Null when there is no other way. */
  planOtherwise(document: string): OtherWay | null;
}

/** Another supergraph to plan with. */
interface OtherWay {
  readonly sdl: string;
  /** Whether what the plan of it gives is right. */
  isRight(plan: QueryPlan): boolean;
}

/**
 * Changes a supergraph where the planner is known to plan wrongly: it takes the first key of a type in a subgraph for a
 * way in even if it is `resolvable: false`, so those that are resolvable come first; and it does not tell arguments of
 * required fields apart.
 *
 * @param served the SDL's document, with these joins.
 */
export function repairSupergraph(sdl: string, served: DocumentNode, joins: Joins): RepairedSupergraph {
  const ordered = putResolvableKeysFirst(served);
  const { document: repaired, synthetics } = nameRequiredArguments(ordered, joins);
  const repairedSdl = repaired === served ? sdl : print(repaired);
  const plannedJoins = synthetics.size === 0 ? joins : readJoins(repaired);
  const planOtherwise = (document: string): OtherWay | null => {
    // Kept, it would hold 10 MB for what few documents need.
    const planned = parse(repairedSdl, { noLocation: true });
    const sdlOfKeys = requireByKeys(planned, plannedJoins, parse(document, { noLocation: true }));
    if (sdlOfKeys === null) return null;
    return { sdl: sdlOfKeys, isRight: (plan) => sendsRequired(plan, plannedJoins) };
  };
  if (synthetics.size === 0)
    return { sdl: repairedSdl, syntheticNames: new Set(), repairPlan: (plan) => plan, planOtherwise };
  const input = { synthetics, joins: plannedJoins };
  return {
    planOtherwise,
    sdl: repairedSdl,
    syntheticNames: new Set(synthetics.keys()),
    repairPlan: (plan) => repairPlan(plan, input),
  };
}

function putResolvableKeysFirst(document: DocumentNode): DocumentNode {
  const reorder = <T extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
    node: T,
  ): T | undefined => {
    const directives = node.directives ?? [];
    if (!directives.some(isUnresolvable)) return undefined;
    return {
      ...node,
      directives: [...directives.filter((one) => !isUnresolvable(one)), ...directives.filter(isUnresolvable)],
    };
  };
  return visit(document, { ObjectTypeDefinition: reorder, InterfaceTypeDefinition: reorder });
}

function isUnresolvable(directive: ConstDirectiveNode): boolean {
  return directive.name.value === 'join__type' && argumentOf(directive, 'resolvable') === 'false';
}
