import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openShopGateway, type ShopGateway } from '../../testing/shop-gateway.js';

interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly code: unknown;
  readonly requestId: unknown;
  readonly extensions: Readonly<Record<string, unknown>>;
}

let shop: ShopGateway;
beforeAll(async () => {
  shop = await openShopGateway({ limits: { headersTime: 300, receiveTime: 400 } });
});
afterAll(() => shop.gateway.close());

/** Sends pieces of bytes as they are, and reads until the connection ends. */
async function send(...pieces: readonly string[]): Promise<RawAnswer> {
  const { port } = new URL(shop.gateway.url);
  const socket = net.connect(Number(port), '127.0.0.1');
  const closed = new Promise<void>((resolve) =>
    socket.on('close', () => resolve()).on('error', () => undefined),
  );
  let text = '';
  socket.on('data', (data) => {
    text += data.toString('utf8');
  });
  for (const piece of pieces) socket.write(piece);
  await closed;
  return read(text);
}

function read(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const { errors } = JSON.parse(text.slice(end + 4)) as {
    errors: { message: string; extensions: Record<string, unknown> }[];
  };
  const { extensions = {} } = errors[0] ?? {};
  const { code, requestId } = extensions;
  expect(errors[0]?.message).toMatch(/[。！]/);
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]),
    headers: text.slice(0, end).toLowerCase(),
    code,
    requestId,
    extensions,
  };
}

const POST = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

describe('what is refused before it is a request', () => {
  it.each([
    ['headers of 20 kB', [`${POST}x-token: ${'y'.repeat(20_000)}\r\n\r\n`], 431, 'HEADERS_TOO_LARGE'],
    ['headers of 2 MB', [`${POST}x-token: ${'y'.repeat(2_000_000)}\r\n\r\n`], 431, 'HEADERS_TOO_LARGE'],
    [
      'an address of 20 kB',
      [`GET /${'y'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`],
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['a negative length', [`${POST}content-length: -1\r\n\r\n`], 400, 'BAD_REQUEST'],
    ['two lengths', [`${POST}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`], 400, 'BAD_REQUEST'],
    [
      'a length and chunks',
      [`${POST}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`],
      400,
      'BAD_REQUEST',
    ],
    ['no HTTP', ['hello\r\n\r\n'], 400, 'BAD_REQUEST'],
    ['TLS', ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'], 400, 'BAD_REQUEST'],
    ['HTTP/2', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], 400, 'BAD_REQUEST'],
    ['an unknown method', ['FETCH /graphql HTTP/1.1\r\nhost: x\r\n\r\n'], 400, 'BAD_REQUEST'],
    ['a broken chunk', [`${POST}transfer-encoding: chunked\r\n\r\nzz\r\n`], 400, 'BAD_REQUEST'],
    ['no host', ['GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n'], 400, 'BAD_REQUEST'],
    ['a tunnel', ['CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n'], 405, 'METHOD_NOT_ALLOWED'],
    [
      'an expectation',
      [`${POST}expect: wonders\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`],
      417,
      'EXPECTATION_FAILED',
    ],
    ['a head that stays away', [POST], 408, 'RECEIVE_TIMEOUT'],
    ['a body that stays away', [`${POST}content-length: 50\r\n\r\n{"query":`], 408, 'RECEIVE_TIMEOUT'],
    ['nothing at all', [], 408, 'RECEIVE_TIMEOUT'],
  ])('is answered in the shape of all errors: %s', async (_, pieces, status, code) => {
    const answer = await send(...pieces);
    expect({ status: answer.status, code: answer.code }).toEqual({ status, code });
    expect(answer.headers).toContain('content-type: application/json');
    expect(answer.headers).toContain(`x-request-id: ${String(answer.requestId).toLowerCase()}`);
    // A refusal is found in the log by its id.
    if (![400, 405].includes(status)) {
      expect(shop.log).toContainEqual(expect.objectContaining({ requestId: answer.requestId, status }));
    }
  });

  it.each([
    ['headerBytes', 16_384, [`${POST}x-token: ${'y'.repeat(20_000)}\r\n\r\n`]],
    ['headersTime', 300, [POST]],
    ['receiveTime', 400, [`${POST}content-length: 50\r\n\r\n{"query":`]],
  ])('names the limit of %s', async (limit, allowed, pieces) => {
    const { extensions } = await send(...pieces);
    expect(extensions).toMatchObject({ limit, allowed, actual: null });
  });

  it('takes headers that are just within the limit', async () => {
    const head = `${POST}connection: close\r\ncontent-length: 1\r\nx-token: ${'y'.repeat(16_000)}\r\n\r\n{`;
    expect(await send(head)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  it('ends a connection that drips its head', async () => {
    const { port } = new URL(shop.gateway.url);
    const socket = net.connect(Number(port), '127.0.0.1');
    let isClosed = false;
    socket
      .on('error', () => undefined)
      .on('close', () => {
        isClosed = true;
      });
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('utf8');
    });
    socket.write(POST);
    for (let drop = 0; drop < 200 && !isClosed; drop++) {
      if (socket.writable) socket.write(`x-${drop}: y\r\n`);
      await sleep(50);
    }
    expect(read(text).status).toBe(408);
  });

  it('takes what follows on a good connection', async () => {
    const good = `${POST}connection: close\r\ncontent-length: 25\r\n\r\n{"query":"{ __typename }"}`;
    expect(good).toContain('__typename');
    const { port } = new URL(shop.gateway.url);
    const text = await new Promise<string>((resolve) => {
      let all = '';
      const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(good));
      socket.on('data', (data) => {
        all += data.toString('utf8');
      });
      socket.on('close', () => resolve(all));
    });
    expect(text).toMatch(/^HTTP\/1\.1 [24]00/);
  });
});
