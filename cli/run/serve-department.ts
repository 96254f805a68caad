import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../../county/config/config.js';
import { clockOf } from '../../county/county-clock.js';
import { dayCountsFileOf } from '../../county/day-counts-file.js';
import { keepFresh } from '../../county/keep-fresh.js';
import { keepIndexed } from '../../county/keep-indexed.js';
import { keepSnapshots } from '../../county/keep-snapshots.js';
import { addressOfPart } from '../../county/observe/history/open-history.js';
import { lookAtSubgraph } from '../../county/observe/parts/look-at-subgraph.js';
import { type County, openCounty } from '../../county/open-county.js';
import { createLogger, type Logger } from '../../gateway/observe/logger.js';
import { createStateLog } from '../../gateway/observe/state-log.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import type { Clock } from '../../runtime/clock.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { listSubgraphs } from '../../subgraphs/compose/rover-config.js';
import { createSubgraphServer } from '../../subgraphs/port/serve-subgraph.js';
import { UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import { HUB, REGISTRY } from '../../subgraphs/subgraph-folder.js';
import { withConfig } from '../demo/county-of.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import { stateFolder } from '../state-folder.js';
import type { SubgraphOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { listenOn } from './listen-on.js';
import { logLevelOf } from './log-level.js';
import { setLevel } from './logger-of.js';
import { openCallLedger } from './open-call-ledger.js';
import { openWatching } from './open-watching.js';
import { requireAddress } from './require-address.js';
import { requireFolder } from './require-folder.js';
import { serveOffer } from './serve-offer.js';
import { openSubgraphHands } from './subgraph-hands.js';
import { tellProblems } from './tell-problems.js';

/**
 * One subgraph as an HTTP server of its own, until it is told to stop. The others are reached at their
 * `routing_url` of `rover.yaml`.
 */
export async function serveDepartment(options: SubgraphOptions, io: VerbIo): Promise<ExitCode> {
  const logger = createLogger(logLevelOf(io.environment, 'warn'));
  await requireAddress(options.address);
  return withConfig(options, io.environment, ({ config }) => {
    setLevel(logger, config.gateway.logLevel, io);
    return serveWith(config, options, { io, logger });
  });
}

interface Serving {
  readonly io: VerbIo;
  readonly logger: Logger;
}

async function serveWith(
  config: Config,
  options: SubgraphOptions,
  { io, logger }: Serving,
): Promise<ExitCode> {
  const root = findProjectRoot();
  const clock = clockOf(config);
  const folder = join(stateFolder(root, io.environment), 'subgraph', options.name);
  requireFolder(folder);
  const pools = createOriginPools();
  const { callerKey } = config.gateway;
  const signing = callerKey === null ? {} : { callerKey };
  const remotes = new Map(
    listSubgraphs(root)
      .subgraphs.filter(({ name }) => name !== options.name)
      .map(({ name, routingUrl }) => [
        name,
        createRemoteSubgraph({ name, url: routingUrl, pools, ...signing }),
      ]),
  );
  const states = createStateLog(logger);
  const isHub = options.name === HUB;
  const { gateway } = config;
  const history = addressOfPart(gateway.history, options.name);
  // The hub has no interfaces of its own: where they are, they are watched. It sees whether those processes answer.
  const subgraphs = isHub ? [...remotes.values()].map((port) => lookAtSubgraph(port, clock)) : [];
  const observer = await openWatching({
    root,
    config: { ...config, gateway: { ...gateway, history } },
    clock,
    folder,
    logger,
    process: options.name,
    parts: subgraphs,
  });
  const calls = await openCallLedger(gateway, logger, () => undefined);
  const freshness = keepFresh(clock, states, (outcomes, requestId) => observer.looked(outcomes, requestId));
  const { name } = options;
  const staff = await openSubgraphHands({ name, config, clock, folder, observer, freshness, logger });
  const county = await openCounty({
    root,
    ...calls.options,
    // Only lists and the register rest on counties below.
    config:
      isHub || options.name === REGISTRY ? config : { ...config, gateway: { ...gateway, counties: [] } },
    clock,
    observer: observer.watching(states.watching(UNOBSERVED)),
    watch: observer.watch,
    hands: staff.hands,
    registryFile: join(folder, 'identity-index.sqlite'),
    ...dayCountsFileOf(config, folder),
    snapshotFolder: join(folder, 'snapshots'),
    countiesFolder: join(folder, 'counties'),
    elsewhere: (name) => remotes.get(name) ?? null,
  });
  let stopReading = (): void => undefined;
  let stopIndexing = (): void => undefined;
  let stopOffering = async (): Promise<void> => undefined;
  try {
    const schema = schemaOf(county, options.name);
    const { problems, departments } = ownPart(county, options.name);
    tellProblems([...[...config.faults.values()].flat(), ...problems], departments, { io, logger });
    stopReading = await keepSnapshots(county);
    observer.observe({ ...county, departments });
    observer.start();
    staff.start();
    await freshness.watch(county);
    const app = await createSubgraphServer(schema, clock, { ...signing, tellsCalls: true });
    // From here on requests may have been accepted.
    const stopped = io.untilStopped();
    const origin = await listenOn(app, options.address);
    io.say(`GraphQL: ${origin}/graphql`);
    if (isHub) stopOffering = await serveOffer(() => county, gateway.offer, clock, io);
    if (options.name === REGISTRY) stopIndexing = keepOwnIndex(county, clock, logger);
    await stopped;
    await app.close();
    return EXIT.ok;
  } finally {
    await staff.close();
    freshness.stop();
    await observer.close();
    stopReading();
    stopIndexing();
    await stopOffering();
    await county.close();
    await calls.close();
    await pools.close();
  }
}

/** The departments may start later than the registry: it serves meanwhile, and takes them in when they are there. */
function keepOwnIndex({ registry }: County, clock: Clock, logger: Logger): () => void {
  let isStopped = false;
  let stop = (): void => undefined;
  keepIndexed(registry, clock, logger, () => undefined).then(
    (stopKeeping) => {
      stop = stopKeeping;
      if (isStopped) stop();
    },
    (error: unknown) => {
      if (!isStopped) logger.warn({ err: error }, 'identity index not built');
    },
  );
  return () => {
    isStopped = true;
    stop();
  };
}

function schemaOf({ schemas }: County, name: string): GraphQLSchema {
  const schema = schemas.get(name);
  if (schema !== undefined) return schema;
  const known = [...schemas.keys()].join(', ');
  throw new CommandFailure(
    EXIT.usage,
    `没有子图 ${JSON.stringify(name)}。Cannot serve a subgraph: its name must be one of ${known}, but is ${JSON.stringify(name)}.`,
  );
}

/** What concerns one department; the others run elsewhere and tell their own. */
function ownPart({ problems, departments }: County, name: string): Pick<County, 'problems' | 'departments'> {
  const own = departments.filter((department) => department.name === name);
  const concerned = new Set(own.flatMap(({ broken }) => broken.flatMap((one) => one.problems)));
  return { problems: problems.filter((problem) => concerned.has(problem)), departments: own };
}
