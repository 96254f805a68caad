import type { FeedTally } from '../../../feed/feed.js';
import { addMeasured } from '../../../feed/measured.js';

/** Adds up tallies of disjoint sets of rows, bucket by bucket. */
export function addTallies(parts: readonly (readonly FeedTally[])[]): readonly FeedTally[] {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const buckets = new Map<string, FeedTally>();
  for (const tally of parts.flat()) {
    const text = JSON.stringify(tally.key);
    const bucket = buckets.get(text);
    buckets.set(text, bucket === undefined ? tally : joinTallies(bucket, tally));
  }
  return [...buckets.values()];
}

function joinTallies(left: FeedTally, right: FeedTally): FeedTally {
  return {
    key: left.key,
    count: left.count + right.count,
    measures: left.measures.map((measured, index) => addMeasured(measured, right.measures[index])),
  };
}
