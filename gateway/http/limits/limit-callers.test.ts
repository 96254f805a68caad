import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { createLocalLedger } from '../../../runtime/ledger/local-ledger.js';
import type { QuotaLedger } from '../../../runtime/ledger/quota-ledger.js';
import { namedAccess } from '../../testing/named-access.js';
import { type OpenedGraph, openGraph } from '../../testing/open-graph.js';
import { openServer } from '../../testing/open-server.js';
import { until } from '../../testing/until.js';

/** What is held up must not end by itself. */
const LONG = { defaultMs: 60_000, mostMs: 60_000 };

let graph: OpenedGraph;
let release: (() => void) | undefined;
let server: Awaited<ReturnType<typeof openServer>>;
beforeAll(async () => {
  graph = await openGraph({
    shop: {
      sdl: 'type Query { open: String slow: String }',
      resolvers: {
        Query: {
          open: () => 'yes',
          slow: () =>
            new Promise((resolve) => {
              release = () => resolve('late');
            }),
        },
      },
    },
  });
});
afterAll(() => graph.executor.close());
afterEach(() => server.stop(0));

function ask(app: FastifyInstance, name: string | undefined, query = '{ open }') {
  return app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { host: 'x', 'content-type': 'application/json', ...(name !== undefined && { 'x-name': name }) },
    payload: JSON.stringify({ query }),
  });
}

it('answers 429 to one caller who asks too often, and goes on with others', async () => {
  server = await openServer(graph, { access: namedAccess, limits: { rate: 1, burst: 2 } });
  const { app } = server;
  const statuses = [];
  for (const name of ['a', 'a', 'a', 'b']) statuses.push((await ask(app, name)).statusCode);
  expect(statuses).toEqual([200, 200, 429, 200]);
  const refused = await ask(app, 'a');
  expect(refused.headers['retry-after']).toMatch(/^[12]$/);
  expect(refused.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(refused.json()).toMatchObject({
    errors: [
      {
        message: expect.stringMatching(/[\u4e00-\u9fff].*at most 2, but has 4/),
        extensions: {
          code: 'RATE_LIMITED',
          retryable: true,
          limit: 'burst',
          allowed: 2,
          actual: 4,
          requestId: refused.headers['x-request-id'],
        },
      },
    ],
  });
  expect(graph.observer.requests).toContainEqual(
    expect.objectContaining({ outcome: 'refused', errorCodes: ['RATE_LIMITED'] }),
  );
});

it('counts what is asked of every address', async () => {
  server = await openServer(graph, { access: namedAccess, limits: { rate: 1, burst: 2 } });
  const { app } = server;
  const headers = { host: 'x', 'x-name': 'a' };
  expect((await app.inject({ url: '/health/ready', headers })).statusCode).toBe(200);
  expect((await app.inject({ url: '/nowhere', headers })).statusCode).toBe(404);
  expect((await app.inject({ url: '/metrics', headers })).statusCode).toBe(429);
  expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200);
});

it('refuses what one caller has under way too much, until something has ended', async () => {
  server = await openServer(graph, { access: namedAccess, limits: { concurrent: 1, deadline: LONG } });
  const { app } = server;
  const running = ask(app, 'a', '{ slow }');
  await until(() => release !== undefined);
  const refused = await ask(app, 'a');
  expect([refused.statusCode, refused.json().errors[0].extensions]).toMatchObject([
    429,
    { limit: 'concurrent', allowed: 1, actual: 2 },
  ]);
  expect((await ask(app, 'b')).statusCode).toBe(200);
  release?.();
  expect((await running).json()).toEqual({ data: { slow: 'late' } });
  await until(async () => (await ask(app, 'a')).statusCode === 200);
});

it('frees the place of a caller who left while his request waited for the ledger', async () => {
  const counted = createLocalLedger();
  const answers: (() => void)[] = [];
  const ledger: QuotaLedger = {
    ...counted,
    ask: async (question) => {
      if (question.claims.some(({ waiting }) => waiting > 0)) {
        await new Promise<void>((resolve) => answers.push(resolve));
      }
      return counted.ask(question);
    },
  };
  const limits = { rate: 1000, burst: 1000, concurrent: 1, deadline: LONG };
  server = await openServer(graph, { access: namedAccess, limits, ledger });
  const { app } = server;
  let left = 0;
  const watch = (message: unknown): void => {
    const { response } = message as { response: ServerResponse };
    response.on('close', () => {
      left += 1;
    });
  };
  subscribe('http.server.request.start', watch);
  const address = await server.listen();
  const leaving = new AbortController();
  const asked = fetch(`${address}/nowhere`, { headers: { 'x-name': 'a' }, signal: leaving.signal });
  await until(() => answers.length === 1);
  leaving.abort();
  await expect(asked).rejects.toThrow();
  await until(() => left === 1);
  unsubscribe('http.server.request.start', watch);
  answers.shift()?.();
  const next = ask(app, 'a');
  await until(() => answers.length === 1);
  answers.shift()?.();
  expect((await next).statusCode).toBe(200);
});

it('does not count where nobody is known', async () => {
  server = await openServer(graph, { limits: { rate: 1, burst: 1, concurrent: 1 } });
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(server.app, undefined)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
});

it('does not count whom nobody knows: he is told so', async () => {
  server = await openServer(graph, { access: namedAccess, limits: { rate: 1, burst: 1 } });
  const statuses = [];
  for (let turn = 0; turn < 3; turn += 1) statuses.push((await ask(server.app, undefined)).statusCode);
  expect(statuses).toEqual([401, 401, 401]);
});
