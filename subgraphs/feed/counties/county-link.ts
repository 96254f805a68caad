import type { GraphQLError } from 'graphql';
import { type CallContext, endingAt } from '../../../runtime/call/call-context.js';
import { type ErrorCode, publicError, publicReason } from '../../../runtime/errors.js';
import { KINDS } from '../../kinds/kinds.js';
import { inCounty } from '../../port/county-name.js';
import type { SubgraphPort } from '../../port/subgraph-port.js';
import type { FeedPort, InterfaceInfo } from '../feed.js';
import type { FeedHands } from '../feed-hands.js';
import { createRemoteFeed } from '../remote-feed.js';
import { remoteHands } from '../remote-hands.js';
import { sendFeedMessage } from '../send-feed-message.js';
import { unknownInfo } from '../unknown-info.js';
import {
  type CountyDescription,
  type CountyName,
  CountyUnusable,
  readCountyDescription,
} from './county-description.js';
import { infoFromCounty } from './from-county.js';

/** Keeps what a county said of itself beyond a restart, so that a county that is away is missed by its interfaces. */
export interface CountyMemory {
  /** Null: nothing is kept. */
  recall(): unknown;
  keep(description: CountyDescription): void;
}

/** The longest that a county may take to say what it has, milliseconds. */
const CONTACT_MS = 3000;

export interface CountyLinkOptions {
  readonly county: CountyName;
  /** Answers messages at `Query._feed`. */
  readonly port: SubgraphPort;
  /** Of this hub's own key, see `CountyDescription.personKeyDigest`. */
  readonly personKeyDigest: string;
  readonly memory: CountyMemory;
}

/** What is known of a county, and whether it can be asked. */
export interface CountyLink {
  /** Asks the county what it has. Never fails: what is wrong is told by `fault`. */
  contact(context: CallContext): Promise<void>;
  /** What it said last of itself; null: nothing, ever. */
  description(): CountyDescription | null;
  /** Its interfaces by the names of this hub; stand-ins of a county that never said which it has. */
  interfaces(): readonly InterfaceInfo[];
  /** Its feed, by its own names; null: it never said what it has, or what it says does not fit. */
  feed(): FeedPort | null;
  /** What can be done to its interfaces, by its own names. */
  readonly hands: FeedHands;
  /** What keeps it from answering, as the last contact found; null: nothing. */
  fault(): string | null;
  /** What is said of its interfaces when an exchange failed. */
  reasonOf(code: ErrorCode): string;
  /** The same as an error, beside what others gave. */
  errorOf(code: ErrorCode): GraphQLError;
}

export function createCountyLink({ county, port, personKeyDigest, memory }: CountyLinkOptions): CountyLink {
  const reasonOf = (error: ErrorCode, detail = ''): string =>
    publicReason(countyCodeOf(error), `${nameOf(county)}${detail}`);
  const feedOf = ({ interfaces }: CountyDescription): FeedPort =>
    createRemoteFeed(port, interfaces, reasonOf);
  let described = recalled(memory, personKeyDigest);
  let feed = described === null ? null : feedOf(described);
  let infos = described === null ? standIns(county) : infosOf(county, described);
  let fault: string | null = described === null ? reasonOf('COUNTY_UNAVAILABLE') : null;
  return {
    contact: async (context) => {
      const bounded = endingAt(context, Date.now() + CONTACT_MS);
      const answer = await sendFeedMessage(port, { operation: 'county' }, bounded);
      if (answer.kind === 'failed') {
        fault = reasonOf(answer.code);
        return;
      }
      try {
        described = readCountyDescription(answer.data, personKeyDigest);
        [feed, infos, fault] = [feedOf(described), infosOf(county, described), null];
        memory.keep(described);
      } catch (error) {
        if (!(error instanceof CountyUnusable)) throw error;
        [feed, fault] = [null, reasonOf('COUNTY_INCOMPATIBLE', error.message)];
      }
    },
    description: () => described,
    interfaces: () => infos,
    feed: () => feed,
    hands: remoteHands(port, {
      name: nameOf(county),
      refused:
        '须在该县操作，或由该县在 gateway.yaml 中写明 offer: { hands: true }。Do it at the county, or have it say offer: { hands: true } in its gateway.yaml.',
      codeOf: countyCodeOf,
    }),
    fault: () => fault,
    reasonOf,
    errorOf: (code) => publicError(countyCodeOf(code), nameOf(county)),
  };
}

function nameOf({ title, code }: CountyName): string {
  return `${title}（${code}）。`;
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
    // It has answered, and does not let the caller do it.
    case 'FORBIDDEN':
      return code;
    default:
      return 'COUNTY_UNAVAILABLE';
  }
}
