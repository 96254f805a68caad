import type { FastifyInstance } from 'fastify';
import { USUAL_COSTS } from '../../cost/cost-settings.js';
import type { ExecutedAnswer, Executor } from '../../execute/executor.js';
import { type OpenedGraph, openGraph } from '../../testing/open-graph.js';
import { openServer } from '../../testing/open-server.js';
import { boundCosts } from './bound-costs.js';

const ALLOWED = 100;
/** Of a page of an export; the list and what tells of its pages are two objects more. */
const EXPORT_ROWS = 500;

/** Rows of one subgraph, and what another says of each: a second request. */
const PARTS = {
  rows: {
    sdl: `type Query { rows(first: Int): [Row] page(first: Int): [Row] @listSize(slicingArguments: ["first"]) connection(first: Int, after: String): RowConnection }
      type RowConnection { nodes: [Row] pageInfo: PageInfo } type PageInfo { hasNextPage: Boolean endCursor: String } type Row @key(fields: "id") { id: ID! }
      type Mutation { raise: Int }`,
    resolvers: {
      Query: {
        rows: () => [{ id: '1' }],
        page: () => [{ id: '1' }],
        connection: () => ({ nodes: [{ id: '1' }] }),
      },
      Mutation: { raise: () => 1 },
    },
  },
  notes: {
    sdl: 'type Row @key(fields: "id") { id: ID! note: String }',
    resolvers: { Row: { note: () => 'n' } },
  },
};

interface Opened {
  readonly graph: OpenedGraph;
  readonly app: FastifyInstance;
}

const opened: { stop(): Promise<void> }[] = [];
afterAll(async () => {
  for (const { stop } of opened) await stop();
});

async function open(mode: 'enforce' | 'measure', around = (executor: Executor) => executor): Promise<Opened> {
  const costs = boundCosts({ cost: ALLOWED, costs: { ...USUAL_COSTS, mode } });
  const graph = await openGraph(PARTS, { costs });
  const { executor, observer } = graph;
  const standing = () => new Map([['a.b', { state: 'LIVE' as const, asOf: 'now' }]]);
  const server = await openServer({ executor: around(executor), observer }, { standing });
  opened.push({
    stop: async () => {
      await server.stop(0);
      await executor.close();
    },
  });
  return { graph, app: server.app };
}

let enforcing: Opened;
beforeAll(async () => {
  enforcing = await open('enforce');
});
beforeEach(() => {
  const { plans, subgraphCalls, costs, requests } = enforcing.graph.observer;
  for (const events of [plans, subgraphCalls, costs, requests]) events.length = 0;
});

interface Asked {
  readonly query: string;
  readonly variables?: object;
}

function ask({ app }: Opened, asked: Asked, headers: Record<string, string> = {}, url = '/graphql') {
  return app.inject({
    method: 'POST',
    url,
    headers: { host: 'x', 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(asked),
  });
}

const ROWS = 'query ($n: Int) { rows(first: $n) { id } }';
const NOTES = 'query ($n: Int) { rows(first: $n) { note } }';
const CALL = USUAL_COSTS.call;
/** Rows of a page of which nobody says how many it has. */
const PAGE = 20;
const TIMES = ['by Apollo Server', 'without it'];

describe('the cost of an operation', () => {
  it.each([
    // As many rows, and a request for them.
    [ROWS, { n: 7 }, 7 + CALL],
    [ROWS, {}, PAGE + CALL],
    // One more for what another subgraph says.
    [NOTES, { n: 7 }, 7 + 2 * CALL],
    ['{ connection(first: 3) { nodes { id note } } }', {}, 1 + 3 + 2 * CALL],
    ['mutation { raise }', {}, 10 + CALL],
    // Nobody is asked.
    ['{ __schema { types { name } } }', {}, 0],
  ])('is shown with the answer to %s with %o: %d', async (query, variables, cost) => {
    for (const _again of TIMES) {
      const response = await ask(enforcing, { query, variables });
      expect([response.statusCode, response.json().errors]).toEqual([200, undefined]);
      expect(response.headers['x-cost']).toBe(String(cost));
    }
    const { costs, requests } = enforcing.graph.observer;
    expect(costs).toEqual(Array(2).fill({ cost, outcome: 'within' }));
    expect(requests.map((request) => request.cost)).toEqual([cost, cost]);
  });

  it.each(['application/json', 'application/graphql-response+json'])(
    'beyond the limit is refused before anything is planned or asked: %s',
    async (accept) => {
      const query = `query ($n: Int) { ${accept.includes('+') ? 'a' : 'b'}: rows(first: $n) { id note } }`;
      const { observer } = enforcing.graph;
      const refuse = async (): Promise<void> => {
        const response = await ask(enforcing, { query, variables: { n: 2_000_000_000 } }, { accept });
        expect(response.statusCode).toBe(400);
        expect(response.headers['x-cost']).toBe('2000000000');
        const [error] = response.json().errors;
        expect(error.extensions).toEqual({
          code: 'GRAPHQL_VALIDATION_FAILED',
          retryable: false,
          limit: 'cost',
          allowed: ALLOWED,
          actual: 2_000_000_000,
          requestId: expect.any(String),
        });
        expect(error.message).toMatch(/最多 100 点.*at most 100 points, but has 2000000000\./);
      };
      await refuse();
      expect([observer.plans, observer.subgraphCalls]).toEqual([[], []]);
      // Once it is known, it is answered without Apollo Server, and refused all the same.
      const within = await ask(enforcing, { query, variables: { n: 1 } }, { accept });
      expect([within.statusCode, within.headers['x-cost']]).toEqual([200, String(1 + 2 * CALL)]);
      const calls = observer.subgraphCalls.length;
      await refuse();
      expect(observer.subgraphCalls).toHaveLength(calls);
      expect(observer.costs).toEqual([
        { cost: 2_000_000_000, outcome: 'refused' },
        { cost: 1 + 2 * CALL, outcome: 'within' },
        { cost: 2_000_000_000, outcome: 'refused' },
      ]);
    },
  );

  it('counts requests of the plan: what is within without them is refused before any is made', async () => {
    const { observer } = enforcing.graph;
    const most = ALLOWED - 2 * CALL;
    expect((await ask(enforcing, { query: NOTES, variables: { n: most } })).statusCode).toBe(200);
    observer.subgraphCalls.length = 0;
    for (const _again of TIMES) {
      const response = await ask(enforcing, { query: NOTES, variables: { n: most + 1 } });
      expect([response.statusCode, response.json().errors[0].extensions]).toMatchObject([
        400,
        { limit: 'cost', allowed: ALLOWED, actual: ALLOWED + 1 },
      ]);
    }
    expect(observer.subgraphCalls).toEqual([]);
  });

  it('is that of each page of an export', async () => {
    const response = await ask(enforcing, { query: '{ connection { nodes { id } } }' }, {}, '/export');
    expect([response.statusCode, response.json().errors[0].extensions]).toMatchObject([
      400,
      { code: 'GRAPHQL_VALIDATION_FAILED', limit: 'cost', allowed: ALLOWED, actual: EXPORT_ROWS + 2 },
    ]);
    expect(enforcing.graph.observer.subgraphCalls).toEqual([]);
  });

  it('is unknown of a list whose size one argument must say', async () => {
    const query = 'query ($n: Int) { page(first: $n) { id } }';
    expect((await ask(enforcing, { query, variables: { n: 1 } })).statusCode).toBe(200);
    const response = await ask(enforcing, { query });
    expect(response.statusCode).toBe(400);
    expect(response.json().errors[0]).toMatchObject({
      message: expect.stringContaining('Exactly one argument must say how many elements Query.page gives'),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
    expect(enforcing.graph.observer.costs.at(-1)).toEqual({ cost: null, outcome: 'refused' });
  });

  it('is told to whoever polls, of an answer that is given again', async () => {
    const covered = await open('enforce', (executor) => ({
      ...executor,
      execute: async (...asked) => {
        const answer = await executor.execute(...asked);
        const one = { interface: 'a.b', department: 'a', state: 'LIVE', asOf: 'now', reason: null };
        const told = { coverage: { complete: true, interfaces: [one] }, isTold: true };
        return { ...answer, ...told } as unknown as ExecutedAnswer;
      },
    }));
    const asked = { query: ROWS, variables: { n: 4 } };
    await ask(covered, asked);
    const { etag } = (await ask(covered, asked)).headers;
    const calls = covered.graph.observer.subgraphCalls.length;
    const again = await ask(covered, asked, { 'if-none-match': String(etag) });
    expect([again.statusCode, again.headers['x-cost']]).toEqual([304, String(4 + CALL)]);
    expect(covered.graph.observer.requests.at(-1)?.cost).toBe(4 + CALL);
    expect(covered.graph.observer.subgraphCalls).toHaveLength(calls);
  });

  it('is counted, and no more than that, in the mode measure', async () => {
    const measuring = await open('measure');
    for (const query of [ROWS, 'query ($n: Int) { page(first: $n) { id } }']) {
      const response = await ask(measuring, { query, variables: { n: 500 } });
      expect([response.statusCode, response.headers['x-cost']]).toEqual([200, String(500 + CALL)]);
    }
    const unsliced = await ask(measuring, { query: '{ page { id } }' });
    expect([unsliced.statusCode, unsliced.headers['x-cost']]).toEqual([200, undefined]);
    const { costs, subgraphCalls } = measuring.graph.observer;
    expect(costs.map(({ outcome }) => outcome)).toEqual(['beyond', 'beyond', 'beyond']);
    expect(subgraphCalls).toHaveLength(3);
  });
});
