import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
} from 'graphql';
import { findProjectRoot } from '../../runtime/project-root.js';

/** What callers see. */
export function callersSchema(): GraphQLSchema {
  return buildSchema(readFileSync(join(findProjectRoot(), 'schema', 'api.graphql'), 'utf8'));
}

/** Types of scalar and enum fields by their names: `Decimal`, `[String]`, `Enum`. */
export function typesOf(fields: readonly GraphQLField<unknown, unknown>[]): ReadonlyMap<string, string> {
  return new Map(fields.map(({ name, type }) => [name, typeName(type)]));
}

function typeName(type: GraphQLField<unknown, unknown>['type']): string {
  const named = getNamedType(type);
  const name = isEnumType(named) ? 'Enum' : named.name;
  return isListType(isNonNullType(type) ? type.ofType : type) ? `[${name}]` : name;
}
