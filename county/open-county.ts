import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { OpenOptions } from '../adapters/adapter-kind.js';
import type { FileEvent } from '../adapters/file/file-event.js';
import type { DropState } from '../adapters/file/file-object.js';
import type { DropsElsewhere } from '../adapters/file/followed-drops.js';
import type { SourceAdapter } from '../adapters/source-adapter.js';
import type { Sharing } from '../adapters/versions/sharing.js';
import type { CallContext } from '../runtime/call/call-context.js';
import type { Clock } from '../runtime/clock.js';
import type { CallLedger } from '../runtime/ledger/call-ledger.js';
import type { Problem } from '../runtime/yaml/problem.js';
import { createDayCounts } from '../subgraphs/engine/calls/day-counts.js';
import { createCallBook } from '../subgraphs/engine/calls/shared/call-book.js';
import { openStoredDayCounts } from '../subgraphs/engine/calls/stored-day-counts.js';
import type { EngineEnvironment } from '../subgraphs/engine/compile/compiled-interface.js';
import type { CountyKeeper } from '../subgraphs/engine/follow/county-keeper.js';
import { type Department, openDepartment } from '../subgraphs/engine/open-department.js';
import type { CountyOffer } from '../subgraphs/feed/counties/county-offer.js';
import type { FeedPort } from '../subgraphs/feed/feed.js';
import { forwardedHands } from '../subgraphs/feed/feed-hands.js';
import { createRemoteFeed } from '../subgraphs/feed/remote-feed.js';
import { foldFeeds } from '../subgraphs/hub/fan/folded-feed.js';
import { createHubResolvers } from '../subgraphs/hub/hub-resolvers.js';
import { namesOfEnum } from '../subgraphs/hub/reference/reference.js';
import { parseAreas } from '../subgraphs/hub/route/areas.js';
import { parseRoutingFacts } from '../subgraphs/hub/route/routing-facts.js';
import type { RoutingReference } from '../subgraphs/hub/route/routing-reference.js';
import type { Hands } from '../subgraphs/port/hands.js';
import type { InterfaceOutcome } from '../subgraphs/port/interface-outcome.js';
import { createLocalSubgraph } from '../subgraphs/port/local-subgraph.js';
import type { InterfaceWatch } from '../subgraphs/port/observation.js';
import type { RequestMemory } from '../subgraphs/port/request-report.js';
import type { SourceObserver } from '../subgraphs/port/source-observer.js';
import type { SubgraphPort } from '../subgraphs/port/subgraph-port.js';
import { buildSubgraph, mergeResolvers } from '../subgraphs/port/subgraph-schema.js';
import { partsOf } from '../subgraphs/port/watched-parts.js';
import { digestPersonKey } from '../subgraphs/registry/index-meta.js';
import { createRegistry, type Registry } from '../subgraphs/registry/registry.js';
import { createRegistryResolvers } from '../subgraphs/registry/registry-resolvers.js';
import { createRemoteRegistry } from '../subgraphs/registry/remote-registry.js';
import { HUB, REGISTRY } from '../subgraphs/subgraph-folder.js';
import { parseClosedSeasons } from '../subgraphs/values/dates/parse-closed-seasons.js';
import { parseWorkingDays } from '../subgraphs/values/dates/parse-working-days.js';
import type { WorkingDays } from '../subgraphs/values/dates/working-days.js';
import type { Townships } from '../subgraphs/values/places/townships.js';
import type { Config } from './config/config.js';
import type { CountySettings } from './config/counties-settings.js';
import { connectionDialects } from './connection-dialects.js';
import { countiesBelow, describeCounty, townshipsOf } from './counties/describe-county.js';
import { openCounties } from './counties/open-counties.js';
import { ownDepartments, setAsideOthers } from './counties/own-departments.js';
import { dropConnections, openConnection } from './open-connection.js';
import { openSnapshotStore } from './open-snapshot-store.js';
import { type CountySubgraph, readCounty } from './read-county.js';
import { systemContext } from './system-context.js';

export interface CountyOptions {
  readonly root: string;
  readonly config: Config;
  readonly clock: Clock;
  readonly observer: SourceObserver;
  /** Where the identity index is kept. */
  readonly registryFile: string;
  /** Where daily quotas are counted beyond a restart. Default: counts are lost with the process. */
  readonly dayCountsFile?: string;
  /** Where the embedded store keeps snapshots. Default: none are kept, and every interface is asked at its source, whatever its mapping says. */
  readonly snapshotFolder?: string;
  /** Told of what happens to dropped files. */
  readonly onFileEvent?: (event: FileEvent) => void;
  /** Where it is kept what counties below said last of themselves. Default: nowhere. */
  readonly countiesFolder?: string;
  /** What is known of its interfaces by watching them. Default: nobody does. */
  readonly watch?: InterfaceWatch;
  /** What those who run it do to interfaces; one that follows is told by its keeper which are paused. Default: nobody does anything. */
  readonly hands?: Hands;
  /** What is remembered of requests. Default: nothing. */
  readonly requests?: RequestMemory;
  /** How a subgraph is reached that runs in another process; null for those of this one. Default: none does. */
  readonly elsewhere?: (name: string) => SubgraphPort | null;
  /** Which other processes serve the same county; absent: none does. */
  readonly shared?: SharedCounty;
  /** Where calls to sources are counted with those of other machines. Absent: by this process alone. */
  readonly callLedger?: WatchedCallLedger;
}

/** The opener closes it. */
export interface WatchedCallLedger extends Pick<CallLedger, 'ask' | 'patienceMs'> {
  /** Told at first, and when it changes: that it is away and why, or that it answers (null). */
  onChange(away: Error | null): void;
}

/** A county that several processes serve, one of which keeps it: it reads snapshots, drops and the index, and looks at sources. */
export interface SharedCounty {
  /** All that may ask its sources at one time. */
  readonly processes: number;
  /** The process that keeps it, for those that follow; null: this one. */
  readonly keeper: FollowedKeeper | null;
}

/** As one that follows sees it. */
export interface FollowedKeeper extends CountyKeeper, DropsElsewhere {
  drops(): Promise<readonly DropState[]>;
  /** Resolves when there is an index. */
  buildIndex(): Promise<void>;
}

/** All subgraphs of a county in this process. */
export interface County {
  /** Its own; those whose interfaces are left to counties below it are not among them. */
  readonly departments: readonly Department[];
  readonly registry: Registry;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  readonly subgraphs: ReadonlyMap<string, SubgraphPort>;
  readonly adapters: ReadonlyMap<string, SourceAdapter>;
  /** What is wrong in the files that it was opened from: these interfaces are MISSING, or something is to be corrected. */
  readonly problems: readonly Problem[];
  /** What it offers the hub above it. */
  readonly offer: CountyOffer;
  /** How the interfaces stand whose rows are dropped as files. */
  drops(): Promise<readonly DropState[]>;
  /** Asks every interface for its watermark. */
  refreshFreshness(context: CallContext): Promise<readonly InterfaceOutcome[]>;
  /**
   * Reads every source of which a snapshot is kept and due. Never fails.
   *
   * @param until resolves when `all` have been read, or those without which their interface is `missing`: what answers
   * for keys is asked for them meanwhile. Default `all`.
   */
  keepSnapshots(until?: 'all' | 'missing'): Promise<void>;
  /** Leaves sources, snapshots and index to another county on the same folder; it answers on from what it has. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens what `rover.yaml` names, from the folders under `subgraphs/`. Sources may be down, and files of departments may
 * have errors: what they concern is MISSING.
 *
 * @throws {MappingError} when a file that all departments share has errors.
 */
export async function openCounty(options: CountyOptions): Promise<County> {
  const { root, config, clock, observer, elsewhere = () => null, shared, hands = null } = options;
  const keeper = shared?.keeper ?? null;
  const sharing: Sharing = shared === undefined ? 'alone' : keeper === null ? 'keeps' : 'follows';
  const isOwn = ownDepartments(config.gateway.departments);
  const { subgraphs, canonical, codes, problems } = readCounty(
    root,
    (name) => (elsewhere(name) === null && isOwn(name) ? connectionDialects(config) : null),
    config.gateway.deadline,
  );
  const adapters = openAdapters(config.connections, {
    clock,
    sharing,
    ...(keeper !== null && { dropsElsewhere: keeper }),
    ...(options.onFileEvent !== undefined && { onFileEvent: options.onFileEvent }),
  });
  const personKey = config.personKey.reveal();
  const { dayCountsFile, snapshotFolder } = options;
  const snapshots =
    snapshotFolder === undefined
      ? null
      : openSnapshotStore(config.gateway.snapshots, snapshotFolder, sharing);
  const dayCounts = dayCountsFile === undefined ? createDayCounts() : openStoredDayCounts(dayCountsFile);
  const { callLedger } = options;
  const callBook =
    callLedger === undefined ? null : createCallBook(callLedger, dayCounts.holder, callLedger.onChange);
  const environment: EngineEnvironment = {
    ...codes,
    personKey,
    clock,
    observer,
    dayCounts,
    ...(callBook !== null && { callBook }),
    ...readLegalTimes(root, canonical),
    knownRefs: (scheme) => registry.knownRefs(scheme),
    ...(snapshots !== null && { snapshots }),
    ...(shared !== undefined && { processes: shared.processes }),
    ...(keeper !== null && { keeper }),
    ...(options.watch !== undefined && { watch: options.watch }),
    ...(hands !== null && { pauses: hands, hands }),
  };
  const departments = openDepartments(
    setAsideOthers(subgraphs, config.gateway.departments),
    adapters,
    environment,
  );
  const own = departments.filter(({ name }) => elsewhere(name) === null && isOwn(name));
  const personKeyDigest = digestPersonKey(personKey);
  const counties = openCounties({
    settings: shareOfCounties(config.gateway.counties, shared?.processes ?? 1),
    personKeyDigest,
    ...(options.countiesFolder !== undefined && { folder: options.countiesFolder }),
  });
  await counties.contact(systemContext(clock, 'counties', CONTACT_BUDGET_MS));
  // Mappings are known everywhere; only the sources behind them are another machine's business.
  const ofDepartments = departments
    .filter(({ name }) => isOwn(name))
    .map(({ name, feed }) => {
      const remote = elsewhere(name);
      return remote === null ? feed : forwarding(createRemoteFeed(remote, feed.interfaces()), hands);
    });
  const feeds = [...ofDepartments, ...counties.feeds.map((feed) => forwarding(feed, hands))];
  const places = { townships: codes.townships, hasOwn: ofDepartments.length > 0, below: counties.feeds };
  const folded = foldFeeds('county', feeds);
  const registry = createRegistry({
    feeds,
    file: options.registryFile,
    personKey,
    clock,
    ...(keeper !== null && { buildElsewhere: keeper.buildIndex }),
  });
  const remoteRegistry = elsewhere(REGISTRY);
  const ownResolvers = new Map([
    [REGISTRY, createRegistryResolvers(registry)],
    [
      HUB,
      createHubResolvers({
        feeds,
        registry: remoteRegistry === null ? registry : createRemoteRegistry(remoteRegistry),
        cursorKey: config.cursorKey.reveal(),
        reference: {
          departments: namesOfEnum(canonical, 'Department'),
          townships: () => townshipsOf(places),
          counties: () => countiesBelow(counties.feeds),
          codeLists: codes.codeLists,
          now: () => clock.now(),
          workingDays: readWorkingDays(root),
          routing: readRouting(root, codes.townships),
          ...(options.requests !== undefined && { requests: options.requests }),
          ...(hands !== null && { hands }),
          ...(options.watch !== undefined && {
            parts: { all: partsOf(subgraphs.map(({ name }) => name)), incidents: options.watch.incidents },
          }),
        },
      }),
    ],
  ]);
  const schemas = new Map(
    subgraphs.flatMap(({ name, sdl, document }): readonly [string, GraphQLSchema][] => {
      if (sdl === null || document === null) return [];
      const mapped = departments.find((department) => department.name === name)?.resolvers ?? {};
      return [[name, buildSubgraph(sdl, mergeResolvers(mapped, ownResolvers.get(name) ?? {}), document)]];
    }),
  );
  return {
    departments: departments.filter(({ name }) => isOwn(name)),
    registry,
    schemas,
    subgraphs: new Map([...schemas].map(([name, schema]) => [name, createLocalSubgraph(name, schema)])),
    adapters,
    problems,
    offer: {
      feed: folded,
      describe: () => describeCounty({ ...places, feed: folded, personKeyDigest }),
    },
    drops: async () =>
      keeper?.drops() ??
      (await Promise.all(dropConnections(adapters).map((connection) => connection.states()))).flat(),
    refreshFreshness: async (context) => {
      const looked = [...own.map(({ feed }) => feed), ...counties.feeds];
      return (await Promise.all(looked.map((feed) => feed.freshness(context)))).flat();
    },
    keepSnapshots: async (until = 'all') => {
      const kept = own.flatMap(({ served }) => served.flatMap((one) => one.kept ?? []));
      const readings = kept.map(({ snapshot, isKeyed }) => ({ isKeyed, reading: snapshot.keep() }));
      const awaited = readings.filter(({ isKeyed }) => until === 'all' || !isKeyed);
      await Promise.all(awaited.map(({ reading }) => reading));
    },
    rest: async () => {
      const kept = own.flatMap(({ served }) => served.flatMap((one) => one.kept ?? []));
      await Promise.all([registry.rest(), ...kept.map(({ snapshot }) => snapshot.rest())]);
    },
    close: async () => {
      callBook?.close();
      await registry.close();
      await counties.close();
      await snapshots?.close();
      await Promise.all([...adapters.values()].map((adapter) => adapter.close()));
      dayCounts.close();
    },
  };
}

/** What is done by hand to interfaces that another process serves is checked and recorded here as well. */
function forwarding(feed: FeedPort, hands: Hands | null): FeedPort {
  return feed.hands === undefined ? feed : { ...feed, hands: forwardedHands(feed.hands, hands) };
}

/** A county below counts the places of all processes of this hub. */
function shareOfCounties(counties: readonly CountySettings[], processes: number): readonly CountySettings[] {
  return counties.map((one) => ({ ...one, places: Math.max(1, Math.floor(one.places / processes)) }));
}

/** The longest that a start waits for counties below: who answers later is taken in then. */
const CONTACT_BUDGET_MS = 3000;

/** What derived fields count by. @throws {MappingError} when one of the files has errors. */
export function readLegalTimes(
  root: string,
  canonical: DocumentNode,
): Pick<EngineEnvironment, 'workingDays' | 'closedSeasons'> {
  const seasons = 'schema/closed-seasons.yaml';
  const gears = namesOfEnum(canonical, 'FishingGear').map(({ code }) => code);
  return {
    workingDays: readWorkingDays(root),
    closedSeasons: parseClosedSeasons(readFileSync(join(root, seasons), 'utf8'), seasons, gears),
  };
}

/** @throws {MappingError} when the file has errors. */
export function readWorkingDays(root: string): WorkingDays {
  const file = 'schema/calendar/working-days.yaml';
  return parseWorkingDays(readFileSync(join(root, file), 'utf8'), file);
}

/** @throws {MappingError} when a file has errors. */
function readRouting(root: string, townships: Townships): RoutingReference {
  const [facts, areas] = ['schema/routing.yaml', 'schema/areas.geojson'] as const;
  const known = parseRoutingFacts(readFileSync(join(root, facts), 'utf8'), facts);
  const path = join(root, areas);
  // A county without outlines routes by names alone.
  const drawn = existsSync(path) ? parseAreas(readFileSync(path, 'utf8'), areas, townships, known) : [];
  return { townships, facts: known, areas: drawn };
}

/** Adapters by connection name; each opens itself when it is first used. */
export function openAdapters(
  connections: Config['connections'],
  options: OpenOptions = {},
): ReadonlyMap<string, SourceAdapter> {
  return new Map([...connections].map(([name, connection]) => [name, openConnection(connection, options)]));
}

export function openDepartments(
  subgraphs: readonly CountySubgraph[],
  adapters: ReadonlyMap<string, SourceAdapter>,
  environment: EngineEnvironment,
): readonly Department[] {
  return subgraphs.flatMap(({ department, document }) =>
    department === null ? [] : [openDepartment(department, document, adapters, environment)],
  );
}
