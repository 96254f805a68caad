import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** A field of a selection, fragments unfolded, and what the schema says of it. */
export interface PlacedField {
  readonly node: FieldNode;
  /** Undefined of `__typename`. */
  readonly definition: GraphQLField<unknown, unknown> | undefined;
  /** Whether `@skip` or `@include` stands on it or on a fragment around it. */
  readonly isConditional: boolean;
}

interface Selecting {
  readonly node: { readonly selectionSet?: SelectionSetNode | undefined };
  readonly type: GraphQLCompositeType;
}

/** Fields of selections in the order of the query. */
export function fieldsIn(
  selecting: readonly Selecting[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
): readonly PlacedField[] {
  const found: PlacedField[] = [];
  const visit = (set: SelectionSetNode, type: GraphQLCompositeType, inCondition: boolean): void => {
    for (const selection of set.selections) {
      const isConditional = inCondition || (selection.directives ?? []).length > 0;
      if (selection.kind === Kind.FIELD) {
        found.push({ node: selection, definition: definitionOf(type, selection.name.value), isConditional });
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) continue;
      const named = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      visit(fragment.selectionSet, isCompositeType(named) ? named : type, isConditional);
    }
  };
  for (const { node, type } of selecting) if (node.selectionSet) visit(node.selectionSet, type, false);
  return found;
}

function definitionOf(type: GraphQLCompositeType, name: string): PlacedField['definition'] {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** Name of a field in an answer. */
export function responseNameOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}
