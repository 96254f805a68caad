import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  visit,
} from 'graphql';
import { operationOf } from '../fetch-operation.js';
import type { Joins } from '../joins.js';
import { mapFetches } from '../map-fetches.js';
import type { FetchNode, QueryPlan, RequiredSelection } from '../query-plan.js';
import type { SyntheticField } from './required-arguments.js';

/** What a plan's synthetic fields stand for. */
interface RepairInput {
  readonly synthetics: ReadonlyMap<string, SyntheticField>;
  /** Of the supergraph that was planned with. */
  readonly joins: Joins;
}

/**
 * Puts the true fields in the place of the synthetic ones: asked for with their arguments under the synthetic name as
 * alias, and sent under their true name. A fetch that needs one field with several arguments becomes several.
 */
export function repairPlan({ node }: QueryPlan, input: RepairInput): QueryPlan {
  if (node === undefined) return {};
  return {
    node: mapFetches(node, (fetch) => {
      const fetches = splitFetch(fetch, input);
      const [only] = fetches;
      return fetches.length === 1 && only !== undefined ? only : { kind: 'Parallel', nodes: fetches };
    }),
  };
}

function splitFetch(fetch: FetchNode, input: RepairInput): readonly FetchNode[] {
  const { requires } = fetch;
  const named = nameTrueFields(fetch, input);
  if (requires === undefined || !holdsSynthetic(requires, input)) return [named];
  const operation = operationOf(fetch);
  const uses = usesOf(operation, fetch.serviceName, input);
  const groups = new Map<string, ReadonlySet<string>>();
  for (const names of uses.values()) if (names.size > 0) groups.set([...names].sort().join(), names);
  const [first = new Set<string>(), ...others] = [...groups.values()];
  return [first, ...others]
    .map((names, number) => ({
      ...named,
      operation: print(
        visit(operation, {
          Field: (field, _key, _parent, _path, ancestors) => {
            if (!isOfEntity(ancestors)) return undefined;
            const own = uses.get(field) ?? new Set();
            const isHere = own.size === 0 ? number === 0 : isSameSet(own, names);
            return isHere ? undefined : null;
          },
          // A fragment that is left without a field would be no GraphQL.
          InlineFragment: {
            leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined),
          },
        }),
      ),
      requires: requires.map((selection) => sendTrueFields(selection, names, input)),
    }))
    .map((one) => nameTrueFields(one, input));
}

/** Whether a field with these ancestors is one of an entity itself: below `_entities` and a fragment, nothing else. */
function isOfEntity(ancestors: readonly unknown[]): boolean {
  const fields = ancestors.filter(
    (ancestor): ancestor is FieldNode =>
      typeof ancestor === 'object' && ancestor !== null && 'kind' in ancestor && ancestor.kind === Kind.FIELD,
  );
  return fields.length === 1 && fields[0]?.name.value === '_entities';
}

/** For each field of the entities, the synthetic fields that the subgraph requires for it. */
function usesOf(
  operation: OperationDefinitionNode,
  subgraph: string,
  { joins, synthetics }: RepairInput,
): ReadonlyMap<FieldNode, ReadonlySet<string>> {
  const uses = new Map<FieldNode, ReadonlySet<string>>();
  const visitSelections = (selections: readonly SelectionNode[], typeName: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        visitSelections(selection.selectionSet.selections, selection.typeCondition?.name.value ?? typeName);
      } else if (selection.kind === Kind.FIELD) {
        const field = joins.types.get(typeName)?.fields.get(selection.name.value);
        const requires = field?.joins.find((join) => join.subgraph === subgraph)?.requires ?? '';
        const words: readonly string[] = requires.match(/\w+/g) ?? [];
        uses.set(selection, new Set(words.filter((word) => synthetics.has(word))));
      }
    }
  };
  for (const selection of operation.selectionSet.selections) {
    if (selection.kind === Kind.FIELD) visitSelections(selection.selectionSet?.selections ?? [], '');
  }
  return uses;
}

/** What is sent for one group of fields: no synthetic fields of the others, its own under their true names. */
function sendTrueFields(
  selection: RequiredSelection,
  names: ReadonlySet<string>,
  input: RepairInput,
): RequiredSelection {
  const inner = (selections: readonly RequiredSelection[]): readonly RequiredSelection[] =>
    selections
      .filter((one) => one.kind !== 'Field' || !input.synthetics.has(one.name) || names.has(one.name))
      .map((one) => sendTrueFields(one, names, input));
  if (selection.kind === 'InlineFragment') return { ...selection, selections: inner(selection.selections) };
  const sentAs = input.synthetics.get(selection.name)?.field.name.value;
  return {
    ...selection,
    ...(sentAs !== undefined && { sentAs }),
    ...(selection.selections !== undefined && { selections: inner(selection.selections) }),
  };
}

function nameTrueFields(fetch: FetchNode, { synthetics }: RepairInput): FetchNode {
  const operation = visit(operationOf(fetch), {
    Field: (field) => {
      const synthetic = synthetics.get(field.name.value);
      if (synthetic === undefined) return undefined;
      const alias = { kind: Kind.NAME, value: synthetic.name } as const;
      return { ...synthetic.field, alias, selectionSet: field.selectionSet };
    },
  });
  return { ...fetch, operation: print(operation) };
}

function holdsSynthetic(selections: readonly RequiredSelection[], input: RepairInput): boolean {
  return selections.some(
    (one) =>
      (one.kind === 'Field' && input.synthetics.has(one.name)) || holdsSynthetic(one.selections ?? [], input),
  );
}

function isSameSet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((one) => right.has(one));
}
