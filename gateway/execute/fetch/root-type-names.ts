import { Kind, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { type Joins, nameOfType } from '../../plan/joins.js';

/**
 * The operation without fragments on a root type where no other type can be. Their condition is the graph's name for the
 * type; the subgraph's schema may have another one.
 */
export function withoutRootTypeNames(
  operation: OperationDefinitionNode,
  joins: Joins,
): OperationDefinitionNode {
  const rootType = joins.rootTypes.get(operation.operation) ?? '';
  return { ...operation, selectionSet: unwrapSelections(operation.selectionSet, rootType, joins) };
}

function unwrapSelections(
  { selections, ...rest }: SelectionSetNode,
  typeName: string,
  joins: Joins,
): SelectionSetNode {
  return { ...rest, selections: selections.flatMap((selection) => unwrap(selection, typeName, joins)) };
}

/** @param typeName of the objects that the selection is asked of; empty where it is not known. */
function unwrap(selection: SelectionNode, typeName: string, joins: Joins): readonly SelectionNode[] {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
  if (selection.kind === Kind.FIELD) {
    if (selection.selectionSet === undefined) return [selection];
    const field = joins.types.get(typeName)?.fields.get(selection.name.value);
    const inner = field === undefined ? '' : nameOfType(field.type);
    return [{ ...selection, selectionSet: unwrapSelections(selection.selectionSet, inner, joins) }];
  }
  const condition = selection.typeCondition?.name.value ?? typeName;
  const selectionSet = unwrapSelections(selection.selectionSet, condition, joins);
  const isNeedless = condition === typeName && [...joins.rootTypes.values()].includes(condition);
  if (!isNeedless) return [{ ...selection, selectionSet }];
  if ((selection.directives?.length ?? 0) === 0) return selectionSet.selections;
  const { typeCondition: _, ...unconditional } = selection;
  return [{ ...unconditional, selectionSet }];
}
