import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentOn } from '../fragment-on.js';
import { type Joins, joinsOf, nameOfType } from '../joins.js';
import type { AskedField, AskedPlace } from './asked-places.js';
import type { FetchWay, PlacedFetch } from './fetch-ways.js';

/**
 * What to add to a fetch to be given the field at the end of the way, of the objects alone that the way leads to; null
 * if such objects cannot stand there in the fetch's subgraph.
 */
export function selectAlong(
  way: FetchWay,
  place: AskedPlace,
  { typeName, field }: AskedField,
  { fetch }: PlacedFetch,
  joins: Joins,
): readonly SelectionNode[] | null {
  const { serviceName: subgraph } = fetch;
  const isOfEntities = fetch.requires !== undefined;
  const start = place.path.length - way.fields.length;
  const steps = place.path.slice(start);
  /** For each field of the way the types to name in fragments around it; null for none. */
  const conditions: (readonly string[] | null)[] = [];
  /** Whether the subgraph's own schema lets objects of a type stand below the n-th of the way's fields; -1: on top. */
  const canStand = (name: string, index: number, declared: string): boolean => {
    const isMember = (abstract: string): boolean =>
      abstract === name || joins.isMember(name, abstract, subgraph);
    const above = way.fields[index];
    if (above === undefined) {
      return isOfEntities ? (joins.types.get(name)?.keys.has(subgraph) ?? false) : isMember(declared);
    }
    const owners = conditions[index] ?? [steps[index]?.declared ?? ''];
    return owners.every((owner) => isMember(typeIn(joins, owner, above.name.value, subgraph) ?? declared));
  };
  for (const [index, { declared, typeNames, isEveryType }] of steps.entries()) {
    const name = way.fields[index]?.name.value ?? '';
    const takenFrom = way.typeNames[start + index] ?? typeNames;
    const isFromAll = isEveryType && takenFrom.size === typeNames.size && !(isOfEntities && index === 0);
    if (isFromAll && joinsOf(joins, declared, name, subgraph) !== null) {
      conditions.push(null);
      continue;
    }
    const named = [...takenFrom].filter(
      (type) => joinsOf(joins, type, name, subgraph) !== null && canStand(type, index - 1, declared),
    );
    if (named.length === 0) return null;
    conditions.push(named);
  }
  if (!canStand(typeName, way.fields.length - 1, place.declared)) return null;
  return way.fields.reduceRight<readonly SelectionNode[]>(
    (selections, onTheWay, index) => {
      const grown: FieldNode = { ...onTheWay, selectionSet: { kind: Kind.SELECTION_SET, selections } };
      return conditions[index]?.map((name) => fragmentOn(name, [grown])) ?? [grown];
    },
    [fragmentOn(typeName, [field])],
  );
}

/** The operation of a fetch with more selections of what its path leads to. */
export function addSelections(
  { fetch, operation }: PlacedFetch,
  added: readonly SelectionNode[],
): OperationDefinitionNode {
  const grow = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: [...set.selections, ...added],
  });
  if (fetch.requires === undefined) return { ...operation, selectionSet: grow(operation.selectionSet) };
  const selections = operation.selectionSet.selections.map((entities) =>
    entities.kind === Kind.FIELD && entities.selectionSet !== undefined
      ? { ...entities, selectionSet: grow(entities.selectionSet) }
      : entities,
  );
  return { ...operation, selectionSet: { ...operation.selectionSet, selections } };
}

/** The name of the type that a subgraph declares a field with; null when the supergraph has no such field. */
function typeIn(joins: Joins, typeName: string, fieldName: string, subgraph: string): string | null {
  const field = joins.types.get(typeName)?.fields.get(fieldName);
  if (field === undefined) return null;
  const own = joinsOf(joins, typeName, fieldName, subgraph)?.find((join) => join.typeName !== null);
  return own?.typeName ?? nameOfType(field.type);
}
