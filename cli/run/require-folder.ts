import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemFailure } from '../system-failure.js';

/**
 * Makes a folder and sees that files can be written to it.
 *
 * @throws {CommandFailure} when they cannot: by permissions, a file in its place, a full or read-only disk.
 */
export function requireFolder(folder: string): void {
  const trial = join(folder, `.write-trial-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(trial, 'a line that needs a place on the disk\n');
    rmSync(trial);
  } catch (error) {
    throw systemFailure(error, folder) ?? error;
  }
}
