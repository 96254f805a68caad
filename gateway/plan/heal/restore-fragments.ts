import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { fragmentsOf } from '../document-parts.js';
import { operationOf } from '../fetch-operation.js';
import type { Joins } from '../joins.js';
import { mapFetches } from '../map-fetches.js';
import type { FetchNode, PlanNode, QueryPlan } from '../query-plan.js';
import { responseNameOf } from '../response-name.js';

export interface RestoringInput {
  /** What was planned. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly apiSchema: GraphQLSchema;
  readonly joins: Joins;
}

/** A field that the caller asks of objects of one type, where others can stand as well. */
interface FragmentField {
  /** Response names from the root, lists left out. */
  readonly path: readonly string[];
  readonly typeName: string;
  /** The interface or union that the place is declared with. */
  readonly declared: string;
  readonly field: FieldNode;
}

/** A fetch, where its answer stands, and what it asks, which grows. */
interface PlacedFetch {
  readonly fetch: FetchNode;
  readonly path: readonly string[];
  operation: OperationDefinitionNode;
  /** Variables that the fetch uses besides its own. */
  readonly addedVariables: Set<string>;
}

/**
 * Puts fields back that the planner dropped: if a fragment can match nothing in one of the subgraphs that could give a field, it
 * drops the fragment for all of them, and a null would be shown for what the chosen subgraph has. That subgraph is asked for
 * the fields, as far as it resolves them itself.
 */
export function restoreFragments(plan: QueryPlan, input: RestoringInput): QueryPlan {
  if (plan.node === undefined) return plan;
  const wanted = fieldsOfFragments(input);
  if (wanted.length === 0) return plan;
  const fetches = listFetches(plan.node, []);
  const grown = new Map<FetchNode, PlacedFetch>();
  for (const one of wanted) {
    const at = [...one.path, responseNameOf(one.field)];
    if (fetches.some((placed) => selects(placed, at))) continue;
    const giver = fetches.find(
      (placed) =>
        selects(placed, one.path) &&
        input.joins.isMember(one.typeName, one.declared, placed.fetch.serviceName) &&
        resolves(one.field, one.typeName, placed.fetch.serviceName, input),
    );
    if (giver === undefined) continue;
    addField(giver, one, input);
    grown.set(giver.fetch, giver);
  }
  if (grown.size === 0) return plan;
  return { node: mapFetches(plan.node, (fetch) => writeFetch(fetch, grown.get(fetch))) };
}

function listFetches(node: PlanNode, path: readonly string[]): readonly PlacedFetch[] {
  switch (node.kind) {
    case 'Fetch':
      return [{ fetch: node, path, operation: operationOf(node), addedVariables: new Set() }];
    case 'Flatten':
      return listFetches(node.node, [...path, ...node.path.map(String).filter((part) => part !== '@')]);
    default:
      return node.nodes.flatMap((child) => listFetches(child, path));
  }
}

function writeFetch(fetch: FetchNode, grown: PlacedFetch | undefined): FetchNode {
  if (grown === undefined) return fetch;
  const variableUsages = [...(fetch.variableUsages ?? []), ...grown.addedVariables];
  return { ...fetch, operation: print(grown.operation), variableUsages };
}

function fieldsOfFragments({ document, operation, apiSchema }: RestoringInput): readonly FragmentField[] {
  const fragments = fragmentsOf(document);
  const found: FragmentField[] = [];
  const walk = (
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    path: readonly string[],
    declared: GraphQLCompositeType,
  ): void => {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const condition = fragment?.typeCondition && apiSchema.getType(fragment.typeCondition.name.value);
        const narrower = isCompositeType(condition) ? condition : parent;
        if (fragment !== undefined) walk(fragment.selectionSet, narrower, path, declared);
        continue;
      }
      if (selection.name.value.startsWith('__') || !('getFields' in parent)) continue;
      if (isAbstractType(declared) && isObjectType(parent))
        found.push({ path, typeName: parent.name, declared: declared.name, field: selection });
      const type = getNamedType(parent.getFields()[selection.name.value]?.type);
      if (selection.selectionSet === undefined || !isCompositeType(type)) continue;
      walk(selection.selectionSet, type, [...path, responseNameOf(selection)], type);
    }
  };
  const root = apiSchema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, [], root);
  return found;
}

/** Whether a fetch selects something at a place of the answer. */
function selects(placed: PlacedFetch, path: readonly string[]): boolean {
  if (!placed.path.every((part, index) => path[index] === part)) return false;
  let sets: readonly SelectionSetNode[] = [placed.operation.selectionSet];
  for (const part of wayTo(placed, path)) {
    const nodes = sets.flatMap((set) => fieldsNamed(set, part));
    if (nodes.length === 0) return false;
    sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  }
  return true;
}

/** Response names in the fetch's operation that lead to a place of the answer. */
function wayTo({ fetch, path: fetchPath }: PlacedFetch, path: readonly string[]): readonly string[] {
  const below = path.slice(fetchPath.length);
  return fetch.requires === undefined ? below : ['_entities', ...below];
}

function fieldsNamed({ selections }: SelectionSetNode, responseName: string): readonly FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsNamed(selection.selectionSet, responseName);
    if (selection.kind !== Kind.FIELD) return [];
    return responseNameOf(selection) === responseName ? [selection] : [];
  });
}

/** Whether a subgraph gives a field, and all below it, without anybody's help. */
function resolves(field: FieldNode, typeName: string, subgraph: string, input: RestoringInput): boolean {
  const type = input.joins.types.get(typeName);
  const joined = type?.fields.get(field.name.value);
  if (type === undefined || joined === undefined || !type.subgraphs.has(subgraph)) return false;
  const own = joined.joins.filter((join) => join.subgraph === null || join.subgraph === subgraph);
  if (joined.joins.length > 0 && !own.some((join) => !join.isExternal && join.requires === null))
    return false;
  const inner = getNamedType(input.apiSchema.getType(typeName));
  const innerType =
    isObjectType(inner) && field.selectionSet !== undefined
      ? getNamedType(inner.getFields()[field.name.value]?.type)?.name
      : undefined;
  return (field.selectionSet?.selections ?? []).every(
    (selection) =>
      selection.kind === Kind.FIELD &&
      (selection.name.value === '__typename' ||
        (innerType !== undefined && resolves(selection, innerType, subgraph, input))),
  );
}

function addField(
  placed: PlacedFetch,
  { path, typeName, field }: FragmentField,
  { operation: asked }: RestoringInput,
): void {
  const { operation, addedVariables, fetch } = placed;
  const fragment: InlineFragmentNode = {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
  const added: VariableDefinitionNode[] = [];
  visit(field, {
    Variable: ({ name: { value: name } }) => {
      if (fetch.variableUsages?.includes(name) || addedVariables.has(name)) return;
      addedVariables.add(name);
      added.push(...(asked.variableDefinitions ?? []).filter(({ variable }) => variable.name.value === name));
    },
  });
  placed.operation = {
    ...operation,
    variableDefinitions: [...(operation.variableDefinitions ?? []), ...added],
    selectionSet: insertAt(operation.selectionSet, wayTo(placed, path), fragment),
  };
}

function insertAt(
  set: SelectionSetNode,
  [first, ...rest]: readonly string[],
  fragment: InlineFragmentNode,
): SelectionSetNode {
  if (first === undefined) return { ...set, selections: [...set.selections, fragment] };
  return {
    ...set,
    selections: set.selections.map((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return { ...selection, selectionSet: insertAt(selection.selectionSet, [first, ...rest], fragment) };
      }
      if (selection.kind !== Kind.FIELD || selection.selectionSet === undefined) return selection;
      const isOnTheWay = responseNameOf(selection) === first;
      return isOnTheWay
        ? { ...selection, selectionSet: insertAt(selection.selectionSet, rest, fragment) }
        : selection;
    }),
  };
}
