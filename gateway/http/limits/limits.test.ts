import type { FastifyInstance } from 'fastify';
import { type OpenedGraph, openGraph } from '../../testing/open-graph.js';
import { openServer } from '../../testing/open-server.js';
import type { LimitName, LimitValues } from '../request-limits.js';
import { USUAL_LIMITS } from '../request-limits.js';
import { judgeText } from './judge-document.js';

interface Asked {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: object;
}

/** A way to come to a number of what is limited. */
interface Syntax {
  readonly limit: LimitName;
  readonly name: string;
  readonly ask: (count: number) => Asked;
  /** What else must be wide enough. */
  readonly others?: Partial<LimitValues>;
}

const times = (text: string, count: number): string => text.repeat(Math.max(0, count));
const lists = (depth: number, inner = ''): string => times('[', depth) + inner + times(']', depth);
const numbers = (count: number): string => Array.from({ length: count }, () => '0').join(' ');

/** The number that each limit is set to. */
const BOUNDS = {
  tokens: 100,
  nesting: 20,
  written: 20,
  selections: 20,
  depth: 6,
  rootFields: 5,
  aliases: 7,
  directives: 4,
  listItems: 10,
  jsonDepth: 10,
  bodyBytes: 1024,
} as const satisfies Partial<LimitValues>;

const SYNTAXES: readonly Syntax[] = [
  {
    limit: 'tokens',
    name: 'list items',
    ask: (n) => ({ query: `{ open(list: [${numbers(n - 9)}]) }` }),
    others: { listItems: 1000 },
  },
  {
    limit: 'tokens',
    name: 'texts beside comments',
    ask: (n) => ({ query: `{ # a b c\n open(more: [${times('"a b", ', n - 9)}]) }` }),
    others: { listItems: 1000 },
  },
  {
    limit: 'nesting',
    name: 'lists',
    ask: (n) => ({ query: `{ open(more: ${lists(n - 2)}) }` }),
    others: { listItems: 1000 },
  },
  {
    limit: 'nesting',
    name: 'objects',
    ask: (n) => ({ query: `{ open(more: ${times('{a:', n - 2)}1${times('}', n - 2)}) }` }),
  },
  {
    limit: 'nesting',
    name: 'fields',
    ask: (n) => ({ query: `{ ${times('thing { ', n - 1)} key ${times('}', n - 1)} }` }),
    others: { depth: 100, selections: 1000, written: 1000 },
  },
  {
    limit: 'nesting',
    name: 'inline fragments',
    ask: (n) => ({ query: `{ ${times('... on Query { ', n - 1)} open ${times('}', n - 1)} }` }),
    others: { selections: 1000, written: 1000 },
  },
  {
    limit: 'nesting',
    name: 'types',
    ask: (n) => ({ query: `query ($v: ${lists(n - 1, 'Int')}) { open(all: $v) }` }),
  },
  {
    limit: 'written',
    name: 'fields',
    ask: (n) => ({ query: `{ ${times('thing { key } ', n / 2)} ${n % 2 === 1 ? 'open' : ''} }` }),
    others: { rootFields: 200, selections: 1000 },
  },
  {
    limit: 'written',
    name: 'another operation',
    ask: (n) => ({ query: `query A { open } query B { ${times('open ', n - 1)} }`, operationName: 'A' }),
  },
  {
    limit: 'written',
    name: 'a fragment',
    ask: (n) => ({ query: `{ ...F } fragment F on Query { ${times('open ', n - 1)} }` }),
    others: { rootFields: 200, selections: 1000 },
  },
  {
    limit: 'selections',
    name: 'a fragment that is spread twice',
    ask: (n) => ({
      query: `{ ...F ...F ${n % 2 === 1 ? 'open' : ''} } fragment F on Query { ${times('open ', Math.floor(n / 2) - 1)} }`,
    }),
    others: { rootFields: 200 },
  },
  {
    limit: 'selections',
    name: 'fragments of fragments',
    ask: (n) => ({
      query: `{ ...A ...A ${times('open ', n - 14)} } fragment A on Query { ...B ...B } fragment B on Query { open __typename }`,
    }),
    others: { rootFields: 200 },
  },
  {
    limit: 'selections',
    name: 'inline fragments',
    ask: (n) => ({ query: `{ ${times('... { open } ', Math.floor(n / 2))} ${n % 2 === 1 ? 'open' : ''} }` }),
    others: { rootFields: 200, written: 1000 },
  },
  {
    limit: 'depth',
    name: 'fields',
    ask: (n) => ({ query: `{ ${times('thing { ', n - 1)} key ${times('}', n - 1)} }` }),
  },
  {
    limit: 'depth',
    name: 'inline fragments',
    ask: (n) => ({ query: `{ ${times('... { thing { ', n - 1)} key ${times('} }', n - 1)} }` }),
    others: { written: 100, selections: 100 },
  },
  {
    limit: 'depth',
    name: 'fragments',
    ask: (n) => ({
      query: `{ thing { ...F } } fragment F on Thing { ${times('thing { ', n - 2)} key ${times('}', n - 2)} }`,
    }),
  },
  { limit: 'rootFields', name: '__typename', ask: (n) => ({ query: `{ ${times('__typename ', n)} }` }) },
  {
    limit: 'rootFields',
    name: 'an inline fragment',
    ask: (n) => ({ query: `{ ... on Query { ${times('open ', n)} } }` }),
  },
  {
    limit: 'rootFields',
    name: 'a fragment that is spread',
    ask: (n) => ({ query: `{ ...F ...F ${times('open ', n - 4)} } fragment F on Query { open __typename }` }),
  },
  {
    limit: 'aliases',
    name: 'fields',
    ask: (n) => ({ query: `{ thing { ${Array.from({ length: n }, (_, i) => `a${i}: key`).join(' ')} } }` }),
  },
  {
    limit: 'aliases',
    name: 'a fragment that is spread',
    ask: (n) => ({
      query: `{ thing { ...F ...F ${n % 2 === 1 ? 'x: key' : ''} } } fragment F on Thing { ${Array.from({ length: Math.floor(n / 2) }, (_, i) => `a${i}: key`).join(' ')} }`,
    }),
  },
  {
    limit: 'directives',
    name: 'fields',
    ask: (n) => ({ query: `{ thing { ${times('key @include(if: true) ', n)} } }` }),
  },
  {
    limit: 'directives',
    name: 'spreads',
    ask: (n) => ({ query: `{ ${times('...F @skip(if: false) ', n)} } fragment F on Query { open }` }),
  },
  {
    limit: 'directives',
    name: 'inside a fragment',
    ask: (n) => ({
      query: `{ ...F ...F ... @include(if: true) { ${n % 2 === 0 ? 'open @include(if: true)' : 'open'} } } fragment F on Query { ${times('open @skip(if: false) ', Math.ceil(n / 2) - 1)} open }`,
    }),
    others: { rootFields: 100 },
  },
  { limit: 'listItems', name: 'a literal', ask: (n) => ({ query: `{ open(list: [${numbers(n)}]) }` }) },
  {
    limit: 'listItems',
    name: 'lists within',
    ask: (n) => ({ query: `{ open(more: { a: [[${numbers(n - 1)}]] }) }` }),
  },
  {
    limit: 'listItems',
    name: 'two literals',
    ask: (n) => ({ query: `{ open(list: [1], more: [${numbers(n - 1)}]) }` }),
  },
  {
    limit: 'listItems',
    name: 'a variable',
    ask: (n) => ({ query: 'query ($v: [Int]) { open(list: $v) }', variables: { v: Array(n).fill(0) } }),
  },
  {
    limit: 'listItems',
    name: 'inside a variable',
    ask: (n) => ({
      query: 'query ($v: JSON) { open(more: $v) }',
      variables: { v: { a: { b: [1, Array(n - 2).fill(0)] } } },
    }),
  },
  {
    limit: 'listItems',
    name: 'a variable beside a literal',
    ask: (n) => ({
      query: 'query ($v: JSON) { open(more: $v, list: [1, 2]) }',
      variables: { v: Array(n - 2).fill(0) },
    }),
  },
  {
    limit: 'listItems',
    name: 'a default',
    ask: (n) => ({ query: `query ($v: [Int] = [${numbers(n)}]) { open(list: $v) }` }),
  },
  {
    limit: 'listItems',
    name: 'a fragment that is spread',
    ask: (n) => ({
      query: `{ thing { ...F ...F size(list: [${n % 2 === 1 ? '1' : ''}]) } } fragment F on Thing { a: size(list: [${numbers(Math.floor(n / 2))}]) }`,
    }),
  },
  {
    limit: 'jsonDepth',
    name: 'lists',
    ask: (n) => ({
      query: 'query ($v: JSON) { open(more: $v) }',
      variables: { v: JSON.parse(lists(n - 2)) },
    }),
  },
  {
    limit: 'jsonDepth',
    name: 'objects',
    ask: (n) => ({
      query: 'query ($v: JSON) { open(more: $v) }',
      variables: { v: JSON.parse(`${times('{"a":', n - 2)}1${times('}', n - 2)}`) },
    }),
  },
  {
    limit: 'bodyBytes',
    name: 'a text',
    ask: (n) => ({ query: `{ open }${' '.repeat(n - JSON.stringify({ query: '{ open }' }).length)}` }),
  },
];

const CODES: Partial<Record<LimitName, string>> = {
  tokens: 'GRAPHQL_PARSE_FAILED',
  nesting: 'GRAPHQL_PARSE_FAILED',
  jsonDepth: 'BAD_REQUEST',
  bodyBytes: 'PAYLOAD_TOO_LARGE',
};

let graph: OpenedGraph;
const servers = new Map<string, Awaited<ReturnType<typeof openServer>>>();
beforeAll(async () => {
  graph = await openGraph({
    shop: {
      sdl: `scalar JSON
        type Query { open(more: JSON, list: [Int], all: [[[[[[[[[[[[[[[[[[[Int]]]]]]]]]]]]]]]]]]]): String thing: Thing }
        type Thing { key: JSON thing: Thing size(list: [Int]): Int }`,
      resolvers: { Query: { open: () => 'yes', thing: () => ({}) }, Thing: { thing: () => ({}) } },
    },
  });
});
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.stop(0)));
  await graph.executor.close();
});

/** A gateway in which one limit is narrow, and whatever else must be is wide. */
async function serverFor({ limit, others = {} }: Pick<Syntax, 'limit' | 'others'>): Promise<FastifyInstance> {
  const limits = { [limit]: BOUNDS[limit as keyof typeof BOUNDS], ...others };
  const key = JSON.stringify(limits);
  const server = servers.get(key) ?? (await openServer(graph, { limits }));
  servers.set(key, server);
  return server.app;
}

type Transport = 'POST' | 'GET' | 'export';

async function ask(app: FastifyInstance, transport: Transport, asked: Asked) {
  const json = { host: 'x', 'content-type': 'application/json' };
  const payload = JSON.stringify(asked);
  const response =
    transport === 'GET'
      ? await app.inject({ url: `/graphql?${searchOf(asked)}`, headers: { host: 'x', 'x-request-id': 'a' } })
      : await app.inject({
          method: 'POST',
          url: transport === 'POST' ? '/graphql' : '/export',
          headers: json,
          payload,
        });
  const { errors = [] } = response.json<{
    errors?: { message: string; extensions: Record<string, unknown> }[];
  }>();
  return { status: response.statusCode, refused: errors.find(({ extensions }) => 'limit' in extensions) };
}

function searchOf({ query, operationName, variables }: Asked): URLSearchParams {
  return new URLSearchParams({
    query,
    ...(operationName !== undefined && { operationName }),
    ...(variables !== undefined && { variables: JSON.stringify(variables) }),
  });
}

const TIMES = ['by Apollo Server', 'without it'];

describe.each(SYNTAXES.map((syntax) => [syntax.limit, syntax.name, syntax] as const))(
  'the limit of %s, by %s',
  (limit, _, syntax) => {
    const bound = BOUNDS[limit as keyof typeof BOUNDS];
    const transports: readonly Transport[] = limit === 'bodyBytes' ? ['POST'] : ['POST', 'GET'];

    it.each(transports)('lets in what is just within: %s', async (transport) => {
      const app = await serverFor(syntax);
      for (const _again of TIMES) {
        const answer = await ask(app, transport, syntax.ask(bound));
        expect(answer).toEqual({ status: 200, refused: undefined });
      }
    });

    it.each([...transports, 'export'] as const)('refuses what is just beyond: %s', async (transport) => {
      const app = await serverFor(syntax);
      for (const _again of TIMES) {
        const { status, refused } = await ask(app, transport, syntax.ask(bound + 1));
        expect(status).toBe(limit === 'bodyBytes' ? 413 : 400);
        expect(refused?.extensions).toMatchObject({
          code: CODES[limit] ?? 'GRAPHQL_VALIDATION_FAILED',
          retryable: false,
          limit,
          allowed: bound,
          actual: bound + 1,
          requestId: expect.any(String),
        });
        expect(refused?.message).toMatch(
          new RegExp(`最多 ${bound} .*at most ${bound}.* but has ${bound + 1}\\.`),
        );
      }
    });
  },
);

it('has every limit on what one request asks in its table', () => {
  expect(new Set(SYNTAXES.map(({ limit }) => limit))).toEqual(new Set(Object.keys(BOUNDS)));
});

describe('fragments that spread each other twice', () => {
  const names = Array.from({ length: 21 }, (_, i) => `Fragment${String(i).padStart(2, '0')}`);
  const bomb = `{...${names[0]}}${names
    .slice(0, -1)
    .map((name, i) => `fragment ${name} on Query{...${names[i + 1]} ...${names[i + 1]}}`)
    .join('')}fragment ${names[20]} on Query{open}`;

  it('are refused in less than 5 ms, however much they unfold to', () => {
    expect(Buffer.byteLength(bomb)).toBeGreaterThan(900);
    const asked = { query: bomb, operationName: undefined, variables: undefined };
    judgeText(asked, USUAL_LIMITS);
    const rounds = 20;
    const start = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) {
      expect(judgeText(asked, USUAL_LIMITS).refused?.extensions).toMatchObject({ actual: 3 * 2 ** 20 - 1 });
    }
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000 / rounds).toBeLessThan(5);
  });

  it('count no further than numbers go', () => {
    const many = Array.from(
      { length: 80 },
      (_, i) => `fragment F${i} on Query{...F${i + 1} ...F${i + 1}}`,
    ).join('');
    const query = `{...F0}${many}fragment F80 on Query{open}`;
    const asked = { query, operationName: undefined, variables: undefined };
    expect(judgeText(asked, USUAL_LIMITS).refused?.extensions).toMatchObject({
      actual: Number.MAX_SAFE_INTEGER,
    });
  });

  it('that go round are no limit’s business', () => {
    const query = '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A ...A }';
    expect(
      judgeText({ query, operationName: undefined, variables: undefined }, USUAL_LIMITS).refused,
    ).toBeNull();
  });
});
