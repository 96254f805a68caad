import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  typeFromAST,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { higherLevel, LEVELS, type Level } from '../../../runtime/level.js';
import { INTROSPECTION_FIELDS } from '../../plan/introspection-fields.js';
import { responseNameOf } from '../../plan/response-name.js';
import type { AccessRules, Denial } from './access-rules.js';

/** Something of an operation that is kept from its caller. */
export interface DeniedSelection extends Denial {
  /** Response names from the root, fragments unfolded: `subjects.nodes.name`. */
  readonly selection: string;
}

/** What of an operation its caller may have. */
export interface AuthorisedOperation {
  readonly denied: readonly DeniedSelection[];
  /** Whether it asks for the schema, and the caller may not. */
  readonly deniesIntrospection: boolean;
  /** Selections that are shown masked. */
  readonly masked: readonly string[];
  /** Selections that are shown whole for the reason that the caller gives alone. */
  readonly unmasked: readonly string[];
  /** The highest level of what is shown, masked or not. */
  readonly level: Level;
  /** Whether a field of an object type, with these arguments, is kept from the caller. */
  isDenied(type: string, node: FieldNode): boolean;
  isMasked(type: string, node: FieldNode): boolean;
  /** Why the values of the operation's variables must not be used; null: they may. @param variables coerced. */
  denyVariables(variables: Readonly<Record<string, unknown>>): Denial | null;
  /** The operation without what is denied for every type of object that it can be asked of. */
  prune(document: DocumentNode): DocumentNode;
}

interface Asked {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Works out once for an operation and a sort of caller what may be read of it. */
export function authoriseOperation(asked: Asked, rules: AccessRules): AuthorisedOperation {
  const { schema, operation } = asked;
  const judge = createJudge(schema, rules);
  const found = walkOperation(asked, judge, rules);
  const variables = (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
    const declared = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
    return declared === undefined ? [] : [{ name: variable.name.value, type: declared as GraphQLInputType }];
  });
  return {
    ...found,
    isDenied: (type, node) => judge(type, node) !== null,
    isMasked: (type, node) => rules.masks(type, node.name.value),
    denyVariables: (values) => {
      for (const { name, type } of variables) {
        const denied = Object.hasOwn(values, name) ? denyValue(values[name], type, rules) : null;
        if (denied !== null) return denied;
      }
      return null;
    },
    prune: (document) => prune(document, schema, judge),
  };
}

/** Null: the field may be read. */
type Judge = (type: string, node: FieldNode) => Denial | null;

function createJudge(schema: GraphQLSchema, rules: AccessRules): Judge {
  const known = new Map<FieldNode, Map<string, Denial | null>>();
  return (type, node) => {
    const name = node.name.value;
    if (name.startsWith('__')) return null;
    const own = known.get(node) ?? new Map<string, Denial | null>();
    known.set(node, own);
    const before = own.get(type);
    if (before !== undefined) return before;
    const denied =
      rules.denyField(type, name) ??
      denyArguments(node.arguments, argumentsOf(schema, type, name), type, name, rules);
    own.set(type, denied);
    return denied;
  };
}

function argumentsOf(schema: GraphQLSchema, typeName: string, field: string): readonly GraphQLArgument[] {
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[field]?.args ?? []) : [];
}

function denyArguments(
  given: readonly ArgumentNode[] | undefined,
  declared: readonly GraphQLArgument[],
  type: string,
  field: string,
  rules: AccessRules,
): Denial | null {
  for (const { name, value } of given ?? []) {
    const argument = declared.find((one) => one.name === name.value);
    if (argument === undefined) continue;
    const denied =
      rules.denyInput(`${type}.${field}(${name.value}:)`, type) ?? denyLiteral(value, argument.type, rules);
    if (denied !== null) return denied;
  }
  return null;
}

/** What a literal touches; variables in it are judged by their values. */
function denyLiteral(node: ValueNode, type: GraphQLInputType, rules: AccessRules): Denial | null {
  const named = getNamedType(type);
  if (node.kind === Kind.LIST) return firstOf(node.values, (value) => denyLiteral(value, named, rules));
  if (node.kind === Kind.ENUM && isEnumType(named))
    return rules.denyInput(`${named.name}.${node.value}`, named.name);
  if (node.kind !== Kind.OBJECT || !isInputObjectType(named)) return null;
  const fields = named.getFields();
  return firstOf(node.fields, ({ name, value }) => {
    const field = fields[name.value];
    if (field === undefined) return null;
    return (
      rules.denyInput(`${named.name}.${name.value}`, named.name) ?? denyLiteral(value, field.type, rules)
    );
  });
}

/** As `denyLiteral`, of a coerced value. */
function denyValue(value: unknown, type: GraphQLInputType, rules: AccessRules): Denial | null {
  const named = getNamedType(type);
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return firstOf(value, (item: unknown) => denyValue(item, named, rules));
  if (isEnumType(named)) return rules.denyInput(`${named.name}.${String(value)}`, named.name);
  if (!isInputObjectType(named) || typeof value !== 'object') return null;
  const fields = named.getFields();
  return firstOf(Object.entries(value), ([name, inner]) => {
    const field = fields[name];
    if (field === undefined) return null;
    return rules.denyInput(`${named.name}.${name}`, named.name) ?? denyValue(inner, field.type, rules);
  });
}

function firstOf<T>(items: readonly T[], deny: (item: T) => Denial | null): Denial | null {
  for (const item of items) {
    const denied = deny(item);
    if (denied !== null) return denied;
  }
  return null;
}

type Found = Pick<AuthorisedOperation, 'denied' | 'deniesIntrospection' | 'masked' | 'unmasked' | 'level'>;

/** Follows every selection once for each type of object it can be asked of. */
function walkOperation({ schema, operation, fragments }: Asked, judge: Judge, rules: AccessRules): Found {
  const denied = new Map<string, DeniedSelection>();
  const masked = new Set<string>();
  const unmasked = new Set<string>();
  let level: Level = LEVELS[0];
  let deniesIntrospection = false;
  // The same fragment below the same type gives the same, but for the names above it.
  const walked = new Set<string>();
  const walk = (type: GraphQLNamedType, { selections }: SelectionSetNode, path: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        walkField(type, selection, path);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition?.name.value;
      const inner = condition === undefined ? type : (schema.getType(condition) ?? type);
      const mark = `${inner.name} ${path} ${selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : ''}`;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (walked.has(mark)) continue;
        walked.add(mark);
      }
      walk(inner, fragment.selectionSet, path);
    }
  };
  const walkField = (type: GraphQLNamedType, node: FieldNode, path: string): void => {
    const name = node.name.value;
    if (name === '__typename') return;
    const selection = path === '' ? responseNameOf(node) : `${path}.${responseNameOf(node)}`;
    if (INTROSPECTION_FIELDS.has(name)) {
      deniesIntrospection ||= !rules.may('introspect');
      return;
    }
    const objects = isAbstractType(type) ? schema.getPossibleTypes(type).map((one) => one.name) : [type.name];
    const judged = objects.map((object) => judge(object, node));
    for (const denial of judged) {
      if (denial !== null) denied.set(`${selection} ${denial.coordinate}`, { ...denial, selection });
    }
    if (judged.every((denial) => denial !== null)) return;
    for (const [place, object] of objects.entries()) {
      if (judged[place] !== null) continue;
      level = higherLevel<Level>(level, rules.levelOf(object, name));
      if (rules.masks(object, name)) masked.add(selection);
      if (rules.unmasks(object, name)) unmasked.add(selection);
    }
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (definition !== undefined && node.selectionSet !== undefined)
      walk(getNamedType(definition.type), node.selectionSet, selection);
  };
  const root = schema.getRootType(operation.operation);
  if (root !== undefined && root !== null) walk(root, operation.selectionSet, '');
  return {
    denied: [...denied.values()],
    deniesIntrospection,
    masked: [...masked],
    unmasked: [...unmasked],
    level,
  };
}

function prune(document: DocumentNode, schema: GraphQLSchema, judge: Judge): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => {
        const parent = types.getParentType();
        if (parent === undefined || parent === null) return undefined;
        const objects = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        return objects.every(({ name }) => judge(name, node) !== null) ? null : undefined;
      },
    }),
  );
}
