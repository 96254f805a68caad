import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { encodeText } from './encode-text.js';
import { BOMB_BYTES, DOCTYPE, type Fault, HTML_PAGE, type TransportFault } from './faults.js';
import type { LegacyAnswer } from './legacy-protocol.js';

const DRIP_MS = 1000;
const CHUNK = Buffer.alloc(64 * 1024, 0x20);

interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Sends an answer as the fault has it. Ends by itself when the caller goes away. */
export async function sendAnswer(
  response: ServerResponse,
  answer: LegacyAnswer,
  failure: LegacyAnswer,
  fault: Fault | null,
): Promise<void> {
  // Whoever asked may have left while the answer was late: then there is no end to wait for.
  if (fault?.transport === 'silent' || response.destroyed) return;
  const { content, status, bytes = BOMB_BYTES } = fault ?? {};
  if (status !== undefined) {
    return finish(response, encodeAnswer({ ...page(HTML_PAGE), status }), fault?.transport);
  }
  switch (content) {
    case 'huge':
      return stream(response, encodeAnswer(answer), bytes, 'identity');
    case 'gzip-bomb':
      return stream(response, encodeAnswer(answer), bytes, 'gzip');
    default:
      return finish(response, spoil(content === 'failure' ? failure : answer, fault), fault?.transport);
  }
}

function page(text: string): LegacyAnswer {
  return { status: 200, type: 'text/html', charset: 'utf-8', text };
}

function spoil(answer: LegacyAnswer, fault: Fault | null): Sent {
  switch (fault?.content) {
    case 'html':
      return encodeAnswer(page(HTML_PAGE));
    case 'doctype':
      return encodeAnswer({ ...answer, text: withDoctype(answer.text) });
    case 'wrong-charset': {
      const other = answer.charset === 'gbk' ? 'utf-8' : 'gbk';
      return { ...encodeAnswer(answer), body: encodeText(answer.text, other) };
    }
    case 'truncated': {
      const sent = encodeAnswer(answer);
      return { ...sent, body: sent.body.subarray(0, Math.floor(sent.body.length / 2)) };
    }
    default:
      return encodeAnswer(answer);
  }
}

function withDoctype(text: string): string {
  const [declaration = ''] = /^<\?xml[^>]*\?>/.exec(text) ?? [];
  return `${declaration}${DOCTYPE}${text.slice(declaration.length)}`;
}

function encodeAnswer({ status, type, charset, text }: LegacyAnswer): Sent {
  return {
    status,
    headers: { 'content-type': `${type};charset=${charset.toUpperCase()}` },
    body: encodeText(text, charset),
  };
}

function finish(
  response: ServerResponse,
  { status, headers, body }: Sent,
  transport: TransportFault | undefined,
): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  switch (transport) {
    case 'half-open':
      response.write(body.subarray(0, Math.floor(body.length / 2)));
      return;
    case 'reset':
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.resetAndDestroy());
      return;
    case 'drip':
      drip(response, body);
      return;
    default:
      response.end(body);
  }
}

function drip(response: ServerResponse, body: Buffer): void {
  response.flushHeaders();
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + 1));
    sent += 1;
    if (sent < body.length) return;
    clearInterval(timer);
    response.end();
  }, DRIP_MS);
  response.once('close', () => clearInterval(timer));
}

/** The first half of the answer, then blanks without end; the caller's pace decides how fast. */
async function stream(
  response: ServerResponse,
  { status, headers, body }: Sent,
  bytes: number,
  encoding: 'identity' | 'gzip',
): Promise<void> {
  function* chunks(): Generator<Buffer> {
    yield body.subarray(0, Math.floor(body.length / 2));
    for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK;
  }
  response.writeHead(status, encoding === 'gzip' ? { ...headers, 'content-encoding': 'gzip' } : headers);
  const source = Readable.from(chunks(), { objectMode: false });
  try {
    await (encoding === 'gzip' ? pipeline(source, createGzip(), response) : pipeline(source, response));
  } catch {
    // The caller had enough and left: that is the point.
    response.destroy();
  }
}
