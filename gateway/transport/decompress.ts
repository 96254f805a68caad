import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { errorCodeOf } from '../../runtime/error-code.js';
import { TransportFailure } from './transport-failure.js';

/** For what `accept-encoding` names. */
const DECODERS = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', brotliDecompress],
]);

/**
 * @param maxBytes of the result, so that a small answer cannot unfold into a huge one.
 * @throws {TransportFailure}
 */
export function decompress(bytes: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const decode = DECODERS.get(encoding);
    if (decode === undefined) {
      reject(new TransportFailure('SUBGRAPH_MALFORMED', `the answer has an unknown encoding ${encoding}`));
      return;
    }
    decode(bytes, { maxOutputLength: maxBytes }, (error: NodeJS.ErrnoException | null, plain: Buffer) => {
      if (error === null) resolve(plain);
      else if (errorCodeOf(error) === 'ERR_BUFFER_TOO_LARGE') {
        reject(new TransportFailure('SOURCE_TOO_LARGE', `the answer exceeds ${maxBytes} bytes`));
      } else {
        const reason = 'the answer cannot be decompressed';
        reject(new TransportFailure('SUBGRAPH_MALFORMED', reason, { cause: error }));
      }
    });
  });
}
