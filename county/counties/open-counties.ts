import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { UNGUARDED } from '../../gateway/transport/subgraph-guard.js';
import type { CallContext } from '../../runtime/call/call-context.js';
import { type CountyFeed, createCountyFeed } from '../../subgraphs/feed/counties/county-feed.js';
import type { CountySettings } from '../config/counties-settings.js';
import { NO_MEMORY, openCountyMemory } from './county-memory.js';
import { limitCountyPort } from './county-port.js';

/** The counties below a hub. */
export interface Counties {
  readonly feeds: readonly CountyFeed[];
  /** Asks every county what it has. Never fails. */
  contact(context: CallContext): Promise<void>;
  close(): Promise<void>;
}

interface CountiesOptions {
  readonly settings: readonly CountySettings[];
  readonly personKeyDigest: string;
  /** Where it is kept what they said last of themselves; absent: nowhere. */
  readonly folder?: string;
}

/** Nobody is asked before the first `contact`. */
export function openCounties({ settings, personKeyDigest, folder }: CountiesOptions): Counties {
  const pools = createOriginPools();
  const feeds = settings.map((one) => {
    const { code, title, url, key } = one;
    return createCountyFeed({
      county: { code, title },
      // A second breaker below that of counties would make its trials fail.
      port: limitCountyPort(createRemoteSubgraph({ name: code, url, pools, key, guard: UNGUARDED }), one),
      personKeyDigest,
      memory: folder === undefined ? NO_MEMORY : openCountyMemory(folder, code),
    });
  });
  return {
    feeds,
    contact: async (context) => {
      await Promise.all(feeds.map((feed) => feed.contact(context)));
    },
    close: () => pools.close(),
  };
}
