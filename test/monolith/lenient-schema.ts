import {
  buildASTSchema,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  Kind,
  parse,
  printSchema,
  type TypeNode,
  visit,
} from 'graphql';
import { type Path, pathText } from './failure-paths.js';

/** The same schema where no field promises a value: nothing is swallowed by a null above, and nothing left out for one. */
export function lenientSchema(schema: GraphQLSchema): GraphQLSchema {
  const document = visit(parse(printSchema(schema)), {
    FieldDefinition: (field) => ({ ...field, type: nullable(field.type) }),
  });
  return buildASTSchema(document);
}

function nullable(type: TypeNode): TypeNode {
  switch (type.kind) {
    case Kind.NON_NULL_TYPE:
      return nullable(type.type);
    case Kind.LIST_TYPE:
      return { ...type, type: nullable(type.type) };
    case Kind.NAMED_TYPE:
      return type;
  }
}

/** Tells the places of nulls that a type does not allow, in a value of which parts may still be to come. */
export function watchNulls(
  type: GraphQLOutputType,
  value: unknown,
  path: Path,
  tell: (path: string) => void,
): unknown {
  if (value instanceof Promise) return value.then((late) => watchNulls(type, late, path, tell));
  if (isNonNullType(type)) {
    if (value === null || value === undefined) tell(pathText(path));
    return watchNulls(type.ofType, value, path, tell);
  }
  if (!isListType(type) || !Array.isArray(value)) return value;
  return value.map((item, index) => watchNulls(type.ofType, item, [...path, index], tell));
}
