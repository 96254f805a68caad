import type { ReplyHeaders } from '../origin-client.js';
import { ReplyReader } from './reply-reader.js';
import { REPLIES } from './testing/replies.js';

type Outcome = { status: number; headers: ReplyHeaders; body: string } | 'refused';

/** What a reader makes of a reply that comes in these pieces, and of the end of the connection after it. */
function outcomeOf(pieces: readonly Buffer[]): Outcome {
  let head: { status: number; headers: ReplyHeaders } | null = null;
  const chunks: Buffer[] = [];
  const reader = new ReplyReader({
    onHead: (status, headers) => {
      head = { status, headers };
    },
    onData: (chunk) => chunks.push(chunk),
  });
  try {
    for (const piece of pieces) {
      if (reader.isOver) break;
      // What it gives on must be its own.
      const shared = Buffer.from(piece);
      reader.read(shared);
      shared.fill(0x78);
    }
    if (!reader.isOver && !reader.end()) return 'refused';
  } catch {
    return 'refused';
  }
  if (head === null) throw new Error('a reply without a head is over');
  return { ...(head as { status: number; headers: ReplyHeaders }), body: Buffer.concat(chunks).toString() };
}

describe('a reply', () => {
  it('is one of more than two hundred', () => {
    expect(REPLIES.length).toBeGreaterThan(200);
    expect(new Set(REPLIES.map(({ name }) => name)).size).toBe(REPLIES.length);
  });

  it.each(REPLIES)('is read as sound or refused: $name', ({ bytes, isSound }) => {
    expect(outcomeOf([bytes]) !== 'refused').toBe(isSound);
  });

  it('is the same wherever it is cut', () => {
    for (const { name, bytes } of REPLIES) {
      const whole = outcomeOf([bytes]);
      for (let at = 1; at < Math.min(bytes.length, 1000); at += 1) {
        const cut = outcomeOf([bytes.subarray(0, at), bytes.subarray(at)]);
        if (JSON.stringify(cut) !== JSON.stringify(whole))
          expect({ name, at, cut }).toEqual({ name, at, cut: whole });
      }
      const single = Array.from(bytes, (byte) => Buffer.of(byte));
      expect({ name, read: outcomeOf(single) }).toEqual({ name, read: whole });
    }
  });

  it('is not waited for where nothing can become of it', () => {
    const reader = new ReplyReader({ onHead: () => undefined, onData: () => undefined });
    expect(() => reader.read(Buffer.from('SSH-2.0'))).toThrow('does not begin as HTTP/1.1');
    const bare = new ReplyReader({ onHead: () => undefined, onData: () => undefined });
    expect(() => bare.read(Buffer.from('HTTP/1.1 200 OK\nA: b\n\n{}'))).toThrow('does not begin as HTTP/1.1');
  });
});

describe('the connection after a reply', () => {
  it.each([
    ['HTTP/1.1', '', Number.POSITIVE_INFINITY],
    ['HTTP/1.1', 'Connection: close\r\n', 0],
    ['HTTP/1.1', 'Connection: Keep-Alive, Close\r\n', 0],
    ['HTTP/1.0', '', 0],
    ['HTTP/1.0', 'Connection: keep-alive\r\n', Number.POSITIVE_INFINITY],
    ['HTTP/1.1', 'Keep-Alive: timeout=5\r\n', 4000],
    ['HTTP/1.1', 'Keep-Alive: max=9, timeout=2\r\n', 1000],
    ['HTTP/1.1', 'Keep-Alive: timeout=1\r\n', 0],
    ['HTTP/1.1', 'Keep-Alive: timeout=soon\r\n', Number.POSITIVE_INFINITY],
  ])('%s %j may be used for %d ms', (version, headers, expected) => {
    const reader = new ReplyReader({ onHead: () => undefined, onData: () => undefined });
    reader.read(Buffer.from(`${version} 200 OK\r\nContent-Length: 2\r\n${headers}\r\n{}`));
    expect([reader.isOver, reader.keepsMs]).toEqual([true, expected]);
  });

  it('is of no use when something came after the reply', () => {
    const reader = new ReplyReader({ onHead: () => undefined, onData: () => undefined });
    reader.read(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}H'));
    expect([reader.isOver, reader.keepsMs]).toEqual([true, 0]);
  });
});
