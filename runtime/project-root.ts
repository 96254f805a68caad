import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder that holds the project's `package.json`, the same from sources and from `dist/`.
 *
 * @param from where to start; the folder of this file unless told.
 * @throws {Error} when no folder above has one: the project was copied in part.
 */
export function findProjectRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) {
      throw new Error(
        `Cannot find the project: a folder above ${from} must hold package.json, but none does.`,
      );
    }
  }
}
