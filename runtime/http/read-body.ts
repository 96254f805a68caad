import { once } from 'node:events';
import { type Duplex, pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { ByteShare } from './byte-budget.js';

/** Why a large answer is given up. */
export const NO_ROOM = 'too many large answers are under way';

/** What `readBody` can undo, for `accept-encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** A body that arrives but cannot be taken. */
export class BodyFault extends Error {
  override readonly name = 'BodyFault';
  /** `no-room`: not it is too large, but all that are read at this time together. */
  readonly kind: 'too-large' | 'no-room' | 'malformed';

  constructor(kind: BodyFault['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Whether a `content-encoding` header names anything that has to be undone. */
export function isEncoded(encoding: string): boolean {
  return encoding !== '' && codingsOf(encoding).length > 0;
}

/**
 * Reads an answer's bytes, decompressed.
 *
 * @param encoding the `content-encoding` header; empty: none. Several codings stand in the order in which they were made.
 * @param maxBytes after decompression, so that a small answer cannot unfold into a huge one.
 * @param share of what all answers may take together.
 * @throws {BodyFault} beyond `maxBytes` or what there is room for, or when it cannot be decompressed; else whatever ends the
 *   stream.
 */
export async function readBody(
  body: Readable,
  encoding: string,
  maxBytes: number,
  share?: Pick<ByteShare, 'take'>,
): Promise<Buffer> {
  const codings = codingsOf(encoding).toReversed();
  const bytes: AsyncIterable<Buffer> = codings.length === 0 ? body : decompress(body, codings);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyFault('too-large', `the answer exceeds ${maxBytes} bytes`);
    if (share?.take(chunk.length) === false) throw new BodyFault('no-room', NO_ROOM);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Nobody encodes more often; each takes memory of its own. */
const MAX_CODINGS = 3;

/** RFC 9110 §8.4.1: codings are told apart without regard to case, and `identity` is none. */
function codingsOf(encoding: string): readonly string[] {
  return encoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/** A body that is aborted ends the reading, and a reader that stops frees the socket. */
async function* decompress(body: Readable, codings: readonly string[]): AsyncGenerator<Buffer> {
  if (codings.length > MAX_CODINGS) throw new BodyFault('malformed', 'the answer has too many encodings');
  let bytes = body;
  try {
    for (const coding of codings) bytes = pipeline(bytes, await decoderOf(coding, bytes), () => undefined);
    yield* bytes;
  } catch (error) {
    if (body.errored !== null && body.errored !== error) throw body.errored;
    if (body.errored !== null || error instanceof BodyFault) throw error;
    throw new BodyFault('malformed', 'the answer cannot be decompressed', { cause: error });
  } finally {
    bytes.destroy();
    body.destroy();
  }
}

async function decoderOf(coding: string, bytes: Readable): Promise<Duplex> {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      // RFC 9110 §8.4.1.2 means zlib's format; some servers send the bare one.
      return isZlib(await firstByte(bytes)) ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new BodyFault('malformed', `the answer has an unknown encoding ${coding}`);
  }
}

/** RFC 1950: the lower half of the first byte is 8. A bare block of a text cannot start so. */
function isZlib(byte: number | null): boolean {
  return byte === null || (byte & 0x0f) === 8;
}

/** Looks at the first byte without taking it; null when there is none. */
async function firstByte(bytes: Readable): Promise<number | null> {
  for (;;) {
    const chunk: Buffer | null = bytes.read();
    if (chunk !== null) {
      bytes.unshift(chunk);
      return chunk[0] ?? null;
    }
    if (bytes.readableEnded || bytes.destroyed) return null;
    await Promise.race([once(bytes, 'readable'), once(bytes, 'end'), once(bytes, 'close')]);
  }
}
