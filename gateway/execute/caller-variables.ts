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

/** What a look at a caller's variables finds. */
type Found = 'nothing' | 'exact-numbers' | 'too-deep';

/** Nobody's input is nested deeper; what reads it goes down level by level. */
export const MAX_VARIABLE_DEPTH = 200;

/** Looks whether variables hold numbers with more digits than JavaScript's have, or are nested too deep. */
export function lookThrough(value: unknown, depthLeft = MAX_VARIABLE_DEPTH): Found {
  if (typeof value !== 'object' || value === null) return 'nothing';
  if (value instanceof ExactNumber) return 'exact-numbers';
  if (depthLeft < 0) return 'too-deep';
  let found: Found = 'nothing';
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    const below = lookThrough(inner, depthLeft - 1);
    if (below === 'too-deep') return below;
    if (below === 'exact-numbers') found = below;
  }
  return found;
}

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
      fitted[name] = fitValue(variables[name], inputType);
    }
  }
  return fitted;
}

function fitValue(value: unknown, outerType: GraphQLInputType): unknown {
  const type = getNullableType(outerType);
  if (isListType(type)) {
    return Array.isArray(value)
      ? value.map((one) => fitValue(one, type.ofType))
      : fitValue(value, type.ofType);
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
      return [name, field === undefined ? member : fitValue(member, field.type)];
    }),
  );
}
