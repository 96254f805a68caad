import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { type OriginClient, type OutgoingCall, REPLY_HEADERS, type ReplyHeaders } from './origin-client.js';
import { createPlainClient } from './plain/plain-client.js';
import { REPLIES } from './plain/testing/replies.js';
import { createUndiciClient } from './undici-client.js';

interface Peer {
  readonly origin: string;
  readonly sockets: readonly Socket[];
  close(): Promise<void>;
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A server that does as it is told when something has come. @param answer told how many connections there were before. */
async function peerOf(answer: (socket: Socket, text: string, earlier: number) => void): Promise<Peer> {
  const sockets: Socket[] = [];
  const server = net.createServer({ noDelay: true }, (socket) => {
    const earlier = sockets.push(socket) - 1;
    socket.on('error', () => undefined);
    socket.on('data', (piece) => answer(socket, piece.toString(), earlier));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const peer = {
    origin: `http://127.0.0.1:${port}`,
    sockets,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  open.unshift(peer.close);
  return peer;
}

function opened(client: OriginClient): OriginClient {
  open.unshift(() => client.close());
  return client;
}

const TIMES = { connectTimeoutMs: 1000 };
const CALL: OutgoingCall = {
  path: '/graphql?a=1',
  headers: ['content-type', 'application/json'],
  body: '{}',
};

type Outcome =
  | { readonly status: number; readonly headers: ReplyHeaders; readonly body: string }
  | { readonly error: Error };

interface Sent {
  readonly outcome: Promise<Outcome>;
  readonly giveUp: (reason: Error) => void;
}

function send(client: OriginClient, call: OutgoingCall = CALL, isRepeated = false): Sent {
  let giveUp: Sent['giveUp'] = () => undefined;
  const outcome = new Promise<Outcome>((resolve) => {
    const read: { status: number; headers: ReplyHeaders } = { status: 0, headers: {} };
    const chunks: Buffer[] = [];
    giveUp = client.send(
      call,
      {
        onHead: (status, headers) => {
          Object.assign(read, { status, headers });
        },
        onData: (chunk) => chunks.push(chunk),
        onEnd: () => resolve({ ...read, body: Buffer.concat(chunks).toString() }),
        onFailure: (error) => resolve({ error }),
      },
      isRepeated,
    );
  });
  return { outcome, giveUp };
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
const GOOD = { status: 200, body: '{}' };

describe('both clients', () => {
  /** Undici gives all headers, and leaves the blanks after a value. */
  const comparable = (outcome: Outcome): unknown => {
    if ('error' in outcome) return 'refused';
    const headers = REPLY_HEADERS.map((name) =>
      [outcome.headers[name] ?? []].flat().map((text) => text.trim()),
    );
    return { ...outcome, headers };
  };

  it('read a reply alike, or the plain one refuses it', async () => {
    let reply: Buffer = Buffer.alloc(0);
    const peer = await peerOf((socket) => socket.end(reply));
    let taken = 0;
    for (const { name, bytes, isSound } of REPLIES) {
      reply = bytes;
      const [plain, other] = [createPlainClient(peer.origin, TIMES), createUndiciClient(peer.origin, TIMES)];
      const ours = comparable(await send(plain).outcome);
      const theirs = comparable(await send(other).outcome);
      if (isSound) taken += 1;
      expect({ name, read: ours }).toEqual({ name, read: isSound ? theirs : 'refused' });
      await Promise.all([plain.close(), other.close()]);
    }
    expect(taken).toBeGreaterThan(150);
  });

  it.each([
    ['plain', createPlainClient],
    ['undici', createUndiciClient],
  ])('send the same: %s', async (_, create) => {
    const peer = await peerOf((socket, text) => {
      if (text.includes('嵊泗')) socket.write(OK);
      texts.push(text);
    });
    const texts: string[] = [];
    const client = opened(create(peer.origin, TIMES));
    const body = '{"query":"{ 嵊泗 }"}';
    for (const given of [body, Buffer.from(body)]) {
      texts.length = 0;
      expect(await send(client, { ...CALL, body: given }).outcome).toMatchObject(GOOD);
      const [head = '', rest] = texts.join('').split('\r\n\r\n');
      const [first, ...lines] = head.split('\r\n').filter((line) => !line.startsWith('connection'));
      expect(first).toBe('POST /graphql?a=1 HTTP/1.1');
      expect(lines.sort()).toEqual(
        [
          `content-length: ${Buffer.byteLength(body)}`,
          'content-type: application/json',
          `host: ${peer.origin.slice(7)}`,
        ].sort(),
      );
      expect(rest).toBe(body);
    }
  });
});

describe('the plain client', () => {
  it('uses one connection for one call after the other', async () => {
    const peer = await peerOf((socket) => socket.write(OK));
    const client = opened(createPlainClient(peer.origin, TIMES));
    for (let call = 0; call < 5; call += 1) expect(await send(client).outcome).toMatchObject(GOOD);
    expect(peer.sockets).toHaveLength(1);
  });

  it('lets more calls than it has connections wait in line, in their order', async () => {
    const asked: string[] = [];
    const waiting: Socket[] = [];
    const peer = await peerOf((socket, text) => {
      asked.push(text.slice(-1));
      waiting.push(socket);
    });
    const client = opened(createPlainClient(peer.origin, { ...TIMES, connections: 2 }));
    const sent = ['a', 'b', 'c', 'd', 'e'].map((body) => send(client, { ...CALL, body }));
    sent[3]?.giveUp(new Error('nobody waits'));
    for (let answered = 0; answered < 4; answered += 1) {
      while (waiting.length === 0) await setImmediate();
      waiting.shift()?.write(OK);
    }
    for (const at of [0, 1, 2, 4]) expect(await sent[at]?.outcome).toMatchObject(GOOD);
    expect(asked.sort()).toEqual(['a', 'b', 'c', 'e']);
    expect(asked.indexOf('c')).toBeLessThan(asked.indexOf('e'));
    expect(peer.sockets).toHaveLength(2);
  });

  it('serves who waits when a connection breaks', async () => {
    const peer = await peerOf((socket, _, earlier) => {
      if (earlier === 0) socket.destroy();
      else socket.write(OK);
    });
    const client = opened(createPlainClient(peer.origin, { ...TIMES, connections: 1 }));
    const [first, second] = [send(client), send(client)];
    expect(await first.outcome).toMatchObject({ error: { code: 'ECONNRESET' } });
    expect(await second.outcome).toMatchObject(GOOD);
  });

  it('tells a stale connection from one that broke while it answered', async () => {
    let partial = '';
    const peer = await peerOf((socket, _, earlier) => {
      if (earlier === 0) socket.end(partial);
      else socket.write(OK);
    });
    const stale = opened(createPlainClient(peer.origin, TIMES));
    expect(await send(stale).outcome).toMatchObject({ error: { code: 'ECONNRESET' } });
    partial = 'HTTP/1.1 200 OK\r\nCont';
    const other = await peerOf((socket) => socket.end(partial));
    const broken = opened(createPlainClient(other.origin, TIMES));
    const outcome = await send(broken).outcome;
    expect(outcome).toMatchObject({ error: { message: 'the connection ended before the reply did' } });
    expect((outcome as { error: { code?: string } }).error.code).toBeUndefined();
  });

  it('drops all kept connections for a call that met a stale one', async () => {
    const waiting: Socket[] = [];
    const peer = await peerOf((socket) => waiting.push(socket));
    const client = opened(createPlainClient(peer.origin, TIMES));
    const sent = [send(client), send(client), send(client)];
    while (waiting.length < 3) await setImmediate();
    for (const socket of waiting.splice(0)) socket.write(OK);
    for (const { outcome } of sent) await outcome;
    const again = send(client, CALL, true);
    while (waiting.length === 0) await setImmediate();
    waiting[0]?.write(OK);
    expect(await again.outcome).toMatchObject(GOOD);
    expect(peer.sockets.indexOf(waiting[0] as Socket)).toBe(3);
  });

  it('keeps no connection longer than it was told, or than it may', async () => {
    for (const [headers, keepAliveMs] of [
      ['Keep-Alive: timeout=1\r\n', 60_000],
      ['', 0],
    ] as const) {
      const peer = await peerOf((socket) => socket.write(OK.replace('\r\n\r\n', `\r\n${headers}\r\n`)));
      const client = opened(createPlainClient(peer.origin, { ...TIMES, keepAliveMs }));
      for (let call = 0; call < 3; call += 1) expect(await send(client).outcome).toMatchObject(GOOD);
      expect(peer.sockets).toHaveLength(3);
    }
  });

  it('closes what nobody uses', async () => {
    const peer = await peerOf((socket) => socket.write(OK));
    const client = opened(createPlainClient(peer.origin, { ...TIMES, keepAliveMs: 20 }));
    await send(client).outcome;
    await once(peer.sockets[0] as Socket, 'close');
  });

  it('takes nothing that was sent unasked for an answer', async () => {
    const peer = await peerOf((socket, _, earlier) => {
      socket.write(OK);
      if (earlier === 0) setTimeout(() => socket.write(OK.replace('{}', '[]')), 5);
    });
    const client = opened(createPlainClient(peer.origin, { ...TIMES, keepAliveMs: 600_000 }));
    expect(await send(client).outcome).toMatchObject(GOOD);
    await once(peer.sockets[0] as Socket, 'close');
    expect(await send(client).outcome).toMatchObject(GOOD);
    const together = await peerOf((socket) => socket.write(OK + OK.replace('{}', '[]')));
    const other = opened(createPlainClient(together.origin, TIMES));
    for (let call = 0; call < 3; call += 1) expect(await send(other).outcome).toMatchObject(GOOD);
    expect(together.sockets).toHaveLength(3);
  });

  it('cuts the connection of a call that is given up, whose handler is told nothing more', async () => {
    let told = 0;
    const count = (): void => {
      told += 1;
    };
    const peer = await peerOf((socket) => socket.write(OK.slice(0, -1)));
    const client = opened(createPlainClient(peer.origin, TIMES));
    let giveUp: (reason: Error) => void = () => undefined;
    await new Promise<void>((resolve) => {
      const handler = { onHead: () => resolve(), onData: () => undefined, onEnd: count, onFailure: count };
      giveUp = client.send(CALL, handler, false);
    });
    giveUp(new Error('nobody waits'));
    giveUp(new Error('nobody waits'));
    await once(peer.sockets[0] as Socket, 'close');
    await setImmediate();
    expect(told).toBe(0);
  });

  it('fails what is running and what waits when it is closed, and whatever comes later', async () => {
    const peer = await peerOf(() => undefined);
    const client = createPlainClient(peer.origin, { ...TIMES, connections: 1 });
    const sent = [send(client), send(client)];
    while (peer.sockets.length === 0) await setImmediate();
    await client.close();
    for (const { outcome } of [...sent, send(client)]) expect(await outcome).toHaveProperty('error');
    expect(peer.sockets).toHaveLength(1);
  });

  it('tells that nothing listens', async () => {
    const peer = await peerOf(() => undefined);
    await open.shift()?.();
    const client = opened(createPlainClient(peer.origin, TIMES));
    expect(await send(client).outcome).toMatchObject({ error: { code: 'ECONNREFUSED' } });
  });

  it('sends no header that would begin another one', async () => {
    const peer = await peerOf((socket) => socket.write(OK));
    const client = opened(createPlainClient(peer.origin, TIMES));
    for (const value of ['a\r\nb: c', 'a\nb', 'a\0b', '嵊']) {
      const outcome = await send(client, { ...CALL, headers: ['x-a', value] }).outcome;
      expect(outcome).toMatchObject({ error: { message: "the value of x-a can't be sent" } });
    }
    expect(peer.sockets).toHaveLength(0);
  });
});
