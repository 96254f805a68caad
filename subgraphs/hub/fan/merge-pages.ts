import type { FeedRow } from '../../feed/feed.js';
import type { ComparePlaces } from './sort-rows.js';

/** Rows of one interface, in the direction of reading. */
export interface SortedPart {
  readonly interface: string;
  readonly rows: readonly FeedRow[];
}

export interface MergedRow {
  readonly interface: string;
  readonly row: FeedRow;
}

/**
 * The first `limit` rows of all parts together.
 *
 * There are some dozen parts at most, so the least head is found by looking at each.
 */
export function mergeParts(
  parts: readonly SortedPart[],
  compare: ComparePlaces,
  limit: number,
): readonly MergedRow[] {
  const heads = parts.filter(({ rows }) => rows.length > 0).map((part) => ({ part, next: 0 }));
  const merged: MergedRow[] = [];
  while (merged.length < limit) {
    let least: { readonly head: (typeof heads)[number]; readonly row: FeedRow } | undefined;
    for (const head of heads) {
      const row = head.part.rows[head.next];
      if (row === undefined) continue;
      if (least === undefined || compare(placeOf(head.part, row), placeOf(least.head.part, least.row)) < 0) {
        least = { head, row };
      }
    }
    if (least === undefined) break;
    merged.push({ interface: least.head.part.interface, row: least.row });
    least.head.next++;
  }
  return merged;
}

function placeOf(part: SortedPart, row: FeedRow): { sort: FeedRow['sort']; interface: string } {
  return { sort: row.sort, interface: part.interface };
}
