import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedPort, FeedSnapshot, FeedStanding, InterfaceInfo } from '../../feed/feed.js';
import type { Kind } from '../../kinds/kinds.js';
import { type InterfaceOutcome, missingOutcome } from '../../port/interface-outcome.js';
import { joinHands } from '../reference/hub-hands.js';
import { joinWatches } from '../reference/hub-watch.js';
import { createFeedFan } from './feed-fan.js';

/** All feeds of a county as one: what fails of one costs no other. */
export function foldFeeds(county: string, feeds: readonly FeedPort[]): FeedPort {
  const fan = createFeedFan(feeds);
  const taking = <Request extends { readonly kind: Kind | null; readonly interfaces?: readonly string[] }>(
    request: Request,
  ): Request & { readonly interfaces: readonly string[] } => {
    const { kind, interfaces: wanted } = request;
    const infos = fan.interfaces().filter((info) => info.kind === kind);
    const names = infos.map(({ name }) => name);
    return { ...request, interfaces: names.filter((name) => wanted?.includes(name) ?? true) };
  };
  return {
    department: county,
    interfaces: fan.interfaces,
    page: (request, context) => fan.page(taking(request), context),
    tally: (request, context) => fan.tally(taking(request), context),
    freshness: async (context) => (await Promise.all(feeds.map((feed) => freshnessOf(feed, context)))).flat(),
    standing: async (context) => (await Promise.all(feeds.map((feed) => standingOf(feed, context)))).flat(),
    snapshots: async (context) => (await Promise.all(feeds.map((feed) => snapshotsOf(feed, context)))).flat(),
    watch: joinWatches(feeds, null),
    hands: joinHands(feeds),
  };
}

async function freshnessOf(feed: FeedPort, context: CallContext): Promise<readonly InterfaceOutcome[]> {
  const started = performance.now();
  try {
    return await feed.freshness(context);
  } catch {
    const tookMs = performance.now() - started;
    return feed
      .interfaces()
      .map((info: InterfaceInfo) => missingOutcome(info, 'SUBGRAPH_UNAVAILABLE', tookMs));
  }
}

/** A department that does not answer is MISSING as a whole. */
export async function standingOf(feed: FeedPort, context: CallContext): Promise<readonly FeedStanding[]> {
  const started = performance.now();
  try {
    return (await feed.standing?.(context)) ?? [];
  } catch {
    const tookMs = performance.now() - started;
    return feed
      .interfaces()
      .map((info) => ({ ...missingOutcome(info, 'SUBGRAPH_UNAVAILABLE', tookMs), lookedAt: null }));
  }
}

/** A department that does not answer tells nothing of its snapshots. */
async function snapshotsOf(feed: FeedPort, context: CallContext): Promise<readonly FeedSnapshot[]> {
  try {
    return (await feed.snapshots?.(context)) ?? [];
  } catch {
    return [];
  }
}
