import type { FeedTally } from '../../feed/feed.js';
import { addDecimals } from '../../values/numbers/decimal.js';

/** Adds up tallies of disjoint sets of rows, bucket by bucket. */
export function addTallies(parts: readonly (readonly FeedTally[])[]): readonly FeedTally[] {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const buckets = new Map<string, FeedTally>();
  for (const tally of parts.flat()) {
    const text = JSON.stringify(tally.key);
    const bucket = buckets.get(text);
    buckets.set(
      text,
      bucket === undefined
        ? tally
        : {
            key: tally.key,
            count: bucket.count + tally.count,
            sums: bucket.sums.map((sum, index) => addDecimals(sum, tally.sums[index] ?? '0')),
          },
    );
  }
  return [...buckets.values()];
}
