import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { entitySelection } from '../fetch-operation.js';
import type { Joins } from '../joins.js';
import type { FetchNode } from '../query-plan.js';
import { responseNameOf } from '../response-name.js';
import type { AskedField, Step } from './asked-places.js';

/** A fetch, and where its answer stands: response names from the root, lists left out. */
export interface PlacedFetch {
  readonly fetch: FetchNode;
  readonly path: readonly string[];
  readonly operation: OperationDefinitionNode;
}

/** One way through a fetch's operation to a place of the answer. */
export interface FetchWay {
  /** For each step from the root: types of the objects that it is taken from on this way. */
  readonly typeNames: readonly ReadonlySet<string>[];
  /** The fields of the fetch's own steps, the last ones of the path. */
  readonly fields: readonly FieldNode[];
  /** What is selected at the place. */
  readonly end: SelectionSetNode;
}

/** Every way on which a fetch asks something of a place; none if the place is not in its answer. */
export function findWays(placed: PlacedFetch, path: readonly Step[], joins: Joins): readonly FetchWay[] {
  const start = placed.path.length;
  if (start > path.length || placed.path.some((name, index) => path[index]?.responseName !== name)) return [];
  const above = path.slice(0, start).map(({ typeNames }) => typeNames);
  let ways: readonly FetchWay[] = [{ typeNames: above, fields: [], end: baseOf(placed) }];
  for (const step of path.slice(start)) {
    ways = ways.flatMap(({ typeNames, fields, end }) =>
      findFields(end, step, joins).map(({ field, takenFrom }) => ({
        typeNames: [...typeNames, takenFrom],
        fields: [...fields, field],
        end: field.selectionSet ?? NOTHING,
      })),
    );
  }
  return ways;
}

const NOTHING: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };

/** The selections of what the fetch's path leads to: of the root, or of the entities. */
function baseOf({ fetch, operation }: PlacedFetch): SelectionSetNode {
  return fetch.requires === undefined ? operation.selectionSet : entitySelection(operation);
}

interface FoundField {
  readonly field: FieldNode;
  readonly takenFrom: ReadonlySet<string>;
}

function findFields(
  { selections }: SelectionSetNode,
  { responseName, typeNames }: Pick<Step, 'responseName' | 'typeNames'>,
  joins: Joins,
): readonly FoundField[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      const matching = condition === undefined ? null : joins.narrowerTypes(condition);
      const left = new Set([...typeNames].filter((name) => matching === null || matching.has(name)));
      return left.size === 0
        ? []
        : findFields(selection.selectionSet, { responseName, typeNames: left }, joins);
    }
    if (selection.kind !== Kind.FIELD || responseNameOf(selection) !== responseName) return [];
    return [{ field: selection, takenFrom: typeNames }];
  });
}

/** Whether the field is asked for at the end of the way. */
export function asksFor({ end }: FetchWay, { typeName, field }: AskedField, joins: Joins): boolean {
  return (
    findFields(end, { responseName: responseNameOf(field), typeNames: new Set([typeName]) }, joins).length > 0
  );
}

/** Whether one way leads to all objects that the other leads to. */
export function leadsAsFar(way: FetchWay, other: FetchWay): boolean {
  return other.typeNames.every((names, index) =>
    [...names].every((name) => way.typeNames[index]?.has(name) ?? false),
  );
}
