import { Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import type { FetchNode } from './query-plan.js';

/** @throws {Error} when there is no operation, or fragments with names: the planner is told to make none. */
export function operationOf({ operation }: Pick<FetchNode, 'operation'>): OperationDefinitionNode {
  const [definition, ...others] = parse(operation, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) {
    throw new Error('a fetch of a plan must be one operation');
  }
  return definition;
}

/** Whether a fetch asks for entities; every other one asks for fields of a root type. */
export function asksEntities({ selectionSet }: OperationDefinitionNode): boolean {
  const [field] = selectionSet.selections;
  return field?.kind === Kind.FIELD && field.name.value === '_entities';
}

/** The selections on `_entities`. @throws {Error} when the operation asks for none. */
export function entitySelection({ selectionSet }: OperationDefinitionNode): SelectionSetNode {
  const [field] = selectionSet.selections;
  if (field?.kind !== Kind.FIELD || field.name.value !== '_entities' || field.selectionSet === undefined) {
    throw new Error('a fetch that requires something must ask for _entities');
  }
  return field.selectionSet;
}
