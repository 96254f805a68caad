import type { FastifyInstance } from 'fastify';
import { publicError } from '../../../runtime/errors.js';
import { type OpenedGraph, openGraph } from '../../testing/open-graph.js';
import { openServer } from '../../testing/open-server.js';

const ROWS = 12;

let graph: OpenedGraph;
let server: Awaited<ReturnType<typeof openServer>>;
beforeAll(async () => {
  graph = await openGraph({
    shop: {
      sdl: 'type Query { rows: [Row] } type Row { id: ID failing: String }',
      resolvers: {
        Query: { rows: () => Array.from({ length: ROWS }, (_, id) => ({ id })) },
        Row: {
          failing: () => {
            throw publicError('SOURCE_TIMEOUT', '长'.repeat(900));
          },
        },
      },
    },
  });
  server = await openServer(graph, { limits: { errors: 5, errorLength: 200 } });
});
afterAll(async () => {
  await server.stop(0);
  await graph.executor.close();
});

function ask(app: FastifyInstance, query: string) {
  return app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { host: 'x', 'content-type': 'application/json' },
    payload: JSON.stringify({ query }),
  });
}

it('tells of so many errors, none longer than so much, and how many are left out', async () => {
  for (const _ of ['by Apollo Server', 'without it']) {
    const { data, errors, extensions } = (await ask(server.app, '{ rows { id failing } }')).json();
    expect(data.rows).toHaveLength(ROWS);
    expect(extensions).toEqual({ omittedErrors: ROWS - 5 });
    expect(errors.map(({ path }: { path: unknown }) => path)).toEqual(
      [0, 1, 2, 3, 4].map((row) => ['rows', row, 'failing']),
    );
    for (const { message, extensions: said } of errors) {
      expect(message.length).toBeLessThanOrEqual(201);
      expect(said).toMatchObject({ code: 'SOURCE_TIMEOUT', subgraph: 'shop', retryable: true });
    }
  }
});

it('says nothing of it where none is left out', async () => {
  for (const _ of ['by Apollo Server', 'without it']) {
    expect((await ask(server.app, '{ rows { id } }')).json()).not.toHaveProperty('extensions');
  }
});

it('tells of so many mistakes of a document', async () => {
  const names = Array.from({ length: 9 }, (_, i) => `${'wrong'.repeat(60)}${i}`).join(' ');
  const { errors } = (await ask(server.app, `{ rows { ${names} } }`)).json();
  expect(errors).toHaveLength(5);
  for (const { message } of errors) expect(message.length).toBeLessThanOrEqual(201);
});
