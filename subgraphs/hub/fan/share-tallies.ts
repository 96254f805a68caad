import { perRequest } from '../../../runtime/call/per-request.js';
import { canonicalJson } from '../../../runtime/json/canonical-json.js';
import type { FeedPart, FeedTally } from '../../feed/feed.js';
import { conjunctsOf, leavesOf, type RowCondition } from '../../kinds/row-condition.js';
import type { FeedFan } from './feed-fan.js';

type Tallied = Promise<readonly FeedPart<readonly FeedTally[]>[]>;

/**
 * A fan that counts the same once a request, however many of its fields and steps ask: they see one state of the sources, and the
 * tuples are decoded once. What names subjects or rows is asked as it is, for its text would be longer than what it saves.
 */
export function shareTallies(fan: FeedFan): FeedFan {
  const known = perRequest(() => new Map<string, Tallied>());
  return {
    ...fan,
    tally: (request, context) => {
      if (leavesOf(request.where).some((leaf) => 'subject' in leaf || 'ids' in leaf))
        return fan.tally(request, context);
      const ofRequest = known(context);
      const key = canonicalJson({ ...request, where: flattened(request.where) });
      const tallied = ofRequest.get(key) ?? fan.tally(request, context);
      ofRequest.set(key, tallied);
      return tallied;
    },
  };
}

/** The same condition without conjunctions inside conjunctions. */
function flattened(where: RowCondition): RowCondition {
  const parts = conjunctsOf(where);
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { all: parts };
}
