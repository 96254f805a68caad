import { setTimeout as wait } from 'node:timers/promises';
import { NO_MEMORY } from '../../county/counties/county-memory.js';
import { limitCountyPort } from '../../county/counties/county-port.js';
import type { CallContext } from '../../runtime/call/call-context.js';
import { publicError } from '../../runtime/errors.js';
import { COUNTY_VERSION, type CountyDescription } from '../../subgraphs/feed/counties/county-description.js';
import { type CountyFeed, createCountyFeed } from '../../subgraphs/feed/counties/county-feed.js';
import type { CountyMemory } from '../../subgraphs/feed/counties/county-link.js';
import { createOfferSchema } from '../../subgraphs/feed/counties/county-offer.js';
import type { FeedPort } from '../../subgraphs/feed/feed.js';
import { foldFeeds } from '../../subgraphs/hub/fan/folded-feed.js';
import { createLocalSubgraph } from '../../subgraphs/port/local-subgraph.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';

export const KEY_DIGEST = 'digest of the key of all';

/** What a county that answers wrongly says; absent: it answers as it should. */
export interface Behaviour {
  /** Changes the answer to a message. */
  answer?: (answer: unknown, message: { readonly operation: string }) => unknown;
  hangs?: boolean;
}

/** A county over given feeds, reached by texts alone, as by HTTP. */
export function offerOf(
  feeds: readonly FeedPort[],
  said: Partial<CountyDescription> = {},
  behaviour: Behaviour = {},
): SubgraphPort {
  const feed = foldFeeds('county', feeds);
  const describe = (): CountyDescription => ({
    version: COUNTY_VERSION,
    personKeyDigest: KEY_DIGEST,
    interfaces: feed.interfaces(),
    townships: [],
    counties: [],
    ...said,
  });
  const local = createLocalSubgraph(
    'county',
    createOfferSchema(() => ({ feed, describe })),
  );
  const overJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));
  return {
    ...local,
    execute: async (request, context: CallContext) => {
      if (behaviour.hangs === true) {
        await wait(Math.max(0, context.deadline - Date.now()));
        return { errors: [publicError('SUBGRAPH_TIMEOUT')] };
      }
      const answered = overJson(await local.execute(overJson(request), context));
      const message = request.variables?.request as { readonly operation: string };
      const data = behaviour.answer?.(answered.data?._feed, message) ?? answered.data?._feed;
      return { ...answered, ...(answered.data != null && { data: { _feed: data } }) };
    },
  };
}

/** The same county as a source of the hub above it. */
export function countyFeedOf(code: string, port: SubgraphPort, memory: CountyMemory = NO_MEMORY): CountyFeed {
  return createCountyFeed({
    county: { code, title: `${code}县` },
    port: limitCountyPort(port, { timeoutMs: null, places: 4 }),
    personKeyDigest: KEY_DIGEST,
    memory,
  });
}
