import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInterfaceType,
  isListType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { findProjectRoot } from '../../../runtime/project-root.js';
import { KINDS, ROW_KINDS } from '../kinds.js';

/**
 * Relay's rules as graphql-eslint words them (relay-arguments, relay-connection-types, relay-edge-types,
 * relay-page-info), but for «a list type should only wrap an edge type»: lists of plain values and the short cut
 * `nodes` are part of our lists.
 */
const schema = buildSchema(readFileSync(join(findProjectRoot(), 'schema/api.graphql'), 'utf8'));
const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
const MEMBERS_OF_LISTS = new RegExp(`^(${ROW_KINDS.join('|')})(Filter|Dimension|Measure|Number|Day)?$`);
const connections = objects.filter(({ name }) => name.endsWith('Connection'));

function fieldOf(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> {
  const field = type.getFields()[name];
  if (field === undefined) throw new Error(`${type.name} must have a field ${name}`);
  return field;
}

it('has connections for every list of entities', () => {
  expect(connections.map(({ name }) => name).sort()).toEqual(KINDS.map((kind) => `${kind}Connection`).sort());
});

it.each(connections.map((connection) => [connection.name, connection] as const))(
  '%s has edges that carry a node and a cursor, and a pageInfo',
  (name, connection) => {
    const edges = getNullableType(fieldOf(connection, 'edges').type);
    expect(isListType(edges)).toBe(true);
    const edge = getNamedType(edges);
    expect(edge.name).toBe(name.replace(/Connection$/, 'Edge'));
    if (!isObjectType(edge)) throw new Error(`${edge.name} must be an object`);
    const node = getNullableType(fieldOf(edge, 'node').type);
    const cursor = getNullableType(fieldOf(edge, 'cursor').type);
    expect(isListType(node)).toBe(false);
    expect(isObjectType(node) && node.getInterfaces().map((one) => one.name)).toEqual(['Node']);
    expect(isScalarType(cursor) && cursor.name).toBe('String');
    expect(String(fieldOf(connection, 'pageInfo').type)).toBe('PageInfo!');
  },
);

it('gives every field with a connection forward and backward arguments', () => {
  const fields = objects.flatMap((type) =>
    Object.values(type.getFields()).filter((field) => getNamedType(field.type).name.endsWith('Connection')),
  );
  expect(fields.length).toBeGreaterThan(8);
  for (const { name, args } of fields) {
    const types = Object.fromEntries(args.map((argument) => [argument.name, String(argument.type)]));
    expect({ name, ...types }).toMatchObject({
      name,
      first: 'Int',
      after: 'String',
      last: 'Int',
      before: 'String',
    });
  }
});

it('has a PageInfo as Relay wants it', () => {
  const pageInfo = schema.getType('PageInfo');
  if (!isObjectType(pageInfo)) throw new Error('PageInfo must be an object');
  const types = Object.fromEntries(
    Object.entries(pageInfo.getFields()).map(([name, { type }]) => [name, String(type)]),
  );
  expect(types).toEqual({
    hasNextPage: 'Boolean!',
    hasPreviousPage: 'Boolean!',
    startCursor: 'String',
    endCursor: 'String',
  });
});

it('finds every entity by its id', () => {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('Node must be an interface');
  expect(
    schema
      .getPossibleTypes(node)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...KINDS].sort());
  const query = schema.getQueryType();
  if (query === null || query === undefined) throw new Error('there must be a Query');
  expect(String(fieldOf(query, 'node').type)).toBe('Node');
  expect(fieldOf(query, 'node').args.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual([
    'id: ID!',
  ]);
  expect(String(fieldOf(query, 'nodes').type)).toBe('[Node]');
});

it('describes every type, field, argument and value of the lists in Chinese and English', () => {
  const undescribed = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!MEMBERS_OF_LISTS.test(type.name)) return [];
    const members = isEnumType(type)
      ? type.getValues()
      : 'getFields' in type
        ? Object.values(type.getFields())
        : [];
    return members
      .filter(({ description }) => !/\p{Script=Han}.*[A-Za-z]{2}/su.test(description ?? ''))
      .map((member) => `${type.name}.${member.name}`);
  });
  expect(undescribed).toEqual([]);
});
