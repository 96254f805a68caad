import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { ExecutedAnswer } from '../../execute/executor.js';
import { namedAccess } from '../../testing/named-access.js';
import { type OpenedGraph, openGraph } from '../../testing/open-graph.js';
import { openServer } from '../../testing/open-server.js';
import { DEFAULT_LIMITS } from '../request-limits.js';
import { readOperations } from './read-operations.js';

const ROWS = 'query Rows($first: Int = 1, $skip: Int) { rows(first: $first, skip: $skip) { id } }';

const FILES: Readonly<Record<string, string>> = {
  'rows.graphql': ROWS,
  'raise.graphql': 'mutation { raise }',
  'broken.graphql': '{ rows {\n  id ',
  'wrong.graphql': '{\n  rows { nope }\n}',
  'two.graphql': 'query A { rows { id } } query B { rows { id } }',
  'fragment.graphql': 'fragment F on Row { id }',
  'wide.graphql': `{ rows { ${Array.from({ length: 31 }, (_, i) => `a${i}: id`).join(' ')} } }`,
  'deep.graphql': `{ rows(skip: ${'['.repeat(300)}`,
  '坏名.graphql': '{ rows { id } }',
  'notes.md': 'no operation',
};

let folder: string;
let graph: OpenedGraph;
let server: Awaited<ReturnType<typeof openServer>>;
let app: FastifyInstance;
/** What interfaces say of themselves; a change makes answers new. */
let asOf = '2026-06-01T00:00:00.000Z';
let executed = 0;
let rows = 3;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'operations-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  graph = await openGraph({
    shop: {
      sdl: `type Query { rows(first: Int, skip: Int): [Row] closed: Int } type Row { id: ID }
            type Mutation { raise: Int }`,
      resolvers: {
        Query: {
          rows: (_: unknown, { first }: { first: number }) => Array(Math.min(first, rows)).fill({ id: 'r' }),
        },
        Mutation: { raise: () => 7 },
      },
    },
  });
  const { executor } = graph;
  const covered = {
    ...executor,
    execute: async (...asked: Parameters<typeof executor.execute>) => {
      executed += 1;
      const answer = await executor.execute(...asked);
      const [, context] = asked as [unknown, CallContext];
      expect(context.caller.name).toMatch(/^(board|free)$/);
      if (answer.kind === 'refused') return answer;
      const one = { interface: 'a.b', department: 'a', state: 'LIVE', asOf, reason: null };
      const told = { coverage: { complete: true, interfaces: [one] }, isTold: true };
      return { ...answer, ...told } as unknown as ExecutedAnswer;
    },
  };
  server = await openServer(
    { executor: covered, observer: graph.observer },
    {
      access: namedAccess,
      operations: readOperations(folder, executor.apiSchema, DEFAULT_LIMITS).operations,
      standing: () => new Map([['a.b', { state: 'LIVE', asOf }]]),
      allowedOrigins: ['https://board.example.cn'],
      keepsQueries: true,
    },
  );
  app = server.app;
});
afterAll(async () => {
  await server.stop(0);
  await graph.executor.close();
  rmSync(folder, { recursive: true });
});

const BOUND = { host: 'x', 'x-name': 'board', 'x-operations': 'registered' };
const FREE = { host: 'x', 'x-name': 'free' };
const HASH = createHash('sha256').update(ROWS).digest('hex');

const get = (url: string, headers: Record<string, string> = FREE) => app.inject({ url, headers });
const post = (payload: object, headers: Record<string, string> = FREE, url = '/graphql') =>
  app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': 'application/json' }, payload });
const codesOf = (response: Awaited<ReturnType<typeof get>>) =>
  response.json().errors?.map(({ extensions }: { extensions: { code: string } }) => extensions.code);

describe('reading a folder of operations', () => {
  it('takes each that is valid and within the limits, and says where the others are wrong', () => {
    const { operations, problems } = readOperations(folder, graph.executor.apiSchema, DEFAULT_LIMITS);
    expect(operations.map(({ name }) => name)).toEqual(['raise', 'rows']);
    expect(operations[1]).toMatchObject({ hash: HASH, query: ROWS });
    const places = problems.map(({ place: { file, line, column } }) => `${file}:${line}:${column}`);
    expect(places).toEqual([
      join(folder, 'broken.graphql:2:6'),
      join(folder, 'deep.graphql:1:1'),
      join(folder, 'fragment.graphql:1:1'),
      join(folder, 'two.graphql:1:1'),
      join(folder, 'wide.graphql:1:1'),
      join(folder, 'wrong.graphql:2:10'),
      join(folder, '坏名.graphql:1:1'),
    ]);
    const texts = problems.map(({ en }) => en);
    expect(texts[1]).toContain('at most 200 levels, but has 302');
    expect(texts[4]).toContain('at most 30, but has 31');
    expect(texts[5]).toContain('Cannot query field "nope"');
  });

  it('says what is wrong with a folder that is not there', () => {
    const { operations, problems } = readOperations(
      join(folder, 'none'),
      graph.executor.apiSchema,
      DEFAULT_LIMITS,
    );
    expect([operations, problems]).toMatchObject([[], [{ rule: 'unreadable' }]]);
  });
});

describe('GET /operations/<id>', () => {
  it('is observed by its registered name, however it is asked', async () => {
    const seen = () => graph.observer.requests.at(-1)?.registeredName;
    await get('/operations/rows');
    expect(seen()).toBe('rows');
    await post({ id: HASH });
    expect(seen()).toBe('rows');
    // Apollo Server answers where there are extensions.
    await post({ query: ROWS, extensions: { a: 1 } });
    expect(seen()).toBe('rows');
    await post({ query: 'query rows { rows { id } }' });
    expect(seen()).toBeNull();
  });

  it.each(['rows', HASH, `sha256:${HASH}`])('answers by %s, with variables', async (id) => {
    for (const headers of [FREE, BOUND]) {
      const response = await get(`/operations/${id}?variables=${encodeURIComponent('{"first":2}')}`, headers);
      expect([response.statusCode, response.json().data]).toEqual([
        200,
        { rows: [{ id: 'r' }, { id: 'r' }] },
      ]);
    }
    expect((await get(`/operations/${id}`)).json().data).toEqual({ rows: [{ id: 'r' }] });
  });

  it('gives a tag at once, and says when nothing has changed, without asking anybody', async () => {
    const first = await get('/operations/rows?variables={"first":3}', BOUND);
    const etag = String(first.headers.etag);
    expect([first.headers['cache-control'], etag]).toEqual([
      'private, no-cache',
      expect.stringMatching(/^"/),
    ]);
    const before = executed;
    const again = await get('/operations/rows?variables={"first":3}', { ...BOUND, 'if-none-match': etag });
    expect([again.statusCode, again.body, again.headers.etag, executed]).toEqual([304, '', etag, before]);
    const others = await get('/operations/rows?variables={"first":2}', { ...BOUND, 'if-none-match': etag });
    expect(others.statusCode).toBe(200);
    [asOf, rows] = ['2026-06-02T00:00:00.000Z', 2];
    const changed = await get('/operations/rows?variables={"first":3}', { ...BOUND, 'if-none-match': etag });
    expect([changed.statusCode, changed.json().data.rows.length]).toEqual([200, 2]);
    expect(changed.headers.etag).not.toBe(etag);
    rows = 3;
  });

  it('never answers one caller with what another was told', async () => {
    const tag = String((await get('/operations/rows', FREE)).headers.etag);
    const before = executed;
    await get('/operations/rows', { ...BOUND, 'if-none-match': tag });
    expect(executed).toBe(before + 1);
  });

  it.each([
    ['/operations/nope', 404, 'OPERATION_UNKNOWN'],
    ['/operations/__proto__', 404, 'OPERATION_UNKNOWN'],
    ['/operations/wide', 404, 'OPERATION_UNKNOWN'],
    ['/operations/raise', 405, 'METHOD_NOT_ALLOWED'],
    ['/operations/rows?variables={', 400, 'BAD_REQUEST'],
    ['/operations/rows?variables=1', 400, 'BAD_REQUEST'],
    ['/operations/rows?variables={}%2C"query":"{closed}"', 400, 'BAD_REQUEST'],
    ['/operations/rows?variables={}&variables={}', 400, 'BAD_REQUEST'],
    ['/operations/rows?variables={"__proto__":{"a":1}}', 400, 'BAD_REQUEST'],
    ['/operations/rows?variables={"first":"x"}', 400, 'BAD_USER_INPUT'],
    [`/operations/rows?variables={"first":${'['.repeat(300)}${']'.repeat(300)}}`, 400, 'BAD_REQUEST'],
    [`/operations/rows?variables={"first":[${Array(1001).fill(1)}]}`, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ])('refuses %s', async (url, status, code) => {
    const response = await get(encodeURI(decodeURI(url)).replace('%252C', '%2C'));
    expect([response.statusCode, codesOf(response)]).toEqual([status, [code]]);
    expect(response.json().errors[0].extensions.requestId).toBe(response.headers['x-request-id']);
  });

  it('is read by pages of allowed origins', async () => {
    const page = { origin: 'https://board.example.cn' };
    const response = await get('/operations/rows', { ...FREE, ...page });
    expect(response.headers['access-control-allow-origin']).toBe(page.origin);
    const asked = { ...page, host: 'x', 'access-control-request-method': 'GET' };
    const options = await app.inject({ method: 'OPTIONS', url: '/operations/rows', headers: asked });
    expect([options.statusCode, options.headers['access-control-allow-methods']]).toEqual([
      204,
      'GET, HEAD, OPTIONS',
    ]);
  });
});

describe('POST /graphql with an id', () => {
  it.each(['rows', HASH, `sha256:${HASH}`])('answers %s', async (id) => {
    for (const headers of [FREE, BOUND]) {
      const response = await post({ id, variables: { first: 2 } }, headers);
      expect([response.statusCode, response.json().data]).toEqual([
        200,
        { rows: [{ id: 'r' }, { id: 'r' }] },
      ]);
    }
  });

  it('carries a mutation out', async () => {
    expect((await post({ id: 'raise' }, BOUND)).json().data).toEqual({ raise: 7 });
  });

  it.each([
    [{ id: 'nope' }, 'OPERATION_UNKNOWN'],
    [{ id: 7 }, 'OPERATION_UNKNOWN'],
    [{ id: null }, 'OPERATION_UNKNOWN'],
    [{ id: 'rows', query: '{ closed }' }, 'BAD_REQUEST'],
    [{ id: 'rows', variables: { first: 'x' } }, 'BAD_USER_INPUT'],
    [{ id: 'rows', operationName: 'Other' }, 'OPERATION_RESOLUTION_FAILURE'],
  ])('refuses %j', async (body, code) => {
    const response = await post(body);
    expect([response.statusCode, codesOf(response)]).toEqual([400, [code]]);
  });
});

describe('a caller who is bound to registered operations', () => {
  it.each([
    ['a query', () => post({ query: '{ closed }' }, BOUND)],
    ['the text of a registered query', () => post({ query: ROWS }, BOUND)],
    ['both', () => post({ id: 'rows', query: '{ closed }' }, BOUND)],
    ['a list', () => post([{ query: '{ closed }' }], BOUND)],
    ['nothing', () => post({}, BOUND)],
    ['an export', () => post({ query: '{ rows { id } }' }, BOUND, '/export')],
    ['an export that is under way', () => get('/export/1', BOUND)],
    ['introspection', () => post({ query: '{ __schema { queryType { name } } }' }, BOUND)],
    ['by GET', () => get('/graphql?query={closed}', { ...BOUND, 'x-request-id': 'a' })],
    ['metrics', () => get('/metrics', BOUND)],
    ['health', () => get('/health/ready', BOUND)],
    ['nothing that is there', () => get('/nowhere', BOUND)],
  ])('may ask for nothing else: %s', async (name, ask) => {
    const before = executed;
    const response = await ask();
    const isBoth = name === 'both';
    expect([response.statusCode, codesOf(response)]).toEqual(
      isBoth ? [400, ['BAD_REQUEST']] : [403, ['FORBIDDEN']],
    );
    expect(executed).toBe(before);
  });

  it('is told so in both languages', async () => {
    const { errors } = (await post({ query: '{ closed }' }, BOUND)).json();
    expect(errors[0].message).toMatch(/只能使用已登记的查询.*registered operations alone/);
  });
});

describe('POST /graphql with the hash of a text', () => {
  const CLOSED = '{ closed }';
  const persisted = (text: string, version = 1) => ({
    extensions: { persistedQuery: { version, sha256Hash: createHash('sha256').update(text).digest('hex') } },
  });

  it('is answered once the text was sent', async () => {
    const unknown = await post(persisted(CLOSED));
    expect([unknown.statusCode, codesOf(unknown)]).toEqual([200, ['PERSISTED_QUERY_NOT_FOUND']]);
    expect((await post({ ...persisted(CLOSED), query: CLOSED })).json().data).toEqual({ closed: null });
    for (const _again of ['known', 'without Apollo Server'])
      expect((await post(persisted(CLOSED))).json().data).toEqual({ closed: null });
    const search = new URLSearchParams({ extensions: JSON.stringify(persisted(CLOSED).extensions) });
    expect(
      (await get(`/graphql?${search}`, { ...FREE, 'apollo-require-preflight': '1' })).json().data,
    ).toEqual({
      closed: null,
    });
  });

  it('is judged as if it had been sent', async () => {
    const wide = `{ rows { ${Array.from({ length: 31 }, (_, i) => `a${i}: id`).join(' ')} } }`;
    await post({ ...persisted(wide), query: wide });
    expect(codesOf(await post(persisted(wide)))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    await post({ ...persisted(ROWS), query: ROWS });
    const many = { ...persisted(ROWS), variables: { first: Array(1001).fill(1) } };
    expect(codesOf(await post(many))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it.each([
    ['another text', { ...persisted(CLOSED), query: '{ rows { id } }' }],
    ['another version', persisted(CLOSED, 2)],
    ['no hash', { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }],
    ['nothing', { extensions: { persistedQuery: null } }],
    ['a text that is none', { ...persisted(CLOSED), query: 7 }],
  ])('is refused with %s', async (_, body) => {
    const response = await post(body);
    expect([response.statusCode, codesOf(response)]).toEqual([400, ['BAD_REQUEST']]);
  });

  it('adds nothing for callers who are bound to registered operations', async () => {
    const response = await post({ ...persisted(CLOSED), query: CLOSED }, BOUND);
    expect([response.statusCode, codesOf(response)]).toEqual([403, ['FORBIDDEN']]);
  });
});
