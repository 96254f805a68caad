import { statSync } from 'node:fs';
import { errorCodeOf } from './error-code.js';

/** A text that is another one when the file has changed: its times, size and identity, or why it cannot be looked at. */
export function fileState(path: string): string {
  try {
    const { mtimeNs, ctimeNs, size, ino } = statSync(path, { bigint: true });
    return [mtimeNs, ctimeNs, size, ino].join(' ');
  } catch (error) {
    return errorCodeOf(error) ?? String(error);
  }
}
