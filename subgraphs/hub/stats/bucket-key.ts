import type { FeedTally } from '../../feed/feed.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import type { StatsDimension } from '../../kinds/surface/dimensions.js';

/** The key of a tally's bucket: dimensions of rows from the tally, those of subjects from whom it is about. */
export function bucketKeyOf(
  by: readonly StatsDimension[],
  key: FeedTally['key'],
  ref: string | null,
  identity: SubjectIdentity | undefined,
): readonly (string | null)[] {
  let next = 0;
  return by.map((dimension) => {
    if (dimension.of === 'row') return key[next++] ?? null;
    if (dimension.attribute === 'id') return identity?.id ?? ref;
    return identity?.[dimension.attribute] ?? null;
  });
}
