/** The first `limit` items of the order, without sorting the others. */
export function firstInOrder<T>(
  items: Iterable<T>,
  compare: (left: T, right: T) => number,
  limit: number,
): readonly T[] {
  const kept: T[] = [];
  for (const item of items) {
    const last = kept.at(-1);
    if (kept.length >= limit && (last === undefined || compare(item, last) >= 0)) continue;
    kept.splice(placeOf(kept, item, compare), 0, item);
    if (kept.length > limit) kept.pop();
  }
  return kept;
}

function placeOf<T>(sorted: readonly T[], item: T, compare: (left: T, right: T) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle];
    if (at !== undefined && compare(at, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
