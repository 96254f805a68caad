import type { FeedAge } from '../../feed/feed.js';
import type { FeedFan } from './feed-fan.js';

/** A hub's like, of which every question says how old its answer may be. */
export function aged<Hub extends { readonly fan: FeedFan }>(hub: Hub, age: FeedAge | undefined): Hub {
  if (age === undefined) return hub;
  const { fan } = hub;
  return {
    ...hub,
    fan: {
      ...fan,
      page: (request, context) => fan.page({ ...request, age }, context),
      tally: (request, context) => fan.tally({ ...request, age }, context),
    },
  };
}
