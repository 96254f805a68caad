import { readdir } from 'node:fs/promises';
import { errorCodeOf } from '../../../runtime/error-code.js';

const NAME = /^(\d{6,12})\.ndjson$/;

/** `000001.ndjson`. */
export function segmentName(segment: number): string {
  return `${String(segment).padStart(6, '0')}.ndjson`;
}

/** Number of a segment by its file's name; null for other files. */
export function segmentOf(name: string): number | null {
  const digits = NAME.exec(name)?.[1];
  return digits !== undefined && segmentName(Number(digits)) === name ? Number(digits) : null;
}

/** Numbers of the segments in a folder, in order; none where there is no folder. */
export async function listSegments(folder: string): Promise<readonly number[]> {
  try {
    const names = await readdir(folder);
    return names.flatMap((name) => segmentOf(name) ?? []).sort((one, other) => one - other);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
