import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
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
  visit,
} from 'graphql';
import { operationOf } from '../fetch-operation.js';
import type { Joins } from '../joins.js';
import type { FetchNode, PlanNode, QueryPlan } from '../query-plan.js';

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

/** A fetch and where its answer stands. */
interface PlacedFetch {
  readonly fetch: FetchNode;
  readonly path: readonly string[];
}

/**
 * Puts fields back that the planner dropped: if a fragment can match nothing in one of the subgraphs that could give a field, it
 * drops the fragment for all of them, and a null would be shown for what the chosen subgraph has. That subgraph is asked for
 * the fields, as far as it resolves them itself.
 */
export function restoreFragments(plan: QueryPlan, input: RestoringInput): QueryPlan {
  if (plan.node === undefined) return plan;
  const fetches = listFetches(plan.node, []);
  const restored = new Map<FetchNode, FetchNode>();
  for (const wanted of fieldsOfFragments(input)) {
    const at = [...wanted.path, wanted.field.alias?.value ?? wanted.field.name.value];
    const current = fetches.map(({ fetch, path }) => ({ fetch, path, now: restored.get(fetch) ?? fetch }));
    if (current.some(({ now, path }) => selectionAt(now, path, at) !== null)) continue;
    const giver = current.find(
      ({ now, path }) =>
        selectionAt(now, path, wanted.path) !== null &&
        input.joins.isMember(wanted.typeName, wanted.declared, now.serviceName) &&
        resolves(wanted.field, wanted.typeName, now.serviceName, input),
    );
    if (giver !== undefined) restored.set(giver.fetch, addField(giver.now, giver.path, wanted, input));
  }
  return restored.size === 0 ? plan : { node: replaceFetches(plan.node, restored) };
}

function listFetches(node: PlanNode, path: readonly string[]): readonly PlacedFetch[] {
  switch (node.kind) {
    case 'Fetch':
      return [{ fetch: node, path }];
    case 'Flatten':
      return listFetches(node.node, [...path, ...node.path.map(String).filter((part) => part !== '@')]);
    default:
      return node.nodes.flatMap((child) => listFetches(child, path));
  }
}

function replaceFetches(node: PlanNode, restored: ReadonlyMap<FetchNode, FetchNode>): PlanNode {
  switch (node.kind) {
    case 'Fetch':
      return restored.get(node) ?? node;
    case 'Flatten':
      return { ...node, node: replaceFetches(node.node, restored) };
    default:
      return { ...node, nodes: node.nodes.map((child) => replaceFetches(child, restored)) };
  }
}

function fieldsOfFragments({ document, operation, apiSchema }: RestoringInput): readonly FragmentField[] {
  const fragments = new Map(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
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
      walk(selection.selectionSet, type, [...path, selection.alias?.value ?? selection.name.value], type);
    }
  };
  const root = apiSchema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, [], root);
  return found;
}

/** What a fetch selects at a place of the answer; null when it has nothing there. */
function selectionAt(
  fetch: FetchNode,
  fetchPath: readonly string[],
  path: readonly string[],
): readonly FieldNode[] | null {
  if (!fetchPath.every((part, index) => path[index] === part)) return null;
  const operation = operationOf(fetch);
  let nodes: readonly FieldNode[] | null = null;
  let sets: readonly SelectionSetNode[] = [operation.selectionSet];
  const below = path.slice(fetchPath.length);
  for (const part of fetch.requires === undefined ? below : ['_entities', ...below]) {
    nodes = sets.flatMap((set) => fieldsNamed(set, part));
    if (nodes.length === 0) return null;
    sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  }
  return nodes;
}

function fieldsNamed({ selections }: SelectionSetNode, responseName: string): readonly FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsNamed(selection.selectionSet, responseName);
    if (selection.kind !== Kind.FIELD) return [];
    return (selection.alias?.value ?? selection.name.value) === responseName ? [selection] : [];
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
  fetch: FetchNode,
  fetchPath: readonly string[],
  { path, typeName, field }: FragmentField,
  { operation: asked }: RestoringInput,
): FetchNode {
  const fragment: InlineFragmentNode = {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
  const variables = new Set<string>();
  visit(field, { Variable: ({ name }) => void variables.add(name.value) });
  const known = new Set(fetch.variableUsages ?? []);
  const added = [...variables].filter((name) => !known.has(name));
  const operation = operationOf(fetch);
  const below = path.slice(fetchPath.length);
  const changed = {
    ...operation,
    variableDefinitions: [
      ...(operation.variableDefinitions ?? []),
      ...(asked.variableDefinitions ?? []).filter(({ variable }) => added.includes(variable.name.value)),
    ],
    selectionSet: insertAt(
      operation.selectionSet,
      fetch.requires === undefined ? below : ['_entities', ...below],
      fragment,
    ),
  };
  return { ...fetch, operation: print(changed), variableUsages: [...known, ...added] };
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
      const isOnTheWay = (selection.alias?.value ?? selection.name.value) === first;
      return isOnTheWay
        ? { ...selection, selectionSet: insertAt(selection.selectionSet, rest, fragment) }
        : selection;
    }),
  };
}
