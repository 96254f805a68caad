import { graphql } from 'graphql';
import { sendJson, serveHttp, type TestServer } from '../../gateway/testing/http-subgraph.js';
import { schemaOf } from '../../gateway/testing/open-graph.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { type Graph, openGraph, type Part, placesOf } from './open-graph.js';

interface Ref {
  readonly id: string;
}

const parts: Readonly<Record<string, Part>> = {
  registry: {
    sdl: `
      type Query { subjects(prefix: String): [Subject]! }
      type Mutation { rename(id: ID!, name: String!): Subject }
      type Subject @key(fields: "id") { id: ID! name: String }`,
    resolvers: {
      Query: {
        subjects: (_: unknown, { prefix = '' }: { prefix?: string }) => [
          { id: '1', name: `${prefix}王 "Wang" \\ \u2028` },
          null,
          { id: '2', name: `${prefix}Li` },
        ],
      },
      Mutation: { rename: (_: unknown, subject: object) => subject },
    },
  },
  courts: {
    sdl: `
      type Subject @key(fields: "id") { id: ID! name: String @external debts(above: Int = 0): Int plate: String @requires(fields: "name") odd: Int! }`,
    resolvers: {
      Subject: {
        __resolveReference: (ref: Ref) => ref,
        debts: ({ id }: Ref, { above }: { above: number }) => Number(id) * 10 + above,
        plate: ({ name }: { name?: string }) => `plate of ${name}`,
        odd: ({ id }: Ref) => {
          if (id === '2') throw new Error('even');
          return 1;
        },
      },
    },
  },
};

describe('a graph over HTTP', () => {
  const servers: TestServer[] = [];
  const pools = createOriginPools();
  let graph: Graph;
  beforeAll(async () => {
    const urls = new Map<string, string>();
    for (const [name, part] of Object.entries(parts)) {
      const schema = schemaOf(part);
      const server = await serveHttp((_request, response, body) => {
        const { query, variables, operationName } = JSON.parse(body);
        void graphql({ schema, source: query, variableValues: variables, operationName }).then((result) =>
          sendJson(response, result),
        );
      });
      servers.push(server);
      urls.set(name, server.url);
    }
    graph = await openGraph(parts, (name) =>
      createRemoteSubgraph({ name, url: urls.get(name) ?? '', pools }),
    );
  });
  afterAll(async () => {
    await graph.close();
    await pools.close();
    await Promise.all(servers.map((server) => server.close()));
  });

  it('joins and requires', async () => {
    expect(
      await graph.read('query ($above: Int) { subjects(prefix: "案") { name debts(above: $above) plate } }', {
        above: 3,
      }),
    ).toEqual({
      subjects: [
        { name: '案王 "Wang" \\ \u2028', debts: 13, plate: 'plate of 案王 "Wang" \\ \u2028' },
        null,
        { name: '案Li', debts: 23, plate: 'plate of 案Li' },
      ],
    });
  });

  it('carries mutations out', async () => {
    expect(
      await graph.read(
        'mutation { a: rename(id: "7", name: "x") { id name debts } b: rename(id: "8", name: "y") { plate } }',
      ),
    ).toEqual({
      a: { id: '7', name: 'x', debts: 70 },
      b: { plate: 'plate of y' },
    });
  });

  it('places errors', async () => {
    const answer = await graph.ask('{ subjects { id odd } }');
    expect(answer.data).toEqual({ subjects: [{ id: '1', odd: 1 }, null, null] });
    expect(placesOf(answer)).toEqual(['subjects.2.odd']);
  });

  it('answers aliases and __proto__ as in one process', async () => {
    const { data } = await graph.ask('{ __proto__: subjects { id: name debts constructor: plate } }');
    expect(JSON.stringify(data)).toBe(
      JSON.stringify({
        ['__proto__']: [
          { id: '王 "Wang" \\ \u2028', debts: 10, constructor: 'plate of 王 "Wang" \\ \u2028' },
          null,
          { id: 'Li', debts: 20, constructor: 'plate of Li' },
        ],
      }),
    );
  });

  it('shares identical reads that run together, and not their answers', async () => {
    const answers = await Promise.all(
      ['a', 'a', 'b'].map((prefix) => graph.read(`{ subjects(prefix: "${prefix}") { name debts } }`)),
    );
    expect(answers.map(({ subjects }) => (subjects as readonly { name: string }[])[2]?.name)).toEqual([
      'aLi',
      'aLi',
      'bLi',
    ]);
  });
});
