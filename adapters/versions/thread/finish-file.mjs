import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;

/**
 * Brings a file that is complete to the disk.
 *
 * @param {string} path
 * @returns {string} its SHA-256, lower hex
 */
export function finishFile(path) {
  const file = openSync(path, 'r+');
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const length = readSync(file, chunk);
      if (length === 0) break;
      hash.update(chunk.subarray(0, length));
    }
    fsyncSync(file);
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

/**
 * A name in a statement.
 *
 * @param {string} name
 */
export function quoteName(name) {
  return `"${name.replaceAll('"', '""')}"`;
}
