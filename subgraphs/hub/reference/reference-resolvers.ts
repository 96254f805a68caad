import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import { countyMoment } from '../../../runtime/clock.js';
import type { FeedPort, FeedSnapshot, FeedStanding, InterfaceInfo } from '../../feed/feed.js';
import { countyOf } from '../../port/county-name.js';
import type { CodeEntry, CodeList } from '../../values/codes/code-list.js';
import type { FeedFan } from '../fan/feed-fan.js';
import { standingOf } from '../fan/folded-feed.js';
import { createAwayNotes } from './away-notes.js';
import { correctionsResolver } from './corrections-resolver.js';
import { dataHealth } from './data-health.js';
import { handsResolvers, heldField, logLevelsField } from './hands-resolvers.js';
import { healthFields } from './health-fields.js';
import { joinHands } from './hub-hands.js';
import { joinWatches } from './hub-watch.js';
import { incidentsResolver } from './incidents-resolver.js';
import { noteResolvers } from './note-resolvers.js';
import type { Reference } from './reference.js';
import { requestResolver } from './request-resolver.js';

interface InterfaceArguments {
  readonly kind?: string | null;
  readonly name?: readonly string[] | null;
}

/** Mutations, and root fields that tell what there is: interfaces, departments, townships and code lists. */
export function referenceResolvers(
  fan: FeedFan,
  feeds: readonly FeedPort[],
  { departments, townships, counties, codeLists, requests, hands, parts, workingDays, now }: Reference,
) {
  const snapshotOf = createSnapshotReader(feeds);
  const standings = createStandingReader(feeds);
  const away = createAwayNotes();
  const watch = joinWatches(feeds, parts ?? null, away);
  const hubHands = joinHands(feeds, away);
  const watched = () => [
    ...fan.interfaces(),
    ...(parts?.all ?? []).map(({ name, department }) => ({ name, department: department ?? '' })),
  ];
  const show = (info: InterfaceInfo, at: Pick<GraphQLResolveInfo, 'path'> | null) => ({
    ...showInterface(info),
    standing: async (_args: unknown, context: CallContext) =>
      (await standings(context)).get(info.name) ?? null,
    snapshot: (_args: unknown, context: CallContext) => snapshotOf(info.name, context),
    paused: heldField(info, 'interface', { hubHands, ...away }, at),
    breakerOpened: heldField(info, 'source', { hubHands, ...away }, at),
    ...healthFields(info, watch, at),
  });
  const own = () => fan.interfaces().filter(({ name }) => countyOf(name) === null);
  const query = {
    interfaces: (
      _parent: unknown,
      { kind, name }: InterfaceArguments,
      _context: unknown,
      at: GraphQLResolveInfo,
    ) =>
      fan
        .interfaces()
        .filter((info) => kind == null || info.kind?.toUpperCase() === kind)
        .filter((info) => name == null || name.includes(info.name))
        .map((info) => show(info, at)),
    dataHealth: async (_parent: unknown, _args: unknown, context: CallContext, at: GraphQLResolveInfo) => {
      const { oldest, freshest, ...counts } = dataHealth(fan.interfaces(), await standings(context));
      return {
        ...counts,
        at: countyMoment(now()),
        oldest: oldest === null ? null : show(oldest, at),
        freshest: freshest === null ? null : show(freshest, at),
      };
    },
    incidents: incidentsResolver(watched, watch),
    // A county tells its departments itself what to put right.
    corrections: correctionsResolver(own, watch, { workingDays, now }),
    request: requestResolver(requests ?? null),
    logLevels: logLevelsField(hands ?? null),
    departments: () => departments,
    townships,
    counties,
    codeLists: (_parent: unknown, { name }: { readonly name?: string | null }) =>
      [...codeLists.values()]
        .filter(({ list }) => name === null || name === undefined || list === name)
        .sort((left, right) => (left.list < right.list ? -1 : 1))
        .map(showCodeList),
  };
  return {
    query,
    mutation: {
      ...handsResolvers({
        interfaces: () => fan.interfaces(),
        show: (info) => show(info, null),
        hands: hands ?? null,
        hubHands,
      }),
      ...noteResolvers({
        watched,
        isInterface: (name) => fan.interfaces().some((info) => info.name === name),
        watch,
        hands: hands ?? null,
        hubHands,
        workingDays,
      }),
    },
  };
}

/** Each department is asked once a request. */
function createStandingReader(
  feeds: readonly FeedPort[],
): (context: CallContext) => Promise<ReadonlyMap<string, FeedStanding>> {
  return perRequest(async (context) => {
    const found = await Promise.all(feeds.map((feed) => standingOf(feed, context)));
    return new Map(found.flat().map((one) => [one.interface, one]));
  });
}

type SnapshotReader = (interfaceName: string, context: CallContext) => Promise<FeedSnapshot | null>;

/** Each department is asked once a request. */
function createSnapshotReader(feeds: readonly FeedPort[]): SnapshotReader {
  const ofDepartment = new Map(
    feeds.map((feed) => [feed, perRequest((context) => feed.snapshots?.(context) ?? Promise.resolve([]))]),
  );
  return async (name, context) => {
    const owner = feeds.find((feed) => feed.interfaces().some((info) => info.name === name));
    const kept = owner === undefined ? [] : ((await ofDepartment.get(owner)?.(context)) ?? []);
    return kept.find((snapshot) => snapshot.interface === name) ?? null;
  };
}

function showInterface(info: InterfaceInfo) {
  const {
    name,
    title,
    department,
    kind,
    departments,
    fields,
    lookupOnly,
    requires = [],
    contact,
    catalogue,
  } = info;
  return {
    name,
    title,
    county: countyOf(name),
    department,
    kind: kind?.toUpperCase() ?? null,
    departments,
    fields: [...fields].sort(),
    lookupOnly,
    requires,
    contact: contact ?? null,
    catalogue: catalogue ?? null,
  };
}

function showCodeList({ list, title, enum: enumName, codes }: CodeList) {
  return { name: list, title, enum: enumName, codes: codes.map(showCode) };
}

function showCode({ code, label, aliases, value, from, until }: CodeEntry) {
  return { code, label, aliases, value, from: from ?? null, until: until ?? null };
}
