import type { CallContext } from '../../../runtime/call/call-context.js';
import { inCounty } from '../../port/county-name.js';
import { missingOutcome } from '../../port/interface-outcome.js';
import type { FeedPart, FeedPort, InterfaceInfo } from '../feed.js';
import type { CountyName } from './county-description.js';
import { handsOfCounty } from './county-hands.js';
import { type CountyLink, type CountyLinkOptions, createCountyLink } from './county-link.js';
import { watchCounty } from './county-watch.js';
import { outcomeFromCounty, pageFromCounty, tallyFromCounty } from './from-county.js';
import { pageToCounty, tallyToCounty } from './to-county.js';

/** A county below this hub, as the feed of one department. Whoever asks for its freshness asks what it has, too. */
export interface CountyFeed extends FeedPort, Pick<CountyLink, 'contact' | 'description' | 'fault'> {
  readonly county: CountyName;
}

/**
 * Everything that is asked crosses over as it is, with names translated: filters, positions, tallies, ages and marks.
 * Its own interfaces' states come back as they are. While the county itself gives nothing, all its interfaces are
 * MISSING for its reason; one that has never said which it has is named by a stand-in for each kind.
 */
export function createCountyFeed(options: CountyLinkOptions): CountyFeed {
  const { county } = options;
  const { code } = county;
  const link = createCountyLink(options);
  return {
    county,
    department: code,
    interfaces: link.interfaces,
    page: (request, context) => {
      const asked = pageToCounty(code, request);
      return ask(
        { link, code, request },
        (feed) => feed.page(asked, context),
        (part) => pageFromCounty(code, asked, part),
      );
    },
    tally: (request, context) => {
      const asked = tallyToCounty(code, request);
      return ask(
        { link, code, request },
        (feed) => feed.tally(asked, context),
        (part) => tallyFromCounty(code, asked, part),
      );
    },
    freshness: async (context: CallContext) => {
      await link.contact(context);
      const feed = link.feed();
      if (feed === null || link.fault() !== null) return missing(link, link.interfaces());
      return (await feed.freshness(context)).map((outcome) => outcomeFromCounty(code, outcome));
    },
    standing: async (context) => {
      const feed = link.feed();
      if (feed === null || link.fault() !== null)
        return missing(link, link.interfaces()).map((one) => ({ ...one, lookedAt: null }));
      const found = (await feed.standing?.(context)) ?? [];
      return found.map((one) => outcomeFromCounty(code, one));
    },
    snapshots: async (context) => {
      const kept = (await link.feed()?.snapshots?.(context)) ?? [];
      return kept.map((snapshot) => outcomeFromCounty(code, snapshot));
    },
    watch: watchCounty(code, link),
    hands: handsOfCounty(code, link),
    contact: link.contact,
    description: link.description,
    fault: link.fault,
  };
}

interface Asked {
  readonly link: CountyLink;
  readonly code: string;
  readonly request: { readonly kind: InterfaceInfo['kind']; readonly interfaces?: readonly string[] };
}

/** One part for each interface that is asked for. One that was forgotten, or gave no answer to the request, is missing. */
async function ask<T>(
  { link, code, request: { kind, interfaces } }: Asked,
  send: (feed: FeedPort) => Promise<readonly FeedPart<T>[]>,
  read: (part: FeedPart<T>) => FeedPart<T> | null,
): Promise<readonly FeedPart<T>[]> {
  const asked = link
    .interfaces()
    .filter((info) => info.kind === kind && (interfaces?.includes(info.name) ?? true));
  const feed = link.feed();
  if (feed === null) return missing(link, asked);
  const parts = new Map(
    (await send(feed)).map((part) => [inCounty(code, part.interface), read(part)] as const),
  );
  return asked.map(
    (info) =>
      parts.get(info.name) ?? {
        ...missingOutcome(info, 'COUNTY_MALFORMED', 0),
        reason: link.reasonOf('COUNTY_MALFORMED'),
      },
  );
}

function missing(link: CountyLink, asked: readonly InterfaceInfo[]): readonly FeedPart<never>[] {
  return asked.map((info) => ({ ...missingOutcome(info, 'COUNTY_UNAVAILABLE', 0), reason: link.fault() }));
}
