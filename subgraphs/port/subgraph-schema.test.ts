import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, graphql, lexicographicSortSchema, parse, printType } from 'graphql';
import { findProjectRoot } from '../../runtime/project-root.js';
import { buildSubgraph } from './subgraph-schema.js';

const FOLDER = join(findProjectRoot(), 'schema', 'subgraphs');

/** What of a schema is not the federation's directives and their arguments' types. */
function typesOf(schema: GraphQLSchema): string {
  const own = Object.values(lexicographicSortSchema(schema).getTypeMap()).filter(
    ({ name }) => !/^(__|(federation|link)__|(Boolean|Float|ID|Int|String)$)/.test(name),
  );
  return own.map((type) => printType(type)).join('\n\n');
}

const SHIPS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@interfaceObject"])
  type Query { ships: [Ship] flagged: Craft }
  type Ship @key(fields: "number") { number: ID! name: String! @deprecated(reason: "renamed") }
  type Berth { quay: String! }
  type Craft @interfaceObject @key(fields: "number") { number: ID! flag: Flag }
  enum Flag { RED BLUE }
  extend type Owner @key(fields: "id") { id: ID! }
  extend input Filter { flags: [Flag!] = [RED] }
`;

const resolvers = {
  Query: { ships: () => [{ number: 1, name: '浙嵊渔90007' }] },
  Ship: { __resolveReference: ({ number }: { number: string }) => ({ number, name: `船${number}` }) },
  Flag: { RED: '红' },
  Craft: { flag: () => '红' },
};

describe('buildSubgraph()', () => {
  it.each(readdirSync(FOLDER))('has the types of %s as Apollo has them', (file) => {
    const sdl = readFileSync(join(FOLDER, file), 'utf8');
    expect(typesOf(buildSubgraph(sdl, {}))).toBe(typesOf(buildSubgraphSchema({ typeDefs: parse(sdl) })));
  });

  it('has the types of a graph with extensions and interface objects as Apollo has them', () => {
    const theirs = buildSubgraphSchema({ typeDefs: parse(SHIPS) });
    expect(typesOf(buildSubgraph(SHIPS, {}))).toBe(typesOf(theirs));
  });

  it('has no entities where there is no key', () => {
    const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7")';
    const sdl = `${link} extend type Query { tide: Int }`;
    expect(typesOf(buildSubgraph(sdl, {}))).toBe(typesOf(buildSubgraphSchema({ typeDefs: parse(sdl) })));
  });

  it('answers as Apollo does: own fields, entities, the SDL', async () => {
    const source = `query ($keys: [_Any!]!) {
      ships { number name }
      _entities(representations: $keys) { __typename ... on Ship { number name } ... on Craft { flag } }
      _service { sdl }
    }`;
    const keys = [
      { __typename: 'Ship', number: '7' },
      { __typename: 'Craft', number: '8' },
    ];
    const answerOf = (schema: GraphQLSchema) => graphql({ schema, source, variableValues: { keys } });
    const { data, errors } = await answerOf(buildSubgraph(SHIPS, resolvers));
    const theirs = await answerOf(buildSubgraphSchema({ typeDefs: parse(SHIPS), resolvers }));
    expect(errors).toBeUndefined();
    expect({ ...data, _service: null }).toEqual({ ...theirs.data, _service: null });
    expect(data?._service).toEqual({ sdl: SHIPS });
  });
});
