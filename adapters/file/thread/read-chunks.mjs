import { createReadStream, readFileSync, statSync } from 'node:fs';

const SMALL_BYTES = 1 << 20;

/**
 * The bytes of a file, piece by piece; of a small file at once, which is many times faster than a stream.
 *
 * @param {string} path
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* readChunks(path) {
  if (statSync(path).size <= SMALL_BYTES) yield readFileSync(path);
  else yield* createReadStream(path);
}
