import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Drop, statDrop } from './drop.js';

/**
 * Copies a drop to where nobody writes to it.
 *
 * @param folder of the drop.
 * @returns the SHA-256 of its bytes, or null when it was written to, replaced or deleted meanwhile: the copy may then
 *   be a mix and must not be read.
 * @throws the file system's error when the copy cannot be written.
 */
export async function stageDrop(drop: Drop, folder: string, target: string): Promise<string | null> {
  const hash = createHash('sha256');
  await pipeline(
    createReadStream(drop.path),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(target, { flags: 'wx' }),
  );
  const after = await statDrop(folder, drop.name);
  return after?.stamp === drop.stamp ? hash.digest('hex') : null;
}
