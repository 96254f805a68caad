import type { CallContext } from '../../../runtime/call/call-context.js';
import { WaiterLeft, waitAs } from '../../../runtime/call/waiter.js';
import type { ErrorCode } from '../../../runtime/errors.js';
import type {
  FeedPage,
  FeedPageRequest,
  FeedPart,
  FeedPort,
  FeedTally,
  FeedTallyRequest,
  InterfaceInfo,
} from '../../feed/feed.js';
import type { Kind } from '../../kinds/kinds.js';
import { missingOutcome } from '../../port/interface-outcome.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';

/** Milliseconds kept back from the deadline, so that an answer without the slow department still arrives. */
const RESERVE_MS = 100;

type Asked<Request> = Request & { readonly interfaces: readonly string[] };

/** All departments' feeds as one: every interface asked for gets exactly one part, in the order of names. */
export interface FeedFan {
  /** Every interface there is, in the order of names. */
  interfaces(): readonly InterfaceInfo[];
  /** In the order of names. */
  interfacesOf(kind: Kind): readonly InterfaceInfo[];
  page(request: Asked<FeedPageRequest>, context: CallContext): Promise<readonly FeedPart<FeedPage>[]>;
  tally(
    request: Asked<FeedTallyRequest>,
    context: CallContext,
  ): Promise<readonly FeedPart<readonly FeedTally[]>[]>;
}

/** @throws {RangeError} when two departments name an interface alike. */
export function createFeedFan(feeds: readonly FeedPort[]): FeedFan {
  refuseTwins(feeds);
  const fanOut = async <T>(
    asked: readonly string[],
    context: CallContext,
    call: (feed: FeedPort, names: readonly string[]) => Promise<readonly FeedPart<T>[]>,
  ): Promise<readonly FeedPart<T>[]> => {
    const wanted = new Set(asked);
    const parts = await Promise.all(
      feeds.map((feed) => {
        const infos = feed.interfaces().filter(({ name }) => wanted.has(name));
        if (infos.length === 0) return [];
        const names = infos.map(({ name }) => name);
        return askDepartment(infos, context, () => call(feed, names));
      }),
    );
    return parts.flat().sort((left, right) => compareCodePoints(left.interface, right.interface));
  };
  let lists: readonly (readonly InterfaceInfo[])[] = [];
  let sorted: readonly InterfaceInfo[] = [];
  let byKind = new Map<Kind, readonly InterfaceInfo[]>();
  /** Every list of a request asks, and feeds hardly ever change. */
  const interfaces = (): readonly InterfaceInfo[] => {
    const offered = feeds.map((feed) => feed.interfaces());
    if (offered.length !== lists.length || offered.some((one, index) => one !== lists[index])) {
      lists = offered;
      sorted = offered.flat().sort((left, right) => compareCodePoints(left.name, right.name));
      byKind = new Map();
    }
    return sorted;
  };
  const interfacesOf = (kind: Kind): readonly InterfaceInfo[] => {
    const all = interfaces();
    const known = byKind.get(kind) ?? all.filter((info) => info.kind === kind);
    byKind.set(kind, known);
    return known;
  };
  return {
    interfaces,
    interfacesOf,
    page: (request, context) =>
      fanOut(request.interfaces, context, (feed, interfaces) =>
        feed.page({ ...request, interfaces }, context),
      ),
    tally: (request, context) =>
      fanOut(request.interfaces, context, (feed, interfaces) =>
        feed.tally({ ...request, interfaces }, context),
      ),
  };
}

function refuseTwins(feeds: readonly FeedPort[]): void {
  const owners = new Map<string, string>();
  for (const feed of feeds) {
    for (const { name } of feed.interfaces()) {
      const owner = owners.get(name);
      if (owner !== undefined) {
        throw new RangeError(
          `Cannot merge feeds: interface names must be unique, but ${name} is offered by ${owner} and by ${feed.department}`,
        );
      }
      owners.set(name, feed.department);
    }
  }
}

/** A department that throws, hangs or forgets an interface costs its own parts and nothing else. */
async function askDepartment<T>(
  infos: readonly InterfaceInfo[],
  context: CallContext,
  call: () => Promise<readonly FeedPart<T>[]>,
): Promise<readonly FeedPart<T>[]> {
  const started = performance.now();
  const answer = await beforeDeadline(call, context);
  const failed: ErrorCode | null = typeof answer === 'string' ? answer : null;
  const parts = new Map<string, FeedPart<T>>();
  if (typeof answer !== 'string') for (const part of answer) parts.set(part.interface, part);
  return infos.map(
    (info) =>
      parts.get(info.name) ??
      missingOutcome(info, failed ?? 'SUBGRAPH_MALFORMED', performance.now() - started),
  );
}

async function beforeDeadline<T>(call: () => Promise<T>, context: CallContext): Promise<T | ErrorCode> {
  try {
    return await waitAs({ deadline: context.deadline - RESERVE_MS }, call());
  } catch (error) {
    return error instanceof WaiterLeft ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNAVAILABLE';
  }
}
