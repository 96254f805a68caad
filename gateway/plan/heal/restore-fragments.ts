import {
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { operationOf } from '../fetch-operation.js';
import { type Joins, joinsOf } from '../joins.js';
import { mapFetches } from '../map-fetches.js';
import type { FetchNode, PlanNode, QueryPlan } from '../query-plan.js';
import { type AskedField, type AskingInput, listAskedPlaces } from './asked-places.js';
import { asksFor, findWays, leadsAsFar, type PlacedFetch } from './fetch-ways.js';
import { addSelections, selectAlong } from './select-along.js';

export interface RestoringInput extends AskingInput {
  readonly joins: Joins;
}

interface GrownFetch {
  readonly placed: PlacedFetch;
  readonly added: readonly SelectionNode[];
}

/**
 * Puts fields back that the planner dropped: if a fragment can match nothing in one of the subgraphs that could give a
 * field, it drops the fragment for all of them, and a null would be shown for what the chosen subgraph has. That subgraph
 * is asked for the fields, as far as it resolves them itself, and of those objects alone that they were asked of: of any
 * other, a field that fails would take a null to where none belongs.
 */
export function restoreFragments(plan: QueryPlan, input: RestoringInput): QueryPlan {
  const { node } = plan;
  if (node === undefined) return plan;
  const { joins } = input;
  const places = listAskedPlaces(input);
  if (places.length === 0) return plan;
  const fetches = listFetches(node, []);
  const grown = new Map<FetchNode, GrownFetch>();
  for (const place of places) {
    const ways = fetches.flatMap((placed) =>
      findWays(placed, place.path, joins).map((way) => ({ placed, way })),
    );
    for (const asked of place.asked) {
      const asks = ways.map(({ way }) => asksFor(way, asked, joins));
      const asking = ways.filter((_, index) => asks[index]).map(({ way }) => way);
      for (const [index, { placed, way }] of ways.entries()) {
        if (asks[index] || asking.some((one) => leadsAsFar(one, way))) continue;
        if (!resolves(asked, placed.fetch.serviceName, input)) continue;
        const selections = selectAlong(way, place, asked, placed, joins);
        if (selections === null) continue;
        const known = grown.get(placed.fetch)?.added ?? [];
        grown.set(placed.fetch, { placed, added: [...known, ...selections] });
        asking.push(way);
      }
    }
  }
  if (grown.size === 0) return plan;
  return {
    node: mapFetches(node, (fetch) => {
      const known = grown.get(fetch);
      return known === undefined ? fetch : writeFetch(known, input.operation);
    }),
  };
}

function listFetches(node: PlanNode, path: readonly string[]): readonly PlacedFetch[] {
  switch (node.kind) {
    case 'Fetch':
      return [{ fetch: node, path, operation: operationOf(node) }];
    case 'Flatten':
      return listFetches(node.node, [...path, ...node.path.map(String).filter((part) => part !== '@')]);
    default:
      return node.nodes.flatMap((child) => listFetches(child, path));
  }
}

/** Whether a subgraph gives a field, and all below it, without anybody's help. */
function resolves({ field, typeName }: AskedField, subgraph: string, input: RestoringInput): boolean {
  const own = joinsOf(input.joins, typeName, field.name.value, subgraph);
  if (own === null) return false;
  const isGiven = own.some((join) => !join.isExternal && !join.isOverridden && join.requires === null);
  if (own.length > 0 && !isGiven) return false;
  const innerType = innerTypeOf(field, typeName, input.apiSchema);
  return (field.selectionSet?.selections ?? []).every(
    (selection) =>
      selection.kind === Kind.FIELD &&
      (selection.name.value === '__typename' ||
        (innerType !== null && resolves({ field: selection, typeName: innerType }, subgraph, input))),
  );
}

function innerTypeOf(field: FieldNode, typeName: string, apiSchema: GraphQLSchema): string | null {
  const type = apiSchema.getType(typeName);
  const inner = isObjectType(type) ? getNamedType(type.getFields()[field.name.value]?.type) : undefined;
  return inner?.name ?? null;
}

/** The fetch with more selections, and the caller's variables that they use. */
function writeFetch(
  { placed, added: selections }: GrownFetch,
  { variableDefinitions = [] }: OperationDefinitionNode,
): FetchNode {
  const { fetch } = placed;
  const operation = addSelections(placed, selections);
  const usages = new Set(fetch.variableUsages);
  const added: VariableDefinitionNode[] = [];
  for (const selection of selections) {
    visit(selection, {
      Variable: ({ name: { value: name } }) => {
        if (usages.has(name)) return;
        usages.add(name);
        added.push(...variableDefinitions.filter(({ variable }) => variable.name.value === name));
      },
    });
  }
  return {
    ...fetch,
    operation: print({
      ...operation,
      variableDefinitions: [...(operation.variableDefinitions ?? []), ...added],
    }),
    variableUsages: [...usages],
  };
}
