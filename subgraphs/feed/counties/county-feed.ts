import { type CallContext, endingAt } from '../../../runtime/call/call-context.js';
import { type ErrorCode, publicReason } from '../../../runtime/errors.js';
import { KINDS } from '../../kinds/kinds.js';
import { inCounty } from '../../port/county-name.js';
import { missingOutcome } from '../../port/interface-outcome.js';
import type { SubgraphPort } from '../../port/subgraph-port.js';
import type { FeedPart, FeedPort, InterfaceInfo } from '../feed.js';
import { createRemoteFeed, sendFeedMessage } from '../remote-feed.js';
import { unknownInfo } from '../unknown-info.js';
import {
  type CountyDescription,
  type CountyName,
  CountyUnusable,
  readCountyDescription,
} from './county-description.js';
import { infoFromCounty, outcomeFromCounty, pageFromCounty, tallyFromCounty } from './from-county.js';
import { pageToCounty, tallyToCounty } from './to-county.js';

/** Keeps what a county said of itself beyond a restart, so that a county that is away is missed by its interfaces. */
export interface CountyMemory {
  /** Null: nothing is kept. */
  recall(): unknown;
  keep(description: CountyDescription): void;
}

/** A county below this hub, as the feed of one department. Whoever asks for its freshness asks what it has, too. */
export interface CountyFeed extends FeedPort {
  readonly county: CountyName;
  /** Asks the county what it has. Never fails: what is wrong is told by `fault`. */
  contact(context: CallContext): Promise<void>;
  /** What it said last of itself; null: nothing, ever. */
  description(): CountyDescription | null;
  /** What keeps it from answering, as the last contact found; null: nothing. */
  fault(): string | null;
}

/** The longest that a county may take to say what it has, milliseconds. */
const CONTACT_MS = 3000;

interface CountyFeedOptions {
  readonly county: CountyName;
  /** Answers messages at `Query._feed`. */
  readonly port: SubgraphPort;
  /** Of this hub's own key, see `CountyDescription.personKeyDigest`. */
  readonly personKeyDigest: string;
  readonly memory: CountyMemory;
}

/**
 * Everything that is asked crosses over as it is, with names translated: filters, positions, tallies, ages and marks.
 * Its own interfaces' states come back as they are. While the county itself gives nothing, all its interfaces are
 * MISSING for its reason; one that has never said which it has is named by a stand-in for each kind.
 */
export function createCountyFeed({ county, port, personKeyDigest, memory }: CountyFeedOptions): CountyFeed {
  const { code } = county;
  const reasonOf = (error: ErrorCode, detail = ''): string =>
    publicReason(countyCodeOf(error), `${county.title}（${code}）。${detail}`);
  let described = recalled(memory, personKeyDigest);
  let remote = described === null ? null : createRemoteFeed(port, described.interfaces, reasonOf);
  let infos = described === null ? standIns(county) : infosOf(county, described);
  let fault: string | null = described === null ? reasonOf('COUNTY_UNAVAILABLE') : null;
  /** It answers, and not as this hub can use it. */
  let isUnusable = false;

  const missing = (asked: readonly InterfaceInfo[]): readonly FeedPart<never>[] =>
    asked.map((info) => ({ ...missingOutcome(info, 'COUNTY_UNAVAILABLE', 0), reason: fault }));
  /** What an interface that was forgotten, or whose answer is none to the request, counts as. */
  const malformed = (info: InterfaceInfo): FeedPart<never> => ({
    ...missingOutcome(info, 'COUNTY_MALFORMED', 0),
    reason: reasonOf('COUNTY_MALFORMED'),
  });
  const ask = async <T>(
    { kind, interfaces }: { readonly kind: InterfaceInfo['kind']; readonly interfaces?: readonly string[] },
    send: (feed: FeedPort) => Promise<readonly FeedPart<T>[]>,
    read: (part: FeedPart<T>) => FeedPart<T> | null,
  ): Promise<readonly FeedPart<T>[]> => {
    const asked = infos.filter((info) => info.kind === kind && (interfaces?.includes(info.name) ?? true));
    if (remote === null || isUnusable) return missing(asked);
    const parts = new Map(
      (await send(remote)).map((part) => [inCounty(code, part.interface), read(part)] as const),
    );
    return asked.map((info) => parts.get(info.name) ?? malformed(info));
  };
  const contact = async (context: CallContext): Promise<void> => {
    const bounded = endingAt(context, Date.now() + CONTACT_MS);
    const answer = await sendFeedMessage(port, { operation: 'county' }, bounded);
    if (answer.kind === 'failed') {
      fault = reasonOf(answer.code);
      return;
    }
    try {
      described = readCountyDescription(answer.data, personKeyDigest);
      remote = createRemoteFeed(port, described.interfaces, reasonOf);
      infos = infosOf(county, described);
      [fault, isUnusable] = [null, false];
      memory.keep(described);
    } catch (error) {
      if (!(error instanceof CountyUnusable)) throw error;
      [fault, isUnusable] = [reasonOf('COUNTY_INCOMPATIBLE', error.message), true];
    }
  };
  return {
    county,
    department: code,
    interfaces: () => infos,
    page: (request, context) => {
      const asked = pageToCounty(code, request);
      return ask(
        request,
        (feed) => feed.page(asked, context),
        (part) => pageFromCounty(code, asked, part),
      );
    },
    tally: (request, context) => {
      const asked = tallyToCounty(code, request);
      return ask(
        request,
        (feed) => feed.tally(asked, context),
        (part) => tallyFromCounty(code, asked, part),
      );
    },
    freshness: async (context) => {
      await contact(context);
      if (remote === null || fault !== null) return missing(infos);
      return (await remote.freshness(context)).map((outcome) => outcomeFromCounty(code, outcome));
    },
    snapshots: async (context) => {
      const kept = remote === null || isUnusable ? [] : ((await remote.snapshots?.(context)) ?? []);
      return kept.map((snapshot) => outcomeFromCounty(code, snapshot));
    },
    contact,
    description: () => described,
    fault: () => fault,
  };
}

/** What was kept by another version, or under another key, is not used. */
function recalled(memory: CountyMemory, personKeyDigest: string): CountyDescription | null {
  try {
    return readCountyDescription(memory.recall(), personKeyDigest);
  } catch (error) {
    if (error instanceof CountyUnusable) return null;
    throw error;
  }
}

function infosOf(county: CountyName, { interfaces }: CountyDescription): readonly InterfaceInfo[] {
  return interfaces.map((info) => infoFromCounty(county, info));
}

function standIns(county: CountyName): readonly InterfaceInfo[] {
  return KINDS.map((kind) => ({
    ...unknownInfo(county.code, {
      name: inCounty(county.code, kind.toLowerCase()),
      title: county.title,
      kind,
    }),
    standsFor: inCounty(county.code, ''),
  }));
}

/** What an exchange with a county failed with, said of the county. */
function countyCodeOf(code: ErrorCode): ErrorCode {
  switch (code) {
    case 'SUBGRAPH_TIMEOUT':
      return 'COUNTY_TIMEOUT';
    case 'SUBGRAPH_MALFORMED':
      return 'COUNTY_MALFORMED';
    // A message that it does not know.
    case 'BAD_USER_INPUT':
      return 'COUNTY_INCOMPATIBLE';
    case 'COUNTY_TIMEOUT':
    case 'COUNTY_MALFORMED':
    case 'COUNTY_KEY_REFUSED':
    case 'COUNTY_INCOMPATIBLE':
    case 'SOURCE_TOO_LARGE':
      return code;
    default:
      return 'COUNTY_UNAVAILABLE';
  }
}
