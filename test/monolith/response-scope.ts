import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  print,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';

/** Fields of one response name. */
interface NamedFields {
  readonly fields: ScopedField[];
  /** Of all of them, when they are objects. */
  readonly below: ResponseScope;
}

interface ScopedField {
  readonly parent: GraphQLCompositeType;
  readonly field: string;
  readonly arguments: string;
  readonly type: string;
  readonly isLeaf: boolean;
}

/**
 * What is selected at one place of the answer, through whatever fragments: says which further fields can be merged
 * with it. A little stricter than the rule of GraphQL, so that it need not be asked.
 */
export class ResponseScope {
  readonly #named = new Map<string, NamedFields>();

  fits(parent: GraphQLCompositeType, node: FieldNode): boolean {
    const known = this.#named.get(responseName(node));
    if (known === undefined) return true;
    const added = describe(parent, node);
    return known.fields.every((field) => canMerge(field, added));
  }

  /** @returns the scope below the field. */
  add(parent: GraphQLCompositeType, node: FieldNode): ResponseScope {
    const name = responseName(node);
    const known = this.#named.get(name) ?? { fields: [], below: new ResponseScope() };
    this.#named.set(name, known);
    known.fields.push(describe(parent, node));
    return known.below;
  }

  below(node: FieldNode): ResponseScope | undefined {
    return this.#named.get(responseName(node))?.below;
  }
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Whether a selection made for another place can be merged into a scope. */
export function selectionFits(
  schema: GraphQLSchema,
  fragments: Fragments,
  parent: GraphQLCompositeType,
  { selections }: SelectionSetNode,
  scope: ResponseScope,
): boolean {
  return selections.every((selection) => {
    if (selection.kind === Kind.FIELD) {
      if (!scope.fits(parent, selection)) return false;
      const below = scope.below(selection);
      const type = fieldType(parent, selection);
      if (below === undefined || selection.selectionSet === undefined || !isCompositeType(type)) return true;
      return selectionFits(schema, fragments, type, selection.selectionSet, below);
    }
    const content = contentOf(schema, fragments, parent, selection);
    return selectionFits(schema, fragments, content.type, content.selectionSet, scope);
  });
}

/** Adds a selection made for another place. */
export function addSelection(
  schema: GraphQLSchema,
  fragments: Fragments,
  parent: GraphQLCompositeType,
  { selections }: SelectionSetNode,
  scope: ResponseScope,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const below = scope.add(parent, selection);
      const type = fieldType(parent, selection);
      if (selection.selectionSet !== undefined && isCompositeType(type)) {
        addSelection(schema, fragments, type, selection.selectionSet, below);
      }
    } else {
      const content = contentOf(schema, fragments, parent, selection);
      addSelection(schema, fragments, content.type, content.selectionSet, scope);
    }
  }
}

type FragmentSelection = Exclude<SelectionSetNode['selections'][number], FieldNode>;

function contentOf(
  schema: GraphQLSchema,
  fragments: Fragments,
  parent: GraphQLCompositeType,
  selection: FragmentSelection,
): { readonly type: GraphQLCompositeType; readonly selectionSet: SelectionSetNode } {
  const content = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
  if (content === undefined) throw new Error('a fragment must be defined before it is spread');
  const condition = content.typeCondition;
  const type = condition === undefined ? parent : schema.getType(condition.name.value);
  if (!isCompositeType(type)) throw new Error('a fragment must be on a composite type');
  return { type, selectionSet: content.selectionSet };
}

function responseName({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function fieldType(parent: GraphQLCompositeType, { name }: FieldNode): GraphQLNamedOutputType {
  return getNamedType(fullType(parent, name.value));
}

function fullType(parent: GraphQLCompositeType, field: string): GraphQLOutputType {
  const own = field === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : undefined;
  const found = own ?? ('getFields' in parent ? parent.getFields()[field] : undefined);
  if (found === undefined) throw new Error(`${parent.name} must have ${field}`);
  return found.type;
}

function describe(parent: GraphQLCompositeType, node: FieldNode): ScopedField {
  const type = fullType(parent, node.name.value);
  return {
    parent,
    field: node.name.value,
    arguments: (node.arguments ?? []).map(print).sort().join(),
    type: String(type),
    isLeaf: !isCompositeType(getNamedType(type)),
  };
}

function canMerge(left: ScopedField, right: ScopedField): boolean {
  if (left.type !== right.type) return false;
  if (left.field === right.field && left.arguments === right.arguments) return true;
  // Fields of two object types never meet in one object.
  const apart = left.parent !== right.parent && isObjectType(left.parent) && isObjectType(right.parent);
  return apart && left.isLeaf && right.isLeaf;
}

/** Types that a fragment can be on where a value is of `parent`. */
export function fragmentTypes(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
): readonly GraphQLCompositeType[] {
  const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
  const abstract = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .filter(isAbstractType)
    .filter((type) => possible.some((one) => schema.isSubType(type, one)));
  return [...new Set([parent, ...possible, ...abstract])];
}
