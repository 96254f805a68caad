import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { errorCodeOf } from '../../runtime/error-code.js';

/** Another text when one of the files is another one, or has another name beneath the folder. */
export function digestFiles(files: readonly string[], folder = '/'): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    hash.update(JSON.stringify([relative(folder, file), contentOf(file)]));
  }
  return hash.digest('hex');
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    return errorCodeOf(error) ?? String(error);
  }
}
