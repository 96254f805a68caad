import {
  BREAK,
  type ExecutableDefinitionNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { INTROSPECTION_FIELDS } from '../../plan/introspection-fields.js';
import { responseNameOf } from '../../plan/response-name.js';
import { leafKindOf, maskedLeaf } from './leaf-kind.js';
import type { ProjectedField, ProjectedObject, ProjectedType, Projection } from './projection.js';

interface ProjectionInput {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced; only those that `@skip` and `@include` use are looked at. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where the gathered data hold a field. */
  readonly nameOf: (field: FieldNode) => string;
  /** Default: all is shown as it is. */
  readonly access?: ProjectedAccess;
}

/** What of the fields of object types is shown. */
interface ProjectedAccess {
  isDenied(type: string, node: FieldNode): boolean;
  isMasked(type: string, node: FieldNode): boolean;
}

const ALL_SHOWN: ProjectedAccess = { isDenied: () => false, isMasked: () => false };

/** Works out what a query shows: the spec's CollectFields, for every type that its objects can have. */
export function buildProjection(input: ProjectionInput): Projection {
  const { schema, operation } = input;
  const rootType = schema.getRootType(operation.operation);
  if (rootType === undefined || rootType === null) throw new Error(`no type for ${operation.operation}`);
  const root = createBuilder(input).objectOf(rootType, [operation.selectionSet]);
  return { root, introspects: asksIntrospection([operation, ...input.fragments.values()]) };
}

function asksIntrospection(definitions: readonly ExecutableDefinitionNode[]): boolean {
  let isAsked = false;
  for (const definition of definitions) {
    visit(definition, {
      Field: ({ name }) => {
        if (INTROSPECTION_FIELDS.has(name.value)) isAsked = true;
        return isAsked ? BREAK : undefined;
      },
    });
  }
  return isAsked;
}

type FieldsOwner = GraphQLObjectType | GraphQLInterfaceType;

function createBuilder({ schema, fragments, variables, nameOf, access = ALL_SHOWN }: ProjectionInput) {
  const rootTypes = new Set<unknown>([
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ]);
  const numbers = new Map<SelectionSetNode, number>();
  const known = new Map<string, ProjectedObject>();
  /** The same selections on the same type are one object, however many ways lead to it. */
  const idOf = (type: FieldsOwner, sets: readonly SelectionSetNode[]): string => {
    const ids = sets.map((set) => {
      const number = numbers.get(set) ?? numbers.size;
      numbers.set(set, number);
      return number;
    });
    return `${type.name} ${ids.join(' ')}`;
  };

  const objectOf = (type: FieldsOwner, sets: readonly SelectionSetNode[]): ProjectedObject => {
    const id = idOf(type, sets);
    const built = known.get(id);
    if (built !== undefined) return built;
    const fields: ProjectedField[] = [];
    const object = { typeName: type.name, isRootType: rootTypes.has(type), fields };
    known.set(id, object);
    const collected = new Map<string, FieldNode[]>();
    for (const set of sets) collect(type, set, collected, new Set());
    for (const [responseName, nodes] of collected) fields.push(fieldOf(type, responseName, nodes));
    return object;
  };

  const collect = (
    type: FieldsOwner,
    { selections }: SelectionSetNode,
    into: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void => {
    for (const selection of selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const responseName = responseNameOf(selection);
        const nodes = into.get(responseName);
        if (nodes === undefined) into.set(responseName, [selection]);
        else nodes.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(selection.typeCondition?.name.value, type)) {
          collect(type, selection.selectionSet, into, visited);
        }
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined && applies(fragment.typeCondition.name.value, type)) {
          collect(type, fragment.selectionSet, into, visited);
        }
      }
    }
  };

  const applies = (condition: string | undefined, type: FieldsOwner): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const conditional = schema.getType(condition);
    return isAbstractType(conditional) && schema.isSubType(conditional, type);
  };

  const fieldOf = (type: FieldsOwner, responseName: string, nodes: readonly FieldNode[]): ProjectedField => {
    const [node] = nodes as [FieldNode];
    const name = node.name.value;
    if (name === '__typename') return { kind: 'typename', responseName };
    if (INTROSPECTION_FIELDS.has(name)) return { kind: 'introspection', responseName, nodes };
    const definition = type.getFields()[name];
    if (definition === undefined) throw new Error(`${type.name} must have the field ${name}`);
    if (nodes.some((one) => access.isDenied(type.name, one)))
      return { kind: 'denied', responseName, isNonNull: isNonNullType(definition.type) };
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const masks = access.isMasked(type.name, node);
    return { kind: 'data', responseName, source: nameOf(node), type: typeOf(definition.type, sets, masks) };
  };

  const typeOf = (
    type: GraphQLOutputType,
    sets: readonly SelectionSetNode[],
    masks: boolean,
  ): ProjectedType => {
    const isNonNull = isNonNullType(type);
    const nullable = isNonNull ? type.ofType : type;
    if (isListType(nullable)) return { kind: 'list', isNonNull, item: typeOf(nullable.ofType, sets, masks) };
    if (isObjectType(nullable)) return { kind: 'object', isNonNull, object: objectOf(nullable, sets) };
    if (!isAbstractType(nullable))
      return { kind: 'leaf', isNonNull, leaf: masks ? maskedLeaf(nullable) : leafKindOf(nullable) };
    const possible = schema.getPossibleTypes(nullable);
    // The one root type among them, which a subgraph may call as it likes.
    const rootType = possible.find((one) => rootTypes.has(one));
    return {
      kind: 'abstract',
      isNonNull,
      typeNames: possible.map(({ name }) => name),
      objectOf: (typeName) => {
        const given = typeof typeName === 'string' ? schema.getType(typeName) : undefined;
        if (isObjectType(given)) return schema.isSubType(nullable, given) ? objectOf(given, sets) : null;
        if (given === undefined && typeName !== undefined && rootType !== undefined) {
          return objectOf(rootType, sets);
        }
        // A subgraph that knows an interface as an object names the interface: enough for what all its types have.
        const wide = isInterfaceType(given) ? given : typeName === undefined ? nullable : null;
        if (!isInterfaceType(wide) || (wide !== nullable && !schema.isSubType(nullable, wide))) return null;
        return needsType(sets, wide) ? null : objectOf(wide, sets);
      },
    };
  };

  /** Whether it depends on an object's type what is shown of it. */
  const needsType = (sets: readonly SelectionSetNode[], wide: GraphQLInterfaceType): boolean =>
    sets.some(({ selections }) =>
      selections.some((selection) => {
        if (!isIncluded(selection, variables)) return false;
        if (selection.kind === Kind.FIELD) return selection.name.value === '__typename';
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment === undefined) return false;
        return !applies(fragment.typeCondition?.name.value, wide) || needsType([fragment.selectionSet], wide);
      }),
    );

  return { objectOf };
}

function isIncluded(selection: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  if (selection.directives === undefined || selection.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
}
