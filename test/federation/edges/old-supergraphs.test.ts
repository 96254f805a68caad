import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { createExecutor } from '../../../gateway/execute/create-executor.js';
import { askExecutor } from '../../../gateway/testing/ask-executor.js';
import { composeGraph, schemaOf } from '../../../gateway/testing/open-graph.js';
import { createRecordingObserver } from '../../../gateway/testing/recording-observer.js';
import { createLocalSubgraph } from '../../../subgraphs/port/local-subgraph.js';
import type { Part } from '../open-graph.js';

interface Thing {
  readonly id: string;
  readonly base?: number | null;
}

const parts: Readonly<Record<string, Part>> = {
  a: {
    sdl: 'type Query { things: [Thing] } type Thing @key(fields: "id") { id: ID! base: Int }',
    resolvers: {
      Query: {
        things: () => [
          { id: 1, base: 2 },
          { id: 2, base: null },
        ],
      },
    },
  },
  b: {
    sdl: 'type Thing @key(fields: "id") { id: ID! base: Int @external twice: Int @requires(fields: "base") name: String }',
    resolvers: {
      Thing: {
        __resolveReference: (thing: Thing) => ({ ...thing, name: `n${thing.id}` }),
        twice: ({ base }: Thing) => (base ?? 0) * 2,
      },
    },
  },
};

const GRAPHS = 'enum join__Graph { A @join__graph(name: "a", url: "") B @join__graph(name: "b", url: "") }';
const JOIN_2 = `schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.2", for: EXECUTION) { query: Query }
directive @join__field(graph: join__Graph!, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
scalar join__FieldSet scalar link__Import enum link__Purpose { SECURITY EXECUTION } ${GRAPHS}
type Query @join__type(graph: A) @join__type(graph: B) { things: [Thing] @join__field(graph: A) }
type Thing @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") {
  id: ID! base: Int @join__field(graph: A) @join__field(graph: B, external: true)
  twice: Int @join__field(graph: B, requires: "base") name: String @join__field(graph: B)
}`;
const JOIN_1 = `schema @core(feature: "https://specs.apollo.dev/core/v0.2") @core(feature: "https://specs.apollo.dev/join/v0.1", for: EXECUTION) { query: Query }
directive @core(as: String, feature: String!, for: core__Purpose) repeatable on SCHEMA
directive @join__field(graph: join__Graph, provides: join__FieldSet, requires: join__FieldSet) on FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__owner(graph: join__Graph!) on INTERFACE | OBJECT
directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on INTERFACE | OBJECT
enum core__Purpose { EXECUTION SECURITY } scalar join__FieldSet ${GRAPHS}
type Query { things: [Thing] @join__field(graph: A) }
type Thing @join__owner(graph: A) @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") {
  id: ID! @join__field(graph: A) base: Int @join__field(graph: A)
  twice: Int @join__field(graph: B, requires: "base") name: String @join__field(graph: B)
}`;

describe('a supergraph', () => {
  const now = composeGraph(parts);
  it.each([
    ['of Federation 1 (core v0.2, join v0.1)', JOIN_1],
    ['of join v0.2', JOIN_2],
    ['of join v0.3', JOIN_2.replace('join/v0.2', 'join/v0.3')],
    ['with a byte order mark', `\ufeff${now}`],
    ['with CRLF', now.replaceAll('\n', '\r\n')],
    ['with CR', now.replaceAll('\n', '\r')],
  ])('%s is served, and shows nothing of itself', async (_, supergraphSdl) => {
    const executor = await createExecutor({
      supergraphSdl,
      observer: createRecordingObserver(),
      subgraph: ({ name }) => createLocalSubgraph(name, schemaOf(parts[name] as Part)),
    });
    expect(await askExecutor(executor, { query: '{ things { id twice name } }', budgetMs: 20_000 })).toEqual({
      data: {
        things: [
          { id: '1', twice: 4, name: 'n1' },
          { id: '2', twice: 0, name: 'n2' },
        ],
      },
    });
    const { data } = await askExecutor(executor, { query: getIntrospectionQuery(), budgetMs: 20_000 });
    const schema = printSchema(buildClientSchema(data as unknown as IntrospectionQuery));
    expect(schema).toContain('twice: Int');
    expect(schema).not.toMatch(/core__|join__|link__|@core|@join|@link/);
    await executor.close();
  });
});
