import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../document-parts.js';
import { responseNameOf } from '../response-name.js';

/** A place of the answer where objects of several types can stand, and what the caller asks of each. */
export interface AskedPlace {
  /** From the root; lists are left out. */
  readonly path: readonly Step[];
  /** The interface or union that the place is declared with. */
  readonly declared: string;
  readonly asked: readonly AskedField[];
}

/** One field on the way to a place, and the objects that it is taken from. */
export interface Step {
  readonly responseName: string;
  /** The type that the place of those objects is declared with. */
  readonly declared: string;
  /** Types that those objects can have: of all that the declared type has, those that the fragments around leave. */
  readonly typeNames: ReadonlySet<string>;
  readonly isEveryType: boolean;
}

export interface AskedField {
  readonly typeName: string;
  readonly field: FieldNode;
}

export interface AskingInput {
  /** What was planned. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly apiSchema: GraphQLSchema;
}

/** One place may be listed several times, for each of the ways that the query goes there. Meta fields are left out. */
export function listAskedPlaces({ document, operation, apiSchema }: AskingInput): readonly AskedPlace[] {
  const fragments = fragmentsOf(document);
  const places: AskedPlace[] = [];
  const typesOf = (type: GraphQLCompositeType): ReadonlySet<string> =>
    new Set(isAbstractType(type) ? apiSchema.getPossibleTypes(type).map(({ name }) => name) : [type.name]);

  const visitPlace = (
    selectionSet: SelectionSetNode,
    declared: GraphQLCompositeType,
    path: readonly Step[],
  ): void => {
    const every = typesOf(declared);
    const asked: AskedField[] = [];
    const visitField = (
      field: FieldNode,
      parent: GraphQLCompositeType,
      typeNames: ReadonlySet<string>,
    ): void => {
      if (!('getFields' in parent) || field.name.value.startsWith('__')) return;
      if (isAbstractType(declared)) for (const typeName of typeNames) asked.push({ typeName, field });
      const type = getNamedType(parent.getFields()[field.name.value]?.type);
      if (field.selectionSet === undefined || !isCompositeType(type)) return;
      const step: Step = {
        responseName: responseNameOf(field),
        declared: declared.name,
        typeNames,
        isEveryType: typeNames.size === every.size,
      };
      visitPlace(field.selectionSet, type, [...path, step]);
    };
    const visitSelections = (
      { selections }: SelectionSetNode,
      parent: GraphQLCompositeType,
      typeNames: ReadonlySet<string>,
    ): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          visitField(selection, parent, typeNames);
          continue;
        }
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const condition = fragment?.typeCondition && apiSchema.getType(fragment.typeCondition.name.value);
        const narrower = isCompositeType(condition) ? condition : parent;
        const left = intersect(typeNames, typesOf(narrower));
        if (fragment !== undefined && left.size > 0) visitSelections(fragment.selectionSet, narrower, left);
      }
    };
    visitSelections(selectionSet, declared, every);
    if (asked.length > 0) places.push({ path, declared: declared.name, asked });
  };

  const root = apiSchema.getRootType(operation.operation);
  if (root) visitPlace(operation.selectionSet, root, []);
  return places;
}

function intersect(left: ReadonlySet<string>, right: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...left].filter((one) => right.has(one)));
}
