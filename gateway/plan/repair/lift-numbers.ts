import {
  BREAK,
  type ConstValueNode,
  type DocumentNode,
  type FloatValueNode,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type IntValueNode,
  isListType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
  parseType,
  print,
  TypeInfo,
  type ValueNode,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { ExactNumber, readNumber } from '../../../runtime/json/exact-json.js';
import { fitNumber } from '../fit-numbers.js';

type Variables = Readonly<Record<string, unknown>>;

export interface LiftedNumbers {
  /** The document with variables in the place of numbers whose digits the planner would not keep. */
  readonly document: DocumentNode;
  /** Adds the values of these variables to those of the caller. Null when there are none. */
  readonly complete: ((variables: Variables) => Variables) | null;
}

/**
 * Takes numbers out of a document that JavaScript's numbers cannot keep, such as `no: 9007199254740993` and
 * `sum: 1.10`: the planner reads literals as JavaScript's numbers. Only of IDs and custom scalars: GraphQL's own Int and
 * Float have no more digits than that.
 *
 * @param document one operation and its fragments, valid against the schema.
 */
export function liftNumbers(document: DocumentNode, schema: GraphQLSchema): LiftedNumbers {
  if (!hasLongNumber(document)) return { document, complete: null };
  const lifted = new Map<string, LiftedValue>();
  const taken = namesOf(document);
  const typeInfo = new TypeInfo(schema);
  const lift = (node: ValueNode, type: GraphQLInputType): ValueNode => {
    const typeText = `${String(getNullableType(type))}!`;
    const id = `${typeText} ${print(node)}`;
    let known = lifted.get(id);
    if (known === undefined) {
      known = { name: newName(taken), typeText, node, type };
      lifted.set(id, known);
    }
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: known.name } };
  };
  const defaults = new Map<string, TypedLiteral>();
  const withVariables = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      VariableDefinition: (definition) => {
        const { defaultValue, variable } = definition;
        const type = typeInfo.getInputType();
        if (defaultValue === undefined || !type) return false;
        defaults.set(variable.name.value, { node: defaultValue, type });
        // Variables with such defaults are always sent.
        return hasLongNumber(defaultValue) ? { ...definition, defaultValue: withZeros(defaultValue) } : false;
      },
      enter: (node) => {
        const type = typeOfLiteral(node, typeInfo);
        return type !== null && hasLongNumber(node) ? lift(node as ValueNode, type) : undefined;
      },
    }),
  );
  return {
    document: define(withVariables, [...lifted.values()]),
    complete: (variables) => completeVariables(variables, [...lifted.values()], defaults),
  };
}

interface TypedLiteral {
  readonly node: ValueNode;
  readonly type: GraphQLInputType;
}

interface LiftedValue extends TypedLiteral {
  /** Of the variable. */
  readonly name: string;
  readonly typeText: string;
}

function completeVariables(
  given: Variables,
  lifted: readonly LiftedValue[],
  defaults: ReadonlyMap<string, TypedLiteral>,
): Variables {
  const sent: Record<string, unknown> = { ...given };
  const all: Record<string, unknown> = { ...given };
  for (const [name, { node, type }] of defaults) {
    if (given[name] !== undefined) continue;
    all[name] = fitNumber(literalValue(node, {}), type);
    if (hasLongNumber(node)) sent[name] = all[name];
  }
  for (const { name, node, type } of lifted) sent[name] = fitNumber(literalValue(node, all), type);
  return sent;
}

/** A default that is never used: with zeros for the numbers that the planner would change. */
function withZeros(node: ConstValueNode): ConstValueNode {
  const zero = (literal: IntValueNode | FloatValueNode): IntValueNode | undefined =>
    readNumber(literal.value) instanceof ExactNumber ? { kind: Kind.INT, value: '0' } : undefined;
  return visit(node, { IntValue: zero, FloatValue: zero });
}

/** The type of a literal whose inner values the schema does not know: of an ID or a custom scalar, or a list of such. */
function typeOfLiteral(node: { readonly kind: string }, typeInfo: TypeInfo): GraphQLInputType | null {
  // A list's own type is the parent of its elements'.
  const type = node.kind === Kind.LIST ? typeInfo.getParentInputType() : typeInfo.getInputType();
  if (type === null || type === undefined) return null;
  const named = getNamedType(type);
  const isKept = named === GraphQLID || (isScalarType(named) && !isSpecifiedScalarType(named));
  if (!isKept) return null;
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
    case Kind.OBJECT:
      return type;
    case Kind.LIST:
      return isListType(getNullableType(type)) ? null : type;
    default:
      return null;
  }
}

function hasLongNumber(node: DocumentNode | ValueNode | { readonly kind: string }): boolean {
  let isFound = false;
  const look = ({ value }: { readonly value: string }) => {
    if (!(readNumber(value) instanceof ExactNumber)) return undefined;
    isFound = true;
    return BREAK;
  };
  visit(node as DocumentNode, { IntValue: look, FloatValue: look });
  return isFound;
}

function literalValue(node: ValueNode, variables: Variables): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return readNumber(node.value);
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return node.values.map((one) => literalValue(one, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, literalValue(value, variables)]),
      );
    default:
      return node.value;
  }
}

function define(document: DocumentNode, lifted: readonly LiftedValue[]): DocumentNode {
  const added = lifted.map(
    ({ name, typeText }): VariableDefinitionNode => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
      type: parseType(typeText, { noLocation: true }),
    }),
  );
  return visit(document, {
    OperationDefinition: (operation): OperationDefinitionNode => ({
      ...operation,
      variableDefinitions: [...(operation.variableDefinitions ?? []), ...added],
    }),
  });
}

function namesOf(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, { Name: ({ value }) => void names.add(value) });
  return names;
}

/** A variable's name that nothing else has. */
function newName(taken: Set<string>): string {
  let number = taken.size;
  while (taken.has(`n${number}`)) number++;
  taken.add(`n${number}`);
  return `n${number}`;
}
