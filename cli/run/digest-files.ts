import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { errorCodeOf } from '../../runtime/error-code.js';

/** Another text when one of the files is another one. */
export function digestFiles(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    hash.update(JSON.stringify([file, contentOf(file)]));
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
