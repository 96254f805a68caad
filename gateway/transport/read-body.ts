import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { TransportFailure } from './transport-failure.js';

/** What `readBody` can undo, for `accept-encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/**
 * Reads an answer as UTF-8 text.
 *
 * @param maxBytes after decompression, so that a small answer cannot unfold into a huge one.
 * @throws {TransportFailure} SOURCE_TOO_LARGE, or SUBGRAPH_MALFORMED when it cannot be decompressed.
 */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<string> {
  const decoder = decoderOf(encoding);
  const bytes: AsyncIterable<Buffer> = decoder === null ? body : decompress(body, decoder);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new TransportFailure('SOURCE_TOO_LARGE', `the answer exceeds ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A body that is aborted ends the reading, and a reader that stops frees the socket. */
async function* decompress(body: Readable, decoder: Transform): AsyncGenerator<Buffer> {
  body.once('error', (error) => decoder.destroy(error));
  body.pipe(decoder);
  try {
    yield* decoder;
  } catch (error) {
    if (body.errored !== null) throw body.errored;
    throw new TransportFailure('SUBGRAPH_MALFORMED', 'the answer cannot be decompressed', { cause: error });
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
      throw new TransportFailure('SUBGRAPH_MALFORMED', `the answer has an unknown encoding ${encoding}`);
  }
}
