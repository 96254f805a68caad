import type { Config } from '../../county/config/config.js';
import { clockOf } from '../../county/county-clock.js';
import type { CountyAnswers, CountyHearers } from '../../county/follow/county-talk.js';
import { tellChanges } from '../../county/follow/keep-county.js';
import { keepFresh } from '../../county/keep-fresh.js';
import type { Recorder } from '../../gateway/audit/recorder.js';
import type { LevelledLog } from '../../gateway/observe/levelled-log.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { createStateLog } from '../../gateway/observe/state-log.js';
import { GATEWAY_PROCESS } from '../../subgraphs/port/watched-parts.js';
import type { ExitCode } from '../exit-code.js';
import type { StartOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { keepWorkers } from '../workers/keep-workers.js';
import { acceptOrClose } from './accept-or-close.js';
import { accessOfStart, openRecorder } from './access-of.js';
import { hasConsole } from './console-of.js';
import { countyFiles } from './county-files.js';
import { openHands } from './county-hands.js';
import { countyStanding } from './county-standing.js';
import { digestFiles } from './digest-files.js';
import { recordInAudit } from './hands-record.js';
import { keepEditions, type OpenedCountyFiles } from './kept-editions.js';
import { openCallLedger } from './open-call-ledger.js';
import { openPauses } from './open-pauses.js';
import { openWatching } from './open-watching.js';
import type { PreparedCounty } from './prepare-county.js';
import { type FindRequest, findFirst, findInAudit } from './request-memory.js';
import { serveOffer } from './serve-offer.js';
import { openServedCounty } from './served-county.js';
import { startMessage } from './start-message.js';
import { tellProblems } from './tell-problems.js';
import { tellRefused } from './tell-refused.js';

interface Keeping {
  readonly io: VerbIo;
  readonly log: LevelledLog;
}

/** This process, and one that takes the place of a worker while that still answers. */
const BESIDE_WORKERS = 2;

/**
 * Keeps a county that other processes serve: reads its snapshots and drops, builds its index, looks at its sources, offers it to the
 * hub above, and records what is answered, until it is told to end.
 */
export async function keepCounty(
  prepared: PreparedCounty,
  options: StartOptions,
  { io, log }: Keeping,
): Promise<ExitCode> {
  const { root, config, folder, problems, shown } = prepared;
  const clock = clockOf(config);
  const logger = log.of('PROCESSES');
  const states = createStateLog(log.of('SOURCES'));
  const freshness = keepFresh(clock, states, (...look) => watching.looked(...look));
  const metrics = createMetrics(clock, freshness.read);
  const watching = await openWatching({
    root,
    config,
    clock,
    folder,
    logger: log.of('OBSERVING'),
    process: GATEWAY_PROCESS,
    metrics,
  });
  const calls = await openCallLedger(config.gateway, log.of('SOURCES'), (isUp) =>
    metrics.requests.ledger('sources', isUp),
  );
  const processes = options.workers + BESIDE_WORKERS;
  const pauses = await openPauses({
    folder,
    clock,
    watching,
    config,
    logger,
  });
  let tellNow = async (): Promise<void> => undefined;
  const heard = async (): Promise<void> => {
    await tellNow();
    // Not before all know it: what they look at is what this finds.
    await freshness.look();
    await tellNow();
  };
  const setPause: CountyAnswers['setPause'] = async (...asked) => {
    const reach = await pauses.set(...asked);
    await heard();
    return reach;
  };
  let recorder: Recorder | null = null;
  // Its hub answers nobody; the hub above the county may ask it what the county lets it.
  const staff = openHands({
    clock,
    pauses: pauses.pauses,
    closed: null,
    record: recordInAudit(() => recorder),
    set: setPause,
    log: null,
    setNotes: (...asked) => watching.note(...asked),
    onForwarded: () => void freshness.look(),
  });
  const open = async (read: Config): Promise<OpenedCountyFiles> => {
    const filesDigest = digestFiles(countyFiles(root, options));
    const served = await openServedCounty({
      root,
      config: read,
      clock,
      observer: watching.watching(states.watching(metrics.sources)),
      watch: watching.watch,
      ...calls.options,
      requests: { find: async () => null },
      hands: staff,
      folders: { own: folder, lasting: folder },
      logger: log.of('SOURCES'),
      say: io.say,
      shared: { processes, keeper: null },
    });
    return { served, filesDigest };
  };
  let findInWorkers: FindRequest = async () => null;
  let tellLevel: CountyHearers['logLevel'] = async () => undefined;
  let auditFolder: string | null = null;
  const editions = keepEditions(await open(config), {
    watch: async (county) => {
      watching.observe(county);
      watching.start();
      await freshness.watch(county);
    },
    interfaces: watching.watch,
    facts: { processes, demoUrls: prepared.demoUrls },
    // A real county's clock is that of the machine, for all of them.
    clockAheadMs: () => (config.today === null ? 0 : clock.now().getTime() - Date.now()),
    findRequest: findFirst([(...asked) => findInWorkers(...asked), findInAudit(() => auditFolder)]),
    setPause,
    setLogLevel: async (change) => {
      log.change(change);
      await tellLevel(change);
    },
    logLevels: log.changes,
    noteIncidents: (...asked) => watching.note(...asked),
    foundMissing: async (outcome, requestId, said) => states.found(outcome, requestId, new Error(said)),
  });
  metrics.watchDisk(folder);
  metrics.watchCounty(() => countyStanding(editions.current.served.county, clock));
  let stopOffering = async (): Promise<void> => undefined;
  let stopTelling = (): void => undefined;
  try {
    const { served } = editions.current;
    tellProblems([...problems, ...served.errors].map(shown), served.county.departments, { io, logger });
    const { audit, issuer } = await accessOfStart(options, config.gateway, log.of('ACCESS'), io.environment);
    auditFolder = audit?.folder ?? null;
    pauses.start(() => void heard());
    // Workers wait for it where they need it.
    editions.begin().catch(() => undefined);
    stopOffering = await serveOffer(() => editions.current.served.county, config.gateway.offer, clock, io);
    const demoDay = options.county.kind === 'demo' ? clock.today() : null;
    const recording = await openRecorder(audit, null);
    recorder = recording.recorder ?? null;
    return await keepWorkers({
      ...options,
      recording,
      logger,
      io,
      greet: (url) => startMessage(url, { demoDay, issuer, hasConsole: hasConsole(config.gateway) }),
      county: {
        answersFor: editions.answersFor,
        families: metrics.families,
        onWorkers: (tell, find) => {
          findInWorkers = find;
          tellLevel = tell.logLevel;
          const telling = tellChanges(editions.all, freshness.looks, tell.told);
          stopTelling = telling.stop;
          tellNow = telling.now;
        },
        reread: async (workers) => {
          const began = performance.now();
          const tookMs = (): number => performance.now() - began;
          try {
            const next = await open(prepared.reread());
            await acceptOrClose(next.served, editions.current.served, () => editions.offer(next));
            const isServed = await workers();
            metrics.requests.graph({ outcome: isServed ? 'replaced' : 'refused', tookMs: tookMs() });
            return isServed;
          } catch (error) {
            metrics.requests.graph({ outcome: 'refused', tookMs: tookMs() });
            tellRefused(error, { io, logger });
            return false;
          } finally {
            await editions.settle();
          }
        },
      },
    });
  } finally {
    stopTelling();
    pauses.stop();
    freshness.stop();
    await watching.close();
    await stopOffering();
    await editions.close();
    await calls.close();
  }
}
