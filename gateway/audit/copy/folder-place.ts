import { constants, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '../../../runtime/error-code.js';
import { segmentOf } from '../trail/segment-names.js';
import { syncFolder } from '../trail/sync-folder.js';
import type { CopyPlace } from './copy-place.js';

/** Copies in a folder, such as a mounted disk of another machine. It is made with its first file. */
export function folderPlace(folder: string): CopyPlace {
  return {
    sizes: () => sizesIn(folder),
    add: (name, size, bytes) => addTo(folder, name, size, bytes),
    read: (name, start, length) => readFrom(join(folder, name), start, length),
    remove: (name) => rm(join(folder, name), { force: true }),
  };
}

async function sizesIn(folder: string): Promise<ReadonlyMap<string, number>> {
  const names = (await namesIn(folder)).filter((name) => segmentOf(name) !== null);
  return new Map(
    await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).size] as const)),
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function addTo(folder: string, name: string, size: number, bytes: Buffer): Promise<void> {
  if (size === 0) await mkdir(folder, { recursive: true });
  const file = await open(join(folder, name), constants.O_RDWR | constants.O_CREAT, 0o640);
  try {
    const found = (await file.stat()).size;
    if (found !== size) throw new Error(`${name} must have ${size} bytes, but has ${found}`);
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, size + done);
      done += bytesWritten;
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  if (size === 0) await syncFolder(folder);
}

async function readFrom(path: string, start: number, length: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
