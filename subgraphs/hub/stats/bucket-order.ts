import { compareCodePoints } from '../../values/texts/sort-text.js';

/** Buckets stand in the order of their keys, by code point; null last. */
export function compareBucketKeys(
  left: readonly (string | null)[],
  right: readonly (string | null)[],
): number {
  for (const [index, a] of left.entries()) {
    const b = right[index] ?? null;
    if (a === b) continue;
    if (a === null) return 1;
    if (b === null) return -1;
    const result = compareCodePoints(a, b);
    if (result !== 0) return result;
  }
  return 0;
}
