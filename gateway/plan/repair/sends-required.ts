import { Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import { asksEntities, entitySelection, operationOf } from '../fetch-operation.js';
import { type Joins, nameOfType, parseFields } from '../joins.js';
import { mapFetches } from '../map-fetches.js';
import type { FetchNode, QueryPlan, RequiredSelection } from '../query-plan.js';

/** Whether every field of a plan that requires others is asked of an entity that is sent with them. */
export function sendsRequired({ node }: QueryPlan, joins: Joins): boolean {
  let isRight = true;
  if (node !== undefined) {
    mapFetches(node, (fetch) => {
      isRight &&= isRightFetch(fetch, joins);
      return fetch;
    });
  }
  return isRight;
}

function isRightFetch(fetch: FetchNode, joins: Joins): boolean {
  const operation = operationOf(fetch);
  const isOfEntities = asksEntities(operation);
  const walk = createWalk(fetch.serviceName, joins);
  if (!isOfEntities)
    return walk(operation.selectionSet, joins.rootTypes.get(operation.operation) ?? '', NOTHING);
  return walk(entitySelection(operation), '', new Set(sentPaths(fetch.requires ?? [])));
}

const NOTHING: ReadonlySet<string> = new Set();

/** @returns whether all that the selected fields require is sent. */
type Walk = (selectionSet: SelectionSetNode, typeName: string, sent: ReadonlySet<string>) => boolean;

function createWalk(subgraph: string, { types, narrowerTypes }: Joins): Walk {
  const isSent = (name: string, typeName: string, sent: ReadonlySet<string>): boolean =>
    [...narrowerTypes(typeName)].every((one) =>
      (types.get(one)?.fields.get(name)?.joins ?? []).every(
        (join) =>
          join.subgraph !== subgraph ||
          join.requires === null ||
          requiredPaths(parseFields(join.requires)).every((path) => sent.has(path)),
      ),
    );
  const isRight = (selection: SelectionNode, typeName: string, sent: ReadonlySet<string>): boolean => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return walk(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, sent);
    }
    if (!isSent(selection.name.value, typeName, sent)) return false;
    if (selection.selectionSet === undefined) return true;
    const field = types.get(typeName)?.fields.get(selection.name.value);
    return walk(selection.selectionSet, field === undefined ? '' : nameOfType(field.type), NOTHING);
  };
  const walk: Walk = ({ selections }, typeName, sent) =>
    selections.every((selection) => isRight(selection, typeName, sent));
  return walk;
}

function sentPaths(selections: readonly RequiredSelection[], prefix = ''): readonly string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'InlineFragment') return sentPaths(selection.selections, prefix);
    const path = prefix + selection.name;
    return [path, ...sentPaths(selection.selections ?? [], `${path}.`)];
  });
}

function requiredPaths({ selections }: SelectionSetNode, prefix = ''): readonly string[] {
  return selections.flatMap((selection): readonly string[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return requiredPaths(selection.selectionSet, prefix);
    if (selection.kind !== Kind.FIELD) return [];
    const path = prefix + selection.name.value;
    return [
      path,
      ...(selection.selectionSet === undefined ? [] : requiredPaths(selection.selectionSet, `${path}.`)),
    ];
  });
}
