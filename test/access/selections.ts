import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Literals that validate; what they mean does not matter here. */
export function literalOf(type: GraphQLInputType, depth = 0): string {
  if (isNonNullType(type)) return literalOf(type.ofType, depth);
  if (isListType(type)) return `[${literalOf(type.ofType, depth)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'NONE';
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    const inner = needed.map((field) => `${field.name}: ${literalOf(field.type, depth + 1)}`);
    return `{${inner.join(', ')}}`;
  }
  return { Int: '1', Float: '1.5', Boolean: 'true' }[type.name] ?? '"2026-06-01"';
}

export const argumentsOf = (
  given: readonly GraphQLArgument[],
  also: Readonly<Record<string, string>> = {},
): string => {
  const needed = given.flatMap((argument) => {
    const own = also[argument.name];
    if (own !== undefined) return [`${argument.name}: ${own}`];
    return isNonNullType(argument.type) && argument.defaultValue === undefined
      ? [`${argument.name}: ${literalOf(argument.type)}`]
      : [];
  });
  return needed.length === 0 ? '' : `(${needed.join(', ')})`;
};

/** What the literals of needed arguments touch. */
export const neededBy = (given: readonly GraphQLArgument[]): readonly string[] =>
  given
    .filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
    .flatMap(({ type }) => enumOf(type));

/** The value that `literalOf` picks. */
export function enumOf(type: GraphQLInputType): readonly string[] {
  const named = getNamedType(type);
  return isEnumType(named) ? [`${named.name}.${named.getValues()[0]?.name}`] : [];
}

/** A selection of a field, with the arguments that it needs. */
export const textOf = (field: GraphQLField<unknown, unknown>): string => {
  const own = getNamedType(field.type);
  const inner = isObjectType(own) ? ' { __typename }' : '';
  return `${field.name}${argumentsOf(field.args)}${inner}`;
};
