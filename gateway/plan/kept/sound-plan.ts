import { type DocumentNode, parse, visit } from 'graphql';
import { z } from 'zod';
import { isOperation } from '../document-parts.js';
import { asksEntities, operationOf } from '../fetch-operation.js';
import { mapFetches } from '../map-fetches.js';
import type { FetchNode, PlanNode, QueryPlan, RequiredSelection, Rewrite } from '../query-plan.js';
import { responseNameOf } from '../response-name.js';

/**
 * Reads a plan that lay in a file. Who changed the file must not make the gateway write anything, nor show one field under
 * the name of another.
 *
 * @param text JSON.
 * @param document that was planned, without what its caller may not see.
 * @returns null when it is no plan of that document.
 */
export function readSoundPlan(
  text: string,
  document: string,
  subgraphs: ReadonlySet<string>,
): QueryPlan | null {
  try {
    const plan = grammar.parse(JSON.parse(text)) as QueryPlan;
    return isSound(plan, parse(document, { noLocation: true }), subgraphs) ? plan : null;
  } catch {
    // Of what is no plan, nothing more is of interest: the operation is planned anew.
    return null;
  }
}

const texts = z.array(z.string());
const rewrite: z.ZodType<Rewrite> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ValueSetter'), path: texts, setValueTo: z.unknown() }),
  z.object({ kind: z.literal('KeyRenamer'), path: texts, renameKeyTo: z.string() }),
]);
const required: z.ZodType<unknown> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('Field'),
    alias: z.string().optional(),
    name: z.string(),
    get selections() {
      return z.array(required).optional();
    },
  }),
  z.object({
    kind: z.literal('InlineFragment'),
    typeCondition: z.string().optional(),
    get selections() {
      return z.array(required);
    },
  }),
]);
const fetchNode = z.object({
  kind: z.literal('Fetch'),
  serviceName: z.string(),
  requires: z.array(required as z.ZodType<RequiredSelection>).optional(),
  variableUsages: texts.optional(),
  operation: z.string(),
  operationName: z.string().optional(),
  inputRewrites: z.array(rewrite).optional(),
  outputRewrites: z.array(rewrite).optional(),
});
const node: z.ZodType<unknown> = z.discriminatedUnion('kind', [
  fetchNode,
  z.object({
    kind: z.literal('Flatten'),
    path: z.array(z.union([z.string(), z.number()])),
    get node() {
      return node;
    },
  }),
  z.object({
    kind: z.enum(['Sequence', 'Parallel']),
    get nodes() {
      return z.array(node);
    },
  }),
]);
const grammar = z.object({ node: (node as z.ZodType<PlanNode>).optional() });

function isSound({ node: root }: QueryPlan, document: DocumentNode, subgraphs: ReadonlySet<string>): boolean {
  if (root === undefined) return true;
  const kind = document.definitions.find(isOperation)?.operation;
  const isNamedRight = createNameCheck(document);
  let isRight = true;
  mapFetches(root, (fetch) => {
    const operation = operationOf(fetch);
    const mayBe = asksEntities(operation) ? 'query' : kind;
    const asksNoMore = operation.operation === 'query' || operation.operation === mayBe;
    isRight &&= subgraphs.has(fetch.serviceName) && asksNoMore && hasSoundRewrites(fetch);
    visit(operation, {
      Field: (field) => {
        isRight &&= isNamedRight(responseNameOf(field), field.name.value);
      },
    });
    return fetch;
  });
  return isRight;
}

/** What the planner calls a field that would meet another one of the same name. */
const OWN_ALIAS = /^(.+)__alias_\d+$/;

/** The planner sets names of types alone, and gives fields alone their names back. */
function hasSoundRewrites({ inputRewrites = [], outputRewrites = [] }: FetchNode): boolean {
  return [...inputRewrites, ...outputRewrites].every((one) => {
    const last = one.path.at(-1) ?? '';
    if (one.kind === 'ValueSetter') return last === '__typename' && typeof one.setValueTo === 'string';
    return OWN_ALIAS.exec(last)?.[1] === one.renameKeyTo;
  });
}

/** What is shown under a name that the document has is a field that the document gives that name. */
function createNameCheck(document: DocumentNode): (responseName: string, field: string) => boolean {
  const fieldsOf = new Map<string, Set<string>>();
  visit(document, {
    Field: (field) => {
      const responseName = responseNameOf(field);
      const fields = fieldsOf.get(responseName) ?? new Set();
      fieldsOf.set(responseName, fields.add(field.name.value));
    },
  });
  return (responseName, field) => {
    const shownAs = OWN_ALIAS.exec(responseName)?.[1] ?? responseName;
    const fields = fieldsOf.get(shownAs);
    return fields === undefined ? shownAs === field : fields.has(field);
  };
}
