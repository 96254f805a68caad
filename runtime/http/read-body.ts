import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** What `readBody` can undo, for `accept-encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** A body that arrives but cannot be taken. */
export class BodyFault extends Error {
  override readonly name = 'BodyFault';
  readonly kind: 'too-large' | 'malformed';

  constructor(kind: BodyFault['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/**
 * Reads an answer's bytes, decompressed.
 *
 * @param encoding the `content-encoding` header; empty: none.
 * @param maxBytes after decompression, so that a small answer cannot unfold into a huge one.
 * @throws {BodyFault} beyond `maxBytes`, or when it cannot be decompressed; else whatever ends the stream.
 */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<Buffer> {
  const decoder = decoderOf(encoding);
  const bytes: AsyncIterable<Buffer> = decoder === null ? body : decompress(body, decoder);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyFault('too-large', `the answer exceeds ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body that is aborted ends the reading, and a reader that stops frees the socket. */
async function* decompress(body: Readable, decoder: Transform): AsyncGenerator<Buffer> {
  body.once('error', (error) => decoder.destroy(error));
  body.pipe(decoder);
  try {
    yield* decoder;
  } catch (error) {
    if (body.errored !== null) throw body.errored;
    throw new BodyFault('malformed', 'the answer cannot be decompressed', { cause: error });
  } finally {
    decoder.destroy();
    body.destroy();
  }
}

function decoderOf(encoding: string): Transform | null {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new BodyFault('malformed', `the answer has an unknown encoding ${encoding}`);
  }
}
