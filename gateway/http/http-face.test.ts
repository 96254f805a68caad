import net from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { type OpenedGraph, openGraph } from '../testing/open-graph.js';
import { openServer } from '../testing/open-server.js';

let graph: OpenedGraph;
let server: Awaited<ReturnType<typeof openServer>>;
let app: FastifyInstance;
let origin: string;
let raised = 0;
beforeAll(async () => {
  graph = await openGraph({
    shop: {
      sdl: 'scalar JSON type Query { open(text: String, n: JSON): String } type Mutation { raise: Int }',
      resolvers: {
        Query: { open: (_: unknown, { text = 'yes' }: { text?: string }) => text },
        Mutation: {
          raise: () => {
            raised += 1;
            return raised;
          },
        },
      },
    },
  });
  server = await openServer(graph);
  app = server.app;
  origin = await server.listen();
});
afterAll(async () => {
  await server.stop(0);
  await graph.executor.close();
});

const codesOf = (body: string) =>
  (JSON.parse(body).errors as { extensions: { code: string } }[] | undefined)?.map(
    ({ extensions }) => extensions.code,
  );

function get(
  search: Record<string, string>,
  headers: Record<string, string> = { 'apollo-require-preflight': '1' },
) {
  const url = `/graphql?${new URLSearchParams(search)}`;
  return app.inject({ url, headers: { host: 'x', ...headers } });
}

function post(payload: string | Buffer, headers: Record<string, string>) {
  return app.inject({ method: 'POST', url: '/graphql', headers: { host: 'x', ...headers }, payload });
}

describe('GET /graphql', () => {
  const query = 'query Q($text: String) { open(text: $text) }';

  it('answers a query, with variables, the first time and again', async () => {
    for (const _ of ['by Apollo Server', 'without it']) {
      const response = await get({ query, variables: '{"text":"海"}', operationName: 'Q' });
      expect([response.statusCode, response.json()]).toEqual([200, { data: { open: '海' } }]);
    }
    const typed = await get({ query }, { accept: 'application/graphql-response+json', 'x-request-id': 'a' });
    expect(typed.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
  });

  it.each<[string, Record<string, string>]>([
    ['no header of its own', {}],
    [
      'headers that any page can send',
      { accept: 'application/json', 'accept-language': 'zh', cookie: 'a=b' },
    ],
    ['an empty header', { 'apollo-require-preflight': '' }],
    ['a password that a browser remembers', { authorization: 'Basic YTpi' }],
    ['a tag that a browser remembers', { 'if-none-match': '"a"' }],
  ])('is refused with %s, and nothing is asked', async (_, headers) => {
    const before = graph.observer.subgraphCalls.length;
    const response = await get({ query: '{ open }' }, headers);
    expect([response.statusCode, codesOf(response.body)]).toEqual([400, ['BAD_REQUEST']]);
    expect(response.json().errors[0].message).toMatch(/跨站.*forgery/);
    expect(graph.observer.subgraphCalls).toHaveLength(before);
  });

  it.each<[string, Record<string, string>]>([
    ['a header against it', { 'apollo-require-preflight': 'yes' }],
    ['a request id', { 'x-request-id': 'a' }],
    ['an operation name', { 'x-apollo-operation-name': 'Q' }],
    ['a token', { authorization: 'Bearer abc' }],
    ['a type that pages cannot send', { 'content-type': 'application/json' }],
  ])('is answered with %s', async (_, headers) => {
    expect((await get({ query: '{ open }' }, headers)).statusCode).toBe(200);
  });

  it('never carries a mutation out', async () => {
    const both = 'query A { open } mutation B { raise }';
    for (const search of [{ query: 'mutation { raise }' }, { query: both, operationName: 'B' }]) {
      const response = await get(search);
      expect([response.statusCode, codesOf(response.body)]).toEqual([405, ['METHOD_NOT_ALLOWED']]);
      expect(response.headers.allow).toContain('POST');
    }
    expect((await get({ query: both, operationName: 'A' })).json()).toEqual({ data: { open: 'yes' } });
    // Nor one that is known from a POST.
    const json = { 'content-type': 'application/json' };
    for (const _ of ['by Apollo Server', 'without it'])
      await post(JSON.stringify({ query: 'mutation { raise }' }), json);
    const before = raised;
    expect(before).toBe(2);
    expect((await get({ query: 'mutation { raise }' })).statusCode).toBe(405);
    expect(raised).toBe(before);
  });

  it.each<[string, string, number, string]>([
    ['no query', '', 400, 'BAD_REQUEST'],
    ['two queries', 'query={open}&query={open}', 400, 'BAD_REQUEST'],
    ['variables that are no JSON', 'query={open}&variables={', 400, 'BAD_REQUEST'],
    ['variables that are no object', 'query={open}&variables=[1]', 400, 'BAD_REQUEST'],
    ['a syntax error', 'query={', 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', 'query={nope}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['brackets without end', `query={open(n:${'['.repeat(2000)}`, 400, 'GRAPHQL_PARSE_FAILED'],
    ['inline fragments without end', `query={${'...{'.repeat(2000)}`, 400, 'GRAPHQL_PARSE_FAILED'],
    ['many root fields', `query={${'__typename '.repeat(21)}}`, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a mutation of 31 aliases',
      `query=mutation{${'a:raise '.repeat(31)}}`,
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'deep variables',
      `query={open}&variables={"a":${'['.repeat(300)}${']'.repeat(300)}}`,
      400,
      'BAD_REQUEST',
    ],
  ])('refuses %s', async (_, search, status, code) => {
    const headers = { host: 'x', 'x-request-id': 'mine' };
    const response = await app.inject({ url: encodeURI(`/graphql?${search}`), headers });
    expect([response.statusCode, codesOf(response.body)]).toEqual([status, [code]]);
    expect(response.json().errors[0].extensions.requestId).toBe('mine');
  });

  it('keeps all digits of variables', async () => {
    const response = await get({
      query: 'query ($n: JSON) { open(n: $n) }',
      variables: '{"n":9007199254740993}',
    });
    expect(response.statusCode).toBe(200);
  });
});

describe('the type of a body', () => {
  const body = JSON.stringify({ query: '{ open(text: "海") }' });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/json;charset=utf8',
  ])('may be %s', async (type) => {
    const response = await post(body, { 'content-type': type });
    expect([response.statusCode, response.json()]).toEqual([200, { data: { open: '海' } }]);
  });

  it.each([
    'text/plain',
    'text/plain; application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/graphql+json',
    'application/jsonx',
    'application/json, text/plain',
    'application/json; charset=gbk',
    'application/json; charset=utf-16',
    'application/json; charset=utf-7',
    'application/json; charset=utf-8; charset=gbk',
    'application/json; boundary=x',
    'application/json\u00a0',
    '',
    'json',
  ])('is refused when it is %j', async (type) => {
    for (const url of ['/graphql', '/export']) {
      const headers = { host: 'x', 'content-type': type };
      const response = await app.inject({ method: 'POST', url, headers, payload: body });
      expect([response.statusCode, codesOf(response.body)]).toEqual([415, ['UNSUPPORTED_MEDIA_TYPE']]);
    }
  });

  it('is refused when there is none', async () => {
    const response = await post(body, {});
    expect([response.statusCode, codesOf(response.body)]).toEqual([415, ['UNSUPPORTED_MEDIA_TYPE']]);
  });

  it.each(['gzip', 'br', 'deflate', 'identity, gzip', 'x'])(
    'is refused when it is packed as %s',
    async (encoding) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      const response = await post(gzipSync(Buffer.alloc(50_000_000)), headers);
      expect([response.statusCode, codesOf(response.body)]).toEqual([415, ['UNSUPPORTED_MEDIA_TYPE']]);
    },
  );

  it.each([
    ['GBK', Buffer.from([0xba, 0xa3])],
    ['a lone surrogate', Buffer.from([0xed, 0xa0, 0x80])],
    ['a longer form', Buffer.from([0xc0, 0xa2])],
    ['a cut character', Buffer.from([0xe6, 0xb5])],
  ])('is UTF-8, and not %s', async (_, bytes) => {
    const [before = '', after = ''] = body.split('海');
    const payload = Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);
    const response = await post(payload, { 'content-type': 'application/json' });
    expect([response.statusCode, codesOf(response.body)]).toEqual([400, ['BAD_REQUEST']]);
  });

  it('may begin with a byte-order mark', async () => {
    const response = await post(`\ufeff${body}`, { 'content-type': 'application/json' });
    expect(response.json()).toEqual({ data: { open: '海' } });
  });
});

describe('the headers of an answer', () => {
  const SAID = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  };

  it.each([
    ['an answer', '/graphql?query={open}', 200],
    ['a refusal', '/graphql?query={', 400],
    ['no address', '/nowhere', 404],
    ['a broken address', '/%zz', 400],
    ['health', '/health/live', 200],
    ['metrics', '/metrics', 200],
  ])('tell a browser to keep it to itself: %s', async (_, url, status) => {
    const response = await fetch(`${origin}${url}`, { headers: { 'x-request-id': 'a' } });
    const headers = Object.fromEntries(response.headers);
    expect([response.status, headers]).toEqual([status, expect.objectContaining(SAID)]);
    for (const name of [
      'server',
      'x-powered-by',
      'via',
      'strict-transport-security',
      'access-control-allow-origin',
    ])
      expect(headers).not.toHaveProperty([name]);
  });

  it('are there when the parser refuses', async () => {
    const port = Number(new URL(origin).port);
    const text = await new Promise<string>((resolve) => {
      let all = '';
      const socket = net.connect(port, '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
      socket.on('data', (data) => {
        all += data.toString('utf8');
      });
      socket.on('close', () => resolve(all));
    });
    for (const [name, value] of Object.entries(SAID)) expect(text).toContain(`${name}: ${value}\r\n`);
    expect(text).not.toMatch(/^server:/im);
  });

  it('hold a browser to TLS behind a proxy that has it', async () => {
    const response = await get({ query: '{ open }' }, { 'x-request-id': 'a', 'x-forwarded-proto': 'https' });
    expect(response.headers['strict-transport-security']).toBe('max-age=15552000');
  });
});

describe('a caller who accepts application/json alone', () => {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };

  it.each([
    ['a syntax error', { query: '{' }, 200, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nope }' }, 200, 'GRAPHQL_VALIDATION_FAILED'],
    ['no query', {}, 400, 'BAD_REQUEST'],
    ['a limit', { query: `{ ${'open '.repeat(21)} }` }, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ])('is told of %s as the specification wants', async (_, body, status, code) => {
    const response = await post(JSON.stringify(body), headers);
    expect([response.statusCode, codesOf(response.body)]).toEqual([status, [code]]);
  });
});
