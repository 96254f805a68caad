import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { findOperation, fragmentsOf } from '../../gateway/plan/document-parts.js';

/**
 * The operation without named fragments, and without fragments that apply to every object where they stand: their fields
 * stand there instead. What fields are asked of which objects stays the same, and so does their order.
 *
 * @param document without `@skip` and `@include`.
 */
export function unfoldFragments(
  document: DocumentNode,
  operationName: string | undefined,
  schema: GraphQLSchema,
): DocumentNode {
  const operation = findOperation(document, operationName);
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`the schema must have a type for ${operation.operation}`);
  const unfold = createUnfolding(schema, fragmentsOf(document));
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, selectionSet: unfold(operation.selectionSet, root) }],
  };
}

type Unfold = (selectionSet: SelectionSetNode, parent: GraphQLCompositeType) => SelectionSetNode;

function createUnfolding(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Unfold {
  const unfold: Unfold = ({ selections }, parent) => {
    const unfolded = selections.flatMap((selection) => unfoldSelection(selection, parent));
    const typename: SelectionNode = {
      kind: Kind.FIELD,
      name: { kind: Kind.NAME, value: TypeNameMetaFieldDef.name },
      alias: { kind: Kind.NAME, value: 'nothing' },
    };
    return { kind: Kind.SELECTION_SET, selections: unfolded.length === 0 ? [typename] : unfolded };
  };
  const unfoldSelection = (
    selection: SelectionNode,
    parent: GraphQLCompositeType,
  ): readonly SelectionNode[] => {
    if (selection.kind === Kind.FIELD) {
      const field = 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
      const type = getNamedType(field?.type);
      if (selection.selectionSet === undefined || !isCompositeType(type)) return [selection];
      return [{ ...selection, selectionSet: unfold(selection.selectionSet, type) }];
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
    const type = isCompositeType(condition) ? condition : parent;
    if (fragment === undefined || !canMeet(parent, type)) return [];
    // Of an object type all is known; of another one, fields of the narrower type can be asked for inside a fragment alone.
    const inside = isObjectType(parent) ? parent : type;
    const inner = unfold(fragment.selectionSet, inside).selections;
    if (inside === parent) return inner;
    const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } } as const;
    const selectionSet = { kind: Kind.SELECTION_SET, selections: inner } as const;
    return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet }];
  };
  const canMeet = (left: GraphQLCompositeType, right: GraphQLCompositeType): boolean => {
    const possible = new Set(typesOf(left));
    return typesOf(right).some((type) => possible.has(type));
  };
  const typesOf = (type: GraphQLCompositeType) =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return unfold;
}
