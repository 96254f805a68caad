import { print } from 'graphql';
import type { Crowd } from '../../runtime/call/shared-work.js';
import type { AuthorisedOperation } from '../access/authorise/authorise-operation.js';
import { compilePlan, type PlanProgram } from '../bytes/compile-plan.js';
import { compileProgram, type Program } from '../bytes/compile-program.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { withoutFragmentDirectives, withoutUnusedFragments } from '../plan/document-parts.js';
import type { KeptPlans } from '../plan/kept/kept-plans.js';
import { PlanFailure } from '../plan/plan-failure.js';
import type { Planner } from '../plan/planner.js';
import type { QueryPlan } from '../plan/query-plan.js';
import { dropUnplannedFields } from '../plan/repair/drop-unplanned-fields.js';
import { findResponseNames, readFieldSetNames } from '../plan/repair/response-names.js';
import type { LoadedSupergraph } from '../plan/supergraph.js';
import type { CoercedVariables, DescribedOperation } from './described-operation.js';
import { compileFetchPlan } from './fetch/compile-fetch-plan.js';
import type { IsAbstract } from './fetch/compile-merge.js';
import type { FetchPlan } from './fetch/fetch-plan.js';
import { isAbstractIn } from './fetch/is-abstract-in.js';
import { buildProjection } from './project/build-projection.js';
import { type AnswerWriter, compileWriter } from './project/compile-writer.js';
import type { Projection } from './project/projection.js';

/** An operation, compiled for the values of its `@skip` and `@include`: what to fetch, and what to show of it. */
export interface PreparedOperation {
  readonly fetchPlan: FetchPlan;
  readonly projection: Projection;
  readonly write: AnswerWriter;
  /** Plan and projection for bytes; null when they do not carry it. Compiled when it is first asked for. */
  readonly program: () => Program | PlanProgram | null;
  /** The document that was planned. */
  readonly planned: string;
  /** The plan as the planner gave it, as JSON: for the next run. */
  readonly plan: string;
}

/** What a sort of callers may have of an operation. */
export interface Authorised extends AuthorisedOperation {
  /** Of the rules. */
  readonly key: string;
}

export interface CompilerOptions {
  readonly supergraph: Pick<LoadedSupergraph, 'apiSchema' | 'joins' | 'costs' | 'repaired'>;
  readonly planner: Planner;
  readonly kept: KeptPlans;
  readonly observer: Pick<GatewayObserver, 'plan'>;
  readonly batches: boolean;
}

type Compile = (
  description: DescribedOperation,
  variables: CoercedVariables,
  access: AuthorisedOperation,
  crowd: Crowd,
) => Promise<PreparedOperation>;

/**
 * What the caller may have, and what is shown of what was fetched, never comes from a kept plan: it is worked out here
 * of the caller's own document.
 */
export function createCompiler(options: CompilerOptions): Compile {
  const { planner, kept, observer, batches } = options;
  const { apiSchema: schema, joins, repaired } = options.supergraph;
  const fieldSetNames = new Set([...readFieldSetNames(joins), ...repaired.syntheticNames]);
  return async ({ operation, document, fragments }, variables, access, crowd) => {
    const { document: named, nameOf, prefix } = findResponseNames(document, fieldSetNames);
    const allowed = access.denied.length === 0 ? named : access.prune(named);
    // The planner would read, and refuse, fragments that only introspection spreads.
    const unfoldable = withoutFragmentDirectives(dropUnplannedFields(allowed, variables), schema);
    const planned = print(withoutUnusedFragments(unfoldable));
    const compileOf = (found: QueryPlan, text: string): PreparedOperation => {
      const plan = repaired.repairPlan(found);
      const projection = buildProjection({ schema, operation, fragments, variables, nameOf, access });
      refuseEmptyPlan(plan.node !== undefined, projection);
      const fetchPlan = compileFetchPlan(plan, { operation, joins, prefix, batches });
      return {
        fetchPlan,
        projection,
        write: compileWriter(projection),
        program: lazily(() => programOf(fetchPlan, projection, isAbstractIn(joins))),
        planned,
        plan: text,
      };
    };
    const known = kept.compileKept(planned, compileOf);
    if (known !== null) {
      observer.plan({ cached: true, tookMs: 0 });
      return known;
    }
    const plan = await planner.plan(planned, crowd);
    const text = JSON.stringify(plan);
    const compiled = compileOf(plan, text);
    kept.add(planned, text);
    return compiled;
  };
}

/** What one request for fields of the root gives needs no records. */
function programOf(
  plan: FetchPlan,
  projection: Projection,
  isAbstract: IsAbstract,
): Program | PlanProgram | null {
  const [request, ...others] = plan.requests;
  if (request === undefined) return null;
  if (others.length > 0) return compilePlan(plan, projection, isAbstract);
  if (request.content.kind !== 'root') return null;
  const { place, isRewritten, fields } = request.content;
  return place !== null || isRewritten ? null : compileProgram(projection, new Set(fields));
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The planner gives an empty plan if it finds that nothing can match. A null would say that there is no value. */
function refuseEmptyPlan(hasPlan: boolean, { root }: Projection): void {
  if (!hasPlan && root.fields.some(({ kind }) => kind === 'data')) {
    throw new PlanFailure('unplannable', 'the plan must fetch something, but is empty');
  }
}
