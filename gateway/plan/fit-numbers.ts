import {
  GraphQLID,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  isScalarType,
  isSpecifiedScalarType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { ExactNumber } from '../../runtime/json/exact-json.js';

type Variables = Readonly<Record<string, unknown>>;

/**
 * The variables with exact numbers only where a type keeps them: custom scalars are their subgraphs' business. An ID is
 * a text of its digits; GraphQL's Int has 32 bits and its Float is JavaScript's number.
 */
export function fitNumbers(
  variables: Variables,
  definitions: readonly VariableDefinitionNode[],
  schema: GraphQLSchema,
): Variables {
  const fitted: Record<string, unknown> = { ...variables };
  for (const { variable, type } of definitions) {
    const name = variable.name.value;
    const inputType = typeFromAST(schema, type);
    if (Object.hasOwn(variables, name) && isInputType(inputType)) {
      fitted[name] = fitNumber(variables[name], inputType);
    }
  }
  return fitted;
}

/** One value as `fitNumbers` has it. */
export function fitNumber(value: unknown, outerType: GraphQLInputType): unknown {
  const type = getNullableType(outerType);
  if (isListType(type)) {
    return Array.isArray(value)
      ? value.map((one) => fitNumber(one, type.ofType))
      : fitNumber(value, type.ofType);
  }
  if (isScalarType(type) && !isSpecifiedScalarType(type)) return value;
  if (value instanceof ExactNumber) {
    const digits = String(value);
    return type === GraphQLID && /^-?\d+$/.test(digits) ? digits : Number(value);
  }
  if (!isInputObjectType(type) || typeof value !== 'object' || value === null || Array.isArray(value))
    return value;
  const fields = type.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, field === undefined ? member : fitNumber(member, field.type)];
    }),
  );
}
