import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../county/config/config.js';
import { EMBEDDED } from '../../county/config/snapshot-settings.js';
import { clockOf } from '../../county/county-clock.js';
import { followWatching } from '../../county/follow/follow-watch.js';
import { keepFresh } from '../../county/keep-fresh.js';
import { createGateway, type Gateway } from '../../gateway/create-gateway.js';
import { type BegunGraph, createGraphs } from '../../gateway/execute/begin-graph.js';
import { createLevelledLog, type LevelledLog } from '../../gateway/observe/levelled-log.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { createRequestBook } from '../../gateway/observe/request-book.js';
import { createStateLog } from '../../gateway/observe/state-log.js';
import type { ServedGraph } from '../../gateway/served-graph.js';
import { type Clock, createClockAhead } from '../../runtime/clock.js';
import { GATEWAY_PROCESS } from '../../subgraphs/port/watched-parts.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import type { StartOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { isKeeper } from '../workers/keep-workers.js';
import { acceptOrClose } from './accept-or-close.js';
import { accessOfStart, openRecorder } from './access-of.js';
import { hasConsole } from './console-of.js';
import { countRefused } from './count-refused.js';
import { countyFiles } from './county-files.js';
import { openStaff } from './county-staff.js';
import { countyStanding } from './county-standing.js';
import { editionOf } from './edition-of.js';
import { followCounty, stateLogElsewhere } from './follow-county.js';
import { gatewayOptionsOf } from './gateway-options.js';
import { keepCounty } from './keep-county.js';
import { loggerOf, setLevel } from './logger-of.js';
import { openCallLedger } from './open-call-ledger.js';
import { openForeground } from './open-foreground.js';
import { openPauses } from './open-pauses.js';
import { openShared } from './open-shared.js';
import { openTags } from './open-tags.js';
import { openWatching } from './open-watching.js';
import { planFileIn } from './plan-file-in.js';
import { type PreparedCounty, prepareCounty } from './prepare-county.js';
import { registeredOf } from './registered-of.js';
import { requireAddress } from './require-address.js';
import { rereadOnChange } from './reread-on-change.js';
import { serveHealthPort } from './serve-health-port.js';
import { serveOffer } from './serve-offer.js';
import { openServedCounty, type ServedCounty } from './served-county.js';
import { startMessage } from './start-message.js';
import { tellProblems } from './tell-problems.js';
import { tellRefused } from './tell-refused.js';
import { tracesOf } from './traces-of.js';

/**
 * A whole county, in this process or in several that share its port, until it is told to stop. What cannot work is refused before
 * anything is built.
 */
export async function startCounty(options: StartOptions, io: VerbIo): Promise<ExitCode> {
  const plain = loggerOf(io, 'warn');
  const { keeper } = io;
  if (keeper === null) await requireAddress(options.address);
  if (options.workers > 1) refuseTrial(options);
  const facts = (await keeper?.county.talk.ask('county')) ?? null;
  const prepared = await prepareCounty(options, io, facts);
  try {
    const { offer, snapshots, logLevel } = prepared.config.gateway;
    setLevel(plain, logLevel, io);
    if (options.workers > 1 && snapshots.store !== 'embedded') throw otherStore();
    if (offer !== null && keeper === null) await requireAddress(offer);
    const watching = options.watches ? rereadOnChange(io, () => countyFiles(prepared.root, options)) : io;
    const clock = facts === null ? clockOf(prepared.config) : createClockAhead(facts.clockAheadMs);
    const log = createLevelledLog(plain, clock);
    facts?.logLevels.forEach(log.change);
    keeper?.county.onLogLevel(log.change);
    if (isKeeper(options, io)) return await keepCounty(prepared, options, { io: watching, log });
    return await serveCounty(prepared, options, { io: watching, log, clock });
  } finally {
    await prepared.close();
  }
}

interface Serving {
  readonly io: VerbIo;
  readonly log: LevelledLog;
  readonly clock: Clock;
}

async function serveCounty(
  prepared: PreparedCounty,
  options: StartOptions,
  { io, log, clock }: Serving,
): Promise<ExitCode> {
  const { root, config, folder, problems, shown } = prepared;
  const { keeper } = io;
  const logger = log.of('PROCESSES');
  const states = keeper === null ? createStateLog(log.of('SOURCES')) : stateLogElsewhere(keeper.county);
  const isTrial = options.alsoFile !== undefined;
  // What a worker's looks find is what its keeper said, which has logged it.
  const listening = keeper === null ? states : { found: () => undefined };
  const freshness = keepFresh(clock, listening, (...look) => watching.looked(...look));
  const metrics = createMetrics(clock, freshness.read);
  const watching =
    keeper === null
      ? await openWatching({
          root,
          config: isTrial ? onItsOwn(config) : config,
          clock,
          folder: isTrial ? root : folder,
          logger: log.of('OBSERVING'),
          process: GATEWAY_PROCESS,
          metrics,
        })
      : followWatching(keeper.county.talk);
  const book = createRequestBook(clock);
  // A worker's keeper counts for it.
  const calls = await openCallLedger(
    keeper === null ? config.gateway : { sharedRedis: null },
    logger,
    (isUp) => metrics.requests.ledger('sources', isUp),
  );
  const readSdl = (): string => readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8');
  // A trial must not write where a county that serves keeps its plans.
  const planFile = planFileIn(isTrial ? root : folder, logger);
  const beginGraph = createGraphs(planFile);
  const begin = () => (options.engine === 'apollo' ? undefined : beginGraph(readSdl));
  const begun = begin();
  const following = keeper === null ? null : followCounty({ keeper: keeper.county, options, freshness });
  const openAny = following?.open ?? openServedCounty;
  const keeping =
    keeper === null
      ? await openPauses({
          folder: isTrial ? null : folder,
          clock,
          watching,
          config: isTrial ? onItsOwn(config) : config,
          logger,
        })
      : keeper.county;
  const staff = openStaff({
    clock,
    book,
    keeping,
    told: (name) => following?.told(name) ?? null,
    log,
    note: (...asked) => watching.note(...asked),
    look: freshness.look,
  });
  const open = (read: Config): Promise<ServedCounty> =>
    openAny({
      root,
      config: isTrial ? onItsOwn(read) : read,
      clock,
      observer: watching.watching(states.watching(metrics.sources)),
      watch: watching.watch,
      ...calls.options,
      requests: staff.requests,
      hands: staff.hands,
      folders: { own: isTrial ? root : folder, lasting: folder },
      logger: log.of('SOURCES'),
      say: io.say,
    });
  // What others hold back holds at once; what answers rest on is looked at.
  if ('start' in keeping) keeping.start(() => void freshness.look());
  let stopRecording = async (): Promise<void> => undefined;
  let closeShared = async (): Promise<void> => undefined;
  let closeTraces = async (): Promise<void> => undefined;
  let stopOffering = async (): Promise<void> => undefined;
  let stopHealth = async (): Promise<void> => undefined;
  let served = await open(config);
  let gateway: Gateway | null = null;
  try {
    if (keeper === null)
      tellProblems([...problems, ...served.errors].map(shown), served.county.departments, { io, logger });
    const { access, audit, issuer } = await accessOfStart(
      options,
      config.gateway,
      log.of('ACCESS'),
      io.environment,
    );
    const recording = await openRecorder(audit, keeper);
    stopRecording = recording.close;
    staff.admit({ access, audit, recorder: recording.recorder ?? null });
    const shared = await openShared(config.gateway, keeper);
    const tags = await openTags(config, logger, (isUp) => metrics.requests.ledger('answers', isUp));
    closeShared = async () => {
      await shared.close();
      await tags.close();
    };
    if (keeper === null) {
      metrics.watchCounty(() => countyStanding(served.county, clock));
      metrics.watchDisk(isTrial ? root : folder);
    }
    const traces = await tracesOf(config.gateway, metrics);
    closeTraces = async () => traces?.close();
    // It is read while the graph is opened in another thread.
    const isKept = served.keep();
    isKept.catch(() => undefined);
    const graphOf = (
      next: ServedCounty,
      begun: BegunGraph | undefined,
      keep: () => Promise<void>,
    ): ServedGraph => ({
      access,
      supergraphSdl: readSdl(),
      ...(config.gateway.sharedRedis !== null && { edition: editionOf(root) }),
      ...(begun !== undefined && { begun }),
      subgraph: ({ name }) => next.subgraph(name),
      readFreshness: freshness.read,
      standing: freshness.standing,
      readDrops: next.county.drops,
      ...registeredOf(config.gateway.operationsFolder ?? usualFolder(options, root), logger, io),
      begin: async () => {
        await keep();
        watching.observe(next.county);
        watching.start();
        await freshness.watch(next.county);
        served = next;
      },
      release: next.close,
    });
    const first = served;
    const askedBefore = (await keeper?.askedBefore()) ?? [];
    const openFirst = () =>
      createGateway({
        ...graphOf(first, begun, () => isKept),
        ...gatewayOptionsOf({
          options,
          settings: config.gateway,
          io,
          logger: log.of('REQUESTS'),
          clock,
          metrics,
          book,
          traces,
          recording,
          shared,
          askedBefore,
        }),
        ...tags.options,
      });
    if (keeper === null) {
      stopOffering = await serveOffer(() => served.county, config.gateway.offer, clock, io);
    }
    // From here on requests may have been accepted.
    const stopped = io.untilStopped();
    const opened = await openForeground(openFirst, options.address, 'Cannot start the county');
    gateway = opened;
    io.onReread(async () => {
      try {
        const graph = await countRefused(metrics.requests, async () => {
          const next = await open(prepared.reread());
          const keep = async (): Promise<void> => {
            await served.rest();
            await next.keep();
          };
          return acceptOrClose(next, served, () => graphOf(next, begin(), keep));
        });
        await opened.replace(graph);
        return true;
      } catch (error) {
        tellRefused(error, { io, logger });
        return false;
      }
    });
    await keeper?.serving(opened, metrics, staff.ownRequests);
    stopHealth = await serveHealthPort(options.healthAddress, opened.look, io);
    const demoDay = options.county.kind === 'demo' ? clock.today() : null;
    for (const line of await startMessage(opened.url, {
      demoDay,
      issuer,
      hasConsole: hasConsole(config.gateway),
    }))
      io.say(line);
    await opened.close(await stopped);
    return EXIT.ok;
  } finally {
    if ('stop' in keeping) keeping.stop();
    freshness.stop();
    await watching.close();
    await stopOffering();
    await stopHealth();
    await (gateway === null ? served.close() : gateway.close());
    await stopRecording();
    await closeShared();
    await calls.close();
    await closeTraces();
    await begun?.close();
  }
}

/** The demo's questions can be asked by their names. */
function usualFolder({ county }: StartOptions, root: string): string | null {
  return county.kind === 'demo' ? join(root, 'examples', 'queries') : null;
}

/** A trial must not write where a county that serves keeps its snapshots and history, nor tell people what that tells them. */
function onItsOwn(config: Config): Config {
  const alone = { snapshots: EMBEDDED, history: null, sharedRedis: null, channels: [] };
  return { ...config, gateway: { ...config.gateway, ...alone } };
}

/** @throws {CommandFailure} */
function refuseTrial({ alsoFile }: StartOptions): void {
  if (alsoFile === undefined) return;
  throw new CommandFailure(
    EXIT.usage,
    '--also 是试用，只能用一个进程，请去掉 --workers。Cannot start: --also is a trial in one process; leave --workers out.',
  );
}

function otherStore(): CommandFailure {
  return new CommandFailure(
    EXIT.usage,
    '--workers 目前只支持嵌入式快照库，gateway.yaml 中的 snapshots 为 ClickHouse。Cannot start: --workers needs the embedded store of snapshots, but gateway.yaml names ClickHouse; leave --workers out.',
  );
}
