import net from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import { openPool } from '../../runtime/http/open-pool.js';
import { sendRequest } from '../../runtime/http/send-request.js';
import { serveHttp } from '../testing/http-subgraph.js';
import { createOriginPools, type OriginPools } from './origin-pools.js';
import { createRemoteSubgraph } from './remote-subgraph.js';

let pools: OriginPools;
beforeAll(() => {
  pools = createOriginPools();
});
afterAll(() => pools.close());

function contextOf(budgetMs = 5000) {
  const { signal } = new AbortController();
  return { requestId: 'r', caller: ANONYMOUS, signal, deadline: Date.now() + budgetMs, today: '2026-06-30' };
}

interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string | string[]>;
  readonly body: string | Buffer;
}

interface ToldError extends Readonly<Record<string, unknown>> {
  readonly message: string;
}

/** What the gateway takes a subgraph's reply for. */
async function resultOf({ status = 200, headers = {}, body }: Reply) {
  const server = await serveHttp((_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body),
  );
  const port = createRemoteSubgraph({ name: 'x', url: server.url, pools });
  const { data = null, errors = [] } = await port.execute({ query: '{ a }' }, contextOf());
  await server.close();
  return {
    data,
    errors: errors.map(({ message, path, extensions }): ToldError => ({ message, path, ...extensions })),
  };
}

describe('the status of a reply', () => {
  const bodies: readonly (readonly [string, string])[] = [
    ['text/plain', 'slow down'],
    ['text/html', '<html>'],
    ['application/json', ''],
    ['application/json', 'no healthy upstream'],
    ['application/json', '{"message":"API rate limit exceeded"}'],
    ['application/json', '[]'],
    ['application/json', '{"errors":["upstream"]}'],
    ['application/json', '{"errors":{"message":1}}'],
    ['application/json', '{"data":"none"}'],
    ['application/json', '{"data":null}'],
    ['application/graphql-response+json', '{"errors":[]}'],
  ];
  it.each([408, 429, 500, 502, 503, 504])(
    '%d means that the subgraph is away, whatever the body is',
    async (status) => {
      for (const [type, body] of bodies) {
        const { errors } = await resultOf({ status, headers: { 'content-type': type }, body });
        expect({ body, codes: errors.map((error) => [error.code, error.retryable]) }).toEqual({
          body,
          codes: [['SUBGRAPH_UNAVAILABLE', true]],
        });
      }
    },
  );

  it.each([200, 400, 401, 404])('%d with something else than an answer is malformed', async (status) => {
    for (const [type, body] of bodies.filter(
      ([, text]) => !text.includes('"errors":{') && !text.includes('["'),
    )) {
      const { errors } = await resultOf({ status, headers: { 'content-type': type }, body });
      expect({ body, codes: errors.map(({ code }) => code) }).toEqual({
        body,
        codes: ['SUBGRAPH_MALFORMED'],
      });
    }
  });

  it.each([429, 502, 503, 504])(
    '%d with errors of a proxy means that the subgraph is away',
    async (status) => {
      const { errors } = await resultOf({ status, body: '{"errors":[{"message":"overloaded"}]}' });
      expect(errors).toMatchObject([{ code: 'SUBGRAPH_UNAVAILABLE' }]);
    },
  );

  it.each([
    [500, '{"errors":[{"message":"m","path":["a"]}]}', [{ message: 'm', path: ['a'] }]],
    [
      503,
      '{"errors":[{"message":"m","extensions":{"code":"SOURCE_TIMEOUT"}}]}',
      [{ code: 'SOURCE_TIMEOUT' }],
    ],
    [400, '{"errors":[{"message":"m"}]}', [{ message: 'm' }]],
  ])('%d leaves an answer what it is: %s', async (status, body, wanted) => {
    expect((await resultOf({ status, body })).errors).toMatchObject(wanted);
  });

  it('does not take data away', async () => {
    expect(await resultOf({ status: 503, body: '{"data":{"a":1}}' })).toEqual({ data: { a: 1 }, errors: [] });
  });

  it.each([
    ['7', 7],
    ['0', 0],
    ['999999999', 86_400],
    ['Fri, 01 Jan 1999 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-3', undefined],
  ])('goes on with Retry-After: %s', async (header, seconds) => {
    for (const type of ['application/json', 'text/plain']) {
      const reply = { status: 429, headers: { 'content-type': type, 'retry-after': header }, body: '{}' };
      expect((await resultOf(reply)).errors.map((error) => error.retryAfterSeconds)).toEqual([seconds]);
    }
  });
});

describe('a bad entry in errors', () => {
  const unnamed = 'an error without a message';
  it.each<[string, string, unknown]>([
    [
      'no message',
      '[{"path":["a"],"extensions":{"code":"DENIED"}}]',
      [{ message: unnamed, path: ['a'], code: 'DENIED' }],
    ],
    ['a message that is null', '[{"message":null,"path":["a"]}]', [{ message: unnamed, path: ['a'] }]],
    ['a message that is a number', '[{"message":7}]', [{ message: unnamed }]],
    ['null', '[null]', [{ message: unnamed }]],
    ['a text', '["x"]', [{ message: unnamed }]],
    ['a list', '[[{"message":"m"}]]', [{ message: unnamed }]],
    ['a path that is a text', '[{"message":"m","path":"a"}]', [{ message: 'm' }]],
    ['a path with null', '[{"message":"m","path":["a",null]}]', [{ message: 'm' }]],
    ['extensions that are a list', '[{"message":"m","extensions":[1]}]', [{ message: 'm' }]],
    [
      'one among good ones',
      '[{"message":"m","path":["a"]},{}]',
      [{ message: 'm', path: ['a'] }, { message: unnamed }],
    ],
    ['no list', '{"message":"m","path":["a"]}', [{ message: 'm', path: ['a'] }]],
    ['a text instead of the list', '"failed"', [{ message: unnamed }]],
    ['null instead of the list', 'null', []],
  ])('costs no data: %s', async (_, errors, wanted) => {
    const { data, errors: told } = await resultOf({
      body: `{"data":{"a":null,"b":"good"},"errors":${errors}}`,
    });
    expect(data).toEqual({ a: null, b: 'good' });
    expect(told).toEqual((wanted as object[]).map((one) => ({ path: undefined, ...one })));
  });
});

describe('the body of a reply', () => {
  const text = '{"data":{"a":"渔船"}}';
  it.each<[string, string | string[], string | Buffer]>([
    ['identity', 'identity', text],
    ['Identity', 'Identity', text],
    ['an empty coding', '', text],
    ['GZIP', 'GZIP', gzipSync(text)],
    ['x-gzip', 'x-gzip', gzipSync(text)],
    ['deflate', 'deflate', deflateSync(text)],
    ['raw deflate', 'deflate', deflateRawSync(text)],
    ['raw deflate, stored', 'deflate', deflateRawSync(text, { level: 0 })],
    ['identity and gzip', 'identity, gzip', gzipSync(text)],
    ['deflate, then gzip', 'deflate, gzip', gzipSync(deflateSync(text))],
    ['raw deflate, then br, in two headers', ['deflate', 'br'], brotliCompressSync(deflateRawSync(text))],
    ['a byte order mark', '', `\ufeff${text}`],
    ['a byte order mark, compressed', 'gzip', gzipSync(`\ufeff${text}`)],
    ['white space around', '', `\r\n ${text}\r\n`],
  ])('is read: %s', async (_, encoding, body) => {
    const headers = encoding === '' ? {} : { 'content-encoding': encoding };
    expect(await resultOf({ headers, body })).toEqual({ data: { a: '渔船' }, errors: [] });
  });

  it.each(['text/json', 'application/problem+json', 'Application/JSON;charset=UTF-8'])(
    'is read under the type %s',
    async (type) => {
      expect((await resultOf({ headers: { 'content-type': type }, body: text })).data).toEqual({ a: '渔船' });
    },
  );

  it.each<[string, Reply]>([
    ['codings without end', { headers: { 'content-encoding': 'gzip,'.repeat(50) }, body: gzipSync(text) }],
    ['no deflate at all', { headers: { 'content-encoding': 'deflate' }, body: 'no deflate' }],
    ['an empty body', { headers: { 'content-encoding': 'deflate' }, body: '' }],
    ['lists without end', { body: `{"data":{"a":${'['.repeat(200_000)}` }],
    [
      'lists without end, and long numbers',
      { body: `{"data":{"a":${'['.repeat(50_000)}12345678901234567890${']'.repeat(50_000)}}}` },
    ],
  ])('is refused: %s', async (_, reply) => {
    expect((await resultOf(reply)).errors.map(({ code }) => code)).toEqual(['SUBGRAPH_MALFORMED']);
  });
});

describe('connections that the other side forgot', () => {
  /** Answers after a moment, so that several connections are opened; forgets those that it has when told to. */
  async function serveForgetful() {
    const sockets = new Set<net.Socket>();
    const forgotten = new Set<net.Socket>();
    const server = net.createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      socket.on('data', () => {
        if (forgotten.has(socket)) socket.resetAndDestroy();
        else
          setTimeout(
            () =>
              socket.write(
                `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 18\r\n\r\n{"data":{"a":"x"}}`,
              ),
            20,
          );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      origin: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
      forget: () => {
        for (const socket of sockets) forgotten.add(socket);
        return sockets.size;
      },
      close: () => server.close(),
    };
  }

  it('cost no read of a subgraph', async () => {
    const server = await serveForgetful();
    const port = createRemoteSubgraph({ name: 'x', url: `${server.origin}/graphql`, pools });
    const ask = (number: number) => port.execute({ query: `query Q${number} { a }` }, contextOf());
    await Promise.all([1, 2, 3, 4].map(ask));
    expect(server.forget()).toBeGreaterThan(2);
    for (const number of [1, 2, 3, 4]) expect((await ask(number)).errors).toBeUndefined();
    await Promise.all([1, 2, 3].map(ask));
    server.forget();
    for (const one of await Promise.all([1, 2, 3, 4].map(ask))) expect(one.data).toEqual({ a: 'x' });
    server.close();
  });

  it('cost no read of a source', async () => {
    const server = await serveForgetful();
    const pool = openPool(server.origin, { connectTimeoutMs: 1000 });
    const ask = async () => {
      const { signal } = new AbortController();
      const answer = await sendRequest(pool, { method: 'GET', path: '/', signal }, { repeatable: true });
      return answer.body.text();
    };
    await Promise.all([1, 2, 3].map(ask));
    expect(server.forget()).toBeGreaterThan(1);
    for (const _ of [1, 2, 3]) expect(await ask()).toContain('"a"');
    await pool.destroy();
    server.close();
  });
});
