import type { CountyAnswers, CountyHearers } from '../../county/follow/county-talk.js';
import type { AuditUnavailable } from '../../gateway/audit/audit-unavailable.js';
import type { Audit } from '../../gateway/audit/open-audit.js';
import type { Look, LookAnswer } from '../../gateway/health/look.js';
import { type Ending, RETIRING } from '../../gateway/http/listener/ending.js';
import { createOwnPort } from '../../gateway/http/listener/own-port.js';
import type { Logger } from '../../gateway/observe/logger.js';
import { type MetricFamily, sumUpMetrics } from '../../gateway/observe/metrics.js';
import { answerLedger } from '../../runtime/ledger/asked-ledger.js';
import { createLocalLedger } from '../../runtime/ledger/local-ledger.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { type FindRequest, findFirst } from '../run/request-memory.js';
import { serveHealthPort } from '../run/serve-health-port.js';
import type { ServeOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { createDealer } from './deal-connections.js';
import { type KeptWorker, startWorker, WorkerLost } from './kept-worker.js';
import { createWorkerMetrics } from './worker-metrics.js';

/** The longest that one waits for a worker's metrics. */
const METRICS_MS = 1000;
/** Before a worker that was lost is replaced: longer each time, until one has served for a minute. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
const SETTLED_MS = 60_000;

interface Keeping extends Pick<ServeOptions, 'address' | 'workers' | 'healthAddress'> {
  /** Where all workers record; it is closed at the end. */
  readonly recording: {
    readonly audit: Pick<Audit, 'append'> | null;
    close(): Promise<void>;
  };
  readonly logger: Logger;
  readonly io: VerbIo;
  /** What is said once they serve. Default: where. */
  readonly greet?: (url: string) => Promise<readonly string[]>;
  /** Where a request is looked for that no worker remembers, and no county is kept; absent: nowhere. */
  readonly findRequest?: FindRequest;
  /** The county that this process keeps and they serve; absent: they need nobody. */
  readonly county?: CountyForWorkers;
}

interface CountyForWorkers {
  /** What one of them is answered. */
  answersFor(): CountyAnswers;
  /** Metrics of its own. */
  families(): Promise<readonly MetricFamily[]>;
  /** Called with what tells all of them, and what asks them for a request. */
  onWorkers(tell: CountyHearers, find: FindRequest): void;
  /** Reads the files again, then has the workers do so. @param workers tells whether they serve what was read. */
  reread(workers: () => Promise<boolean>): Promise<boolean>;
}

/** Whether this process keeps others, which serve. */
export function isKeeper({ workers }: { readonly workers: number }, io: Pick<VerbIo, 'keeper'>): boolean {
  return workers > 1 && io.keeper === null;
}

/**
 * Runs this command in so many processes that share its port, until it is told to end. One that is lost is replaced; they
 * are replaced one after another, or read their files again, when the process is told so.
 *
 * @throws {CommandFailure} when the first one cannot serve; it has said why.
 */
export async function keepWorkers({
  address,
  workers: count,
  healthAddress,
  recording,
  logger,
  io,
  greet,
  findRequest = async () => null,
  county,
}: Keeping): Promise<ExitCode> {
  const dealer = createDealer(
    createOwnPort({ address, acceptsMore: true, connections: { pauseOnConnect: true } }),
  );
  const workers = new Set<KeptWorker>();
  const workerMetrics = createWorkerMetrics(count, () => [...workers].map(({ pid }) => pid));
  const ledger = createLocalLedger();
  let isEnding = false;
  let pauseMs = FIRST_PAUSE_MS;
  /** Renewals and rereadings come one after another. */
  let busy: Promise<unknown> = Promise.resolve();

  const record = async (
    records: Parameters<Audit['append']>[0][],
  ): Promise<(AuditUnavailable['reason'] | null)[]> =>
    Promise.all(
      records.map(async (one) => {
        try {
          await recording.audit?.append(one);
          return null;
        } catch (error) {
          return (error as AuditUnavailable).reason ?? 'cannot-write';
        }
      }),
    );

  const findInWorkers: FindRequest = async (...asked) => {
    const all = [...workers].map(({ talk }) => talk.ask('findRequest', ...asked).catch(() => null));
    return (await Promise.all(all)).find((found) => found !== null) ?? null;
  };

  const start = async (): Promise<KeptWorker> => {
    const worker = startWorker(
      (self) => ({
        record: (records) => record([...records]),
        ledger: (question) => answerLedger(ledger, question),
        scrape,
        askedBefore: async () => {
          const other = [...workers].find((worker) => worker !== self() && !worker.isLeaving);
          return (await other?.talk.ask('asked').catch(() => [])) ?? [];
        },
        takeConnections: () => dealer.include(self()),
        takeNoMore: async () => {
          if (isEnding) await dealer.stop();
          else dealer.exclude(self());
        },
        leaving: async () => {
          // Where all are told, the keeper is too.
          setImmediate(() => {
            if (!isEnding) void inTurn(() => renewOne(self()));
          });
        },
      }),
      county?.answersFor() ?? { findRequest: findFirst([findInWorkers, findRequest]) },
    );
    workers.add(worker);
    void worker.ended.then((how) => {
      workers.delete(worker);
      dealer.lose(worker);
      if (!worker.isLeaving && !isEnding) replaceLost(worker, how);
    });
    await worker.served;
    return worker;
  };

  const replaceLost = (worker: KeptWorker, how: object): void => {
    const lived = performance.now() - worker.startedAt;
    pauseMs = lived > SETTLED_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    workerMetrics.lost();
    logger.error({ pid: worker.pid, ...how, livedMs: Math.round(lived), pauseMs }, 'worker lost');
    // Not while files are read again: it would serve what they said before.
    setTimeout(() => {
      if (!isEnding) inTurn(start).catch(() => undefined);
    }, pauseMs).unref();
  };

  const renewOne = async (old: KeptWorker): Promise<boolean> => {
    if (!workers.has(old) || old.isLeaving) return true;
    try {
      const fresh = await start();
      logger.info({ pid: fresh.pid, instead: old.pid }, 'worker renewed');
    } catch (error) {
      logger.error({ err: error }, 'renewal refused');
      return false;
    }
    await old.end(RETIRING);
    return true;
  };

  const renewAll = async (): Promise<void> => {
    for (const worker of [...workers]) if (!(await renewOne(worker))) return;
  };

  const rereadWorkers = async (): Promise<boolean> => {
    let isServed = false;
    for (const worker of [...workers].filter(({ isLeaving }) => !isLeaving)) {
      // One that is lost meanwhile says nothing of the files; it is replaced.
      const said = await worker.talk.ask('reread').catch(() => null);
      if (said === false && !isServed) return false;
      // What one of them serves they all do: whoever cannot is replaced by one that can.
      if (said === false) await renewOne(worker);
      isServed ||= said === true;
    }
    return isServed;
  };

  const reread = (): Promise<boolean> =>
    county === undefined ? rereadWorkers() : county.reread(rereadWorkers);

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = busy.then(work);
    busy = turn.catch(() => undefined);
    return turn;
  };

  const scrape = async (): Promise<string> => {
    const all = await Promise.all([...workers].map((worker) => metricsOf(worker)));
    const own = await county?.families();
    const known = [...all, own ?? null].filter((families) => families !== null);
    return sumUpMetrics([...known, await workerMetrics.families()]);
  };

  const endAll = async (ending: Ending): Promise<void> => {
    isEnding = true;
    await Promise.all([...workers].map((worker) => worker.end(ending)));
  };

  /** One that leaves answers that it is not ready. */
  const look = (asked: Look): Promise<LookAnswer> => {
    const all = [...workers];
    const worker = all.find(({ isLeaving }) => !isLeaving) ?? all[0];
    return worker === undefined
      ? Promise.reject(new Error('no worker serves'))
      : worker.talk.ask('look', asked);
  };

  const tellAll = async (tell: (worker: KeptWorker) => Promise<void>): Promise<void> => {
    await Promise.all([...workers].map((worker) => tell(worker).catch(() => undefined)));
  };

  let stopHealth = async (): Promise<void> => undefined;
  try {
    county?.onWorkers(
      {
        told: (...told) => tellAll(({ talk }) => talk.ask('told', ...told)),
        logLevel: (change) => tellAll(({ talk }) => talk.ask('logLevel', change)),
      },
      findInWorkers,
    );
    const first = await start();
    // From here on requests may have been accepted.
    const stopped = io.untilStopped();
    await Promise.all(Array.from({ length: count - 1 }, start));
    io.onReread(() => inTurn(reread));
    io.onRenew(() => inTurn(renewAll));
    stopHealth = await serveHealthPort(healthAddress, look, io);
    const url = await first.served;
    for (const line of (await greet?.(url)) ?? [`GraphQL: ${url}`]) io.say(line);
    await endAll(await stopped);
    return EXIT.ok;
  } catch (error) {
    await endAll({ ...RETIRING, lingerMs: 0 });
    if (!(error instanceof WorkerLost)) throw error;
    // It has said why.
    return error.code === EXIT.usage || error.code === EXIT.findings ? error.code : EXIT.usage;
  } finally {
    await stopHealth();
    await dealer.stop();
    await recording.close();
  }
}

async function metricsOf({ talk }: KeptWorker): Promise<readonly MetricFamily[] | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), METRICS_MS);
  });
  const found = await Promise.race([talk.ask('metrics').catch(() => null), late]);
  clearTimeout(timer);
  return found;
}
