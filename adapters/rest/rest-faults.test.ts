import type { ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { encode } from 'iconv-lite';
import { startOwnTime } from '../../test/own-time.js';
import {
  findDeadUrl,
  type Handle,
  sendJson,
  startTestServer,
  type TestServer,
} from '../web/testing/test-server.js';
import { openEndpoint, type TestEndpoint } from './testing/open-endpoint.js';

const GOOD = '{"list":[{"id":1,"name":"嵊泗"}]}';
const GIB = 2 ** 30;
const TIMEOUT_MS = 700;

let server: TestServer;
let endpoint: TestEndpoint;
let fault: Handle | null;

beforeEach(async () => {
  fault = null;
  server = await startTestServer((request, response, body) => {
    if (fault === null) sendJson(response, GOOD);
    else fault(request, response, body);
  });
  endpoint = openEndpoint({ dialect: 'rest', url: server.url });
});
afterEach(async () => {
  await endpoint.connection.close();
  await server.close();
});

const send =
  (status: number, type: string, body: string | Buffer): Handle =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': type }).end(body);
const json = (body: string | Buffer): Handle => send(200, 'application/json', body);

/** What a read fails with, and after how many milliseconds. */
async function failureOf(reading: Promise<unknown>): Promise<{ code: string; tookMs: number }> {
  const time = startOwnTime();
  const code = await reading.then(
    (rows) => `no failure but ${JSON.stringify(rows)}`,
    (error: { code?: string }) => error.code ?? String(error),
  );
  return { code, tookMs: time.stop() };
}

function endless(response: ServerResponse, encoding: 'identity' | 'gzip'): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
  const chunk = Buffer.alloc(64 * 1024, ' ');
  let sent = 0;
  const body = new Readable({
    read() {
      sent += chunk.length;
      this.push(sent > GIB ? null : chunk);
    },
  });
  response.on('close', () => body.destroy());
  if (encoding === 'identity') body.pipe(response);
  else body.pipe(createGzip()).pipe(response);
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  let sent = 0;
  const timer = setInterval(() => response.write(GOOD[sent++] ?? ' '), 1000);
  response.on('close', () => clearInterval(timer));
}

const FAULTS: readonly [name: string, code: string, handle: Handle][] = [
  ['a reset before the head', 'SOURCE_UNAVAILABLE', (request) => void request.socket.resetAndDestroy()],
  [
    'a reset amid the body',
    'SOURCE_UNAVAILABLE',
    (request, response) => {
      response.writeHead(200, { 'content-length': 999 }).write(GOOD.slice(0, 9));
      setTimeout(() => request.socket.resetAndDestroy(), 20);
    },
  ],
  [
    'a body shorter than announced',
    'SOURCE_UNAVAILABLE',
    (request, response) => {
      response.writeHead(200, { 'content-length': 999 }).write(GOOD);
      setTimeout(() => request.socket.end(), 20);
    },
  ],
  ['a silent server', 'SOURCE_TIMEOUT', () => undefined],
  [
    'a half-open connection',
    'SOURCE_TIMEOUT',
    (_, response) => void response.writeHead(200).write(GOOD.slice(0, 9)),
  ],
  ['one byte a second', 'SOURCE_TIMEOUT', (_, response) => drip(response)],
  ['a gibibyte', 'SOURCE_TOO_LARGE', (_, response) => endless(response, 'identity')],
  ['a gibibyte in a few compressed bytes', 'SOURCE_TOO_LARGE', (_, response) => endless(response, 'gzip')],
  [
    'GBK without a word about it',
    'SOURCE_MALFORMED',
    json(encode('{"list":[{"id":1,"name":"嵊泗县枸杞"}]}', 'gbk')),
  ],
  ['UTF-8 that is called GBK', 'SOURCE_MALFORMED', send(200, 'application/json; charset=GBK', GOOD)],
  [
    'a page of HTML under 200',
    'SOURCE_MALFORMED',
    send(200, 'text/html', '<!DOCTYPE html><h1>系统维护</h1>'),
  ],
  ['nothing under 200', 'SOURCE_MALFORMED', json('')],
  ['half of the JSON', 'SOURCE_MALFORMED', json(GOOD.slice(0, -9))],
  ['text after the JSON', 'SOURCE_MALFORMED', json(`${GOOD}{}`)],
  ['a name with two values', 'SOURCE_MALFORMED', json('{"list":[{"id":1,"id":2}]}')],
  ['JSON without end of nesting', 'SOURCE_MALFORMED', json('['.repeat(200_000))],
  [
    'deeply nested JSON',
    'SOURCE_MALFORMED',
    json(`{"list":[{"id":1,"a":${'['.repeat(99)}${']'.repeat(99)}}]}`),
  ],
  ['a list of another name', 'SOURCE_MALFORMED', json('{"rows":[]}')],
  ['a text where the list was', 'SOURCE_MALFORMED', json('{"list":"暂无"}')],
  ['rows that are no objects', 'SOURCE_MALFORMED', json('{"list":[1]}')],
  ['rows without their key', 'SOURCE_MALFORMED', json('{"list":[{"ID":1,"name":"x"}]}')],
  [
    'broken gzip',
    'SOURCE_MALFORMED',
    (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
  ],
  ['a redirect', 'SOURCE_MALFORMED', (_, response) => void response.writeHead(302, { location: '/' }).end()],
  ['500', 'SOURCE_UNAVAILABLE', send(500, 'text/html', '<h1>500</h1>')],
  ['503', 'SOURCE_UNAVAILABLE', send(503, 'application/json', '{"msg":"busy"}')],
  ['429', 'SOURCE_UNAVAILABLE', send(429, 'text/plain', 'slow down')],
  ['400', 'SOURCE_REJECTED', send(400, 'application/json', '{"message":"no"}')],
  ['401', 'SOURCE_CREDENTIALS_REFUSED', send(401, 'application/json', '{"message":"token expired"}')],
  ['403', 'SOURCE_CREDENTIALS_REFUSED', send(403, 'text/html', '<h1>403</h1>')],
  ['404', 'SOURCE_REJECTED', send(404, 'text/html', '<h1>404</h1>')],
];

describe('a REST endpoint', () => {
  it.each(FAULTS)('fails over %s with %s in time, and then goes on', async (_name, code, handle) => {
    fault = handle;
    const bounds = { timeoutMs: TIMEOUT_MS, maxBytes: 4 * 1024 * 1024 };
    // Unfolding four mebibytes may take a while on a busy machine; the others end at the deadline.
    if (code === 'SOURCE_TOO_LARGE') bounds.timeoutMs = 20_000;
    const failure = await failureOf(endpoint.read(undefined, bounds));
    expect(failure.code).toBe(code);
    expect(failure.tookMs).toBeLessThan(bounds.timeoutMs + 800);
    fault = null;
    expect(await endpoint.read()).toEqual([['1', '嵊泗']]);
  });

  it('keeps its memory bounded under a gibibyte', async () => {
    fault = (_, response) => endless(response, 'identity');
    const before = process.memoryUsage().rss;
    await failureOf(endpoint.read(undefined, { maxBytes: 1024 * 1024 }));
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('reads gzip, GB18030 and the same JSON after a byte order mark', async () => {
    fault = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(GOOD));
    expect(await endpoint.read()).toEqual([['1', '嵊泗']]);
    fault = send(
      200,
      'application/json;charset=gbk',
      encode('{"list":[{"id":1,"name":"㟙山岛嵊泗"}]}', 'gb18030'),
    );
    expect(await endpoint.read()).toEqual([['1', '㟙山岛嵊泗']]);
    fault = json(`\ufeff${GOOD}`);
    expect(await endpoint.read()).toEqual([['1', '嵊泗']]);
  });

  it('is SourceUnavailable where nobody listens, and once it is closed', async () => {
    const dead = openEndpoint({ dialect: 'rest', url: await findDeadUrl() });
    expect((await failureOf(dead.read())).code).toBe('SOURCE_UNAVAILABLE');
    await dead.connection.close();
    fault = () => undefined;
    const reading = failureOf(endpoint.read());
    setTimeout(() => endpoint.connection.close(), 50);
    expect((await reading).code).toBe('SOURCE_UNAVAILABLE');
    expect((await failureOf(endpoint.read())).code).toBe('SOURCE_UNAVAILABLE');
  });

  it('sends a read once more when its kept connection was stale', async () => {
    let requests = 0;
    fault = (request, response) => {
      requests += 1;
      if (requests === 2) request.socket.destroy();
      else sendJson(response, GOOD);
    };
    await endpoint.read();
    expect(await endpoint.read()).toEqual([['1', '嵊泗']]);
    expect(requests).toBe(3);
  });
});

describe('what is no HTTP at all', () => {
  let raw: Server;
  const sockets = new Set<Socket>();
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => raw.close(resolve));
  });

  it('is SourceMalformed', async () => {
    raw = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_8.9\r\n\r\n'));
    });
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const address = raw.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { connection, read } = openEndpoint({ dialect: 'rest', url: `http://127.0.0.1:${port}` });
    expect((await failureOf(read(undefined, { timeoutMs: 3000 }))).code).toBe('SOURCE_MALFORMED');
    await connection.close();
  });
});
