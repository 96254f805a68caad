import {
  COUNTY_VERSION,
  type CountyDescription,
  type CountyTownship,
} from '../../subgraphs/feed/counties/county-description.js';
import type { CountyFeed } from '../../subgraphs/feed/counties/county-feed.js';
import type { FeedPort } from '../../subgraphs/feed/feed.js';
import type { CountyStanding } from '../../subgraphs/hub/reference/reference.js';
import { inCounty } from '../../subgraphs/port/county-name.js';
import type { Townships } from '../../subgraphs/values/places/townships.js';

interface Described {
  /** All interfaces, as of one department. */
  readonly feed: FeedPort;
  readonly townships: Townships;
  /** Whether it has townships of its own: a hub of counties alone has none. */
  readonly hasOwn: boolean;
  readonly below: readonly CountyFeed[];
  readonly personKeyDigest: string;
}

/** What a county says of itself to the hub above it. */
export function describeCounty({ feed, personKeyDigest, ...told }: Described): CountyDescription {
  return {
    version: COUNTY_VERSION,
    personKeyDigest,
    interfaces: feed.interfaces(),
    townships: townshipsOf(told),
    counties: countiesBelow(told.below).map(({ code, title }) => ({ code, title })),
  };
}

/** Its own townships, then those of the counties below it. */
export function townshipsOf({
  townships,
  hasOwn,
  below,
}: Pick<Described, 'townships' | 'hasOwn' | 'below'>): readonly CountyTownship[] {
  const own = townships.list.map(({ code, name, english, otherNames }) => ({
    code,
    zh: name,
    en: english,
    otherNames,
    county: null,
  }));
  const others = below.flatMap((feed) =>
    (feed.description()?.townships ?? []).map((one) => ({ ...one, county: codeBelow(feed, one.county) })),
  );
  return [...(hasOwn ? own : []), ...others];
}

/** All counties below, and those below these: nobody knows more of them than of the county that tells of them. */
export function countiesBelow(below: readonly CountyFeed[]): readonly CountyStanding[] {
  return below.flatMap((feed) => {
    const reason = feed.fault();
    const state = reason === null ? 'LIVE' : 'MISSING';
    const further = (feed.description()?.counties ?? []).map(({ code, title }) => ({
      code: codeBelow(feed, code),
      title: `${feed.county.title} › ${title}`,
    }));
    return [feed.county, ...further].map((one) => ({ ...one, state, reason }));
  });
}

/** @param code as the county names one below itself; null: itself. */
function codeBelow({ county }: CountyFeed, code: string | null): string {
  return code === null ? county.code : inCounty(county.code, code);
}
