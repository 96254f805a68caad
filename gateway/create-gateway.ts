import { hash } from 'node:crypto';
import type { Clock } from '../runtime/clock.js';
import type { QuotaLedger } from '../runtime/ledger/quota-ledger.js';
import type { ListenAddress } from '../runtime/listen-address.js';
import { auditAnswers } from './audit/audit-answers.js';
import type { Recorder } from './audit/recorder.js';
import type { CarrierName } from './bytes/carrier.js';
import { createEngine, type Engine } from './execute/create-engine.js';
import type { Executor } from './execute/executor.js';
import { noteAnswers } from './execute/note-answers.js';
import { shareAnswers } from './execute/share-answers.js';
import type { Look, LookAnswer } from './health/look.js';
import type { ConsoleFile } from './http/console/console-files.js';
import type { AllowedOrigins } from './http/cors.js';
import { MAX_AGE_MS } from './http/kept-answers.js';
import { createLasting } from './http/lasting.js';
import { boundCosts } from './http/limits/bound-costs.js';
import { boundErrors } from './http/limits/bound-errors.js';
import type { ConnectionSource } from './http/listener/connection-source.js';
import { AT_ONCE, type Ending } from './http/listener/ending.js';
import { openListener } from './http/listener/open-listener.js';
import { createOwnPort } from './http/listener/own-port.js';
import { type Face, openFace } from './http/open-face.js';
import { readOperations } from './http/registered/read-operations.js';
import { DEFAULT_LIMITS, type RequestLimits } from './http/request-limits.js';
import { createSharedTags, type SharedTagsOptions } from './http/shared-tags.js';
import { NO_PAUSE } from './http/warm-operations.js';
import type { Logger } from './observe/logger.js';
import type { Metrics } from './observe/metrics.js';
import { observeGateway } from './observe/observe-gateway.js';
import type { RequestBook } from './observe/request-book.js';
import type { Traces } from './observe/traces/open-traces.js';
import type { AskedOperation } from './plan/kept/kept-operation.js';
import type { ServedGraph } from './served-graph.js';

export interface GatewayOptions extends ServedGraph {
  readonly address: ListenAddress;
  /** Who accepts its connections. Absent: this process, at that address, one a turn of the event loop. */
  readonly connections?: ConnectionSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Where answers are recorded; absent: nowhere. */
  readonly recorder?: Recorder;
  /** Where it is remembered how requests went. Absent: nowhere. */
  readonly book?: Pick<RequestBook, 'note'>;
  /** Sends traces of requests; its opener closes it. Absent: none are made. */
  readonly traces?: Pick<Traces, 'note' | 'ratio'>;
  readonly limits?: Partial<RequestLimits>;
  /** Where limits of callers are counted with other processes; its opener closes it. Absent: by this one alone. */
  readonly ledger?: QuotaLedger;
  /** Where machines that serve the same tell each other of answers; its opener closes it. Absent: there are none. */
  readonly tags?: SharedTagsOptions;
  /** What was asked of a gateway in whose place this one serves: it is known before the first request, or as much of it as 3 s allow. */
  readonly askedBefore?: readonly AskedOperation[];
  /** Default `compiled`. */
  readonly engine?: Engine;
  /** What answers go by, where the compiled engine serves. Default `bytes`. */
  readonly carrier?: CarrierName;
  /** Origins of web pages that may ask and read answers. Default: none. */
  readonly allowedOrigins?: AllowedOrigins;
  /** Whether callers may name by its hash what they have sent before (automatic persisted queries). Default false. */
  readonly keepsQueries?: boolean;
  /** The console's page, which is served where the graph has what it shows. Default: none. */
  readonly console?: readonly ConsoleFile[];
  /** Whether identical queries of one caller that run at once are carried out once. Default false. */
  readonly sharesAnswers?: boolean;
}

export interface Gateway {
  /** Where callers post: `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /**
   * Serves another graph from now on. Requests that are under way are answered by the one before, which is released after them.
   *
   * @throws {SupergraphInvalid} and whatever else speaks against it: what served before serves on, and the other is released.
   */
  replace(graph: ServedGraph): Promise<void>;
  /** What was asked for, the busiest first. */
  asked(): readonly AskedOperation[];
  /** Answers how it stands as its own port would; `openHealthPort` asks so. */
  look(asked: Look): Promise<LookAnswer>;
  /** Ends as it is told, by default at once, and releases the graph. Idempotent. */
  close(ending?: Ending): Promise<void>;
}

/** So long what was asked of the graph before is compiled for the next one. Milliseconds. */
const WARM_MS = 20_000;
/** The same, before any graph is served. The process in whose place it is to serve may be gone. Milliseconds. */
const WARM_FIRST_MS = 3000;

/** A graph that is served. */
interface Serving {
  readonly face: Face;
  readonly executor: Executor;
  close(): Promise<void>;
}

/**
 * A gateway that listens.
 *
 * @throws {SupergraphInvalid} and the system's error when the address cannot be had. The graph is released then.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { address, clock, logger, metrics, recorder, allowedOrigins = [] } = options;
  const takers = [options.book, options.traces].filter((taker) => taker !== undefined);
  const observer = observeGateway(metrics.requests, logger, takers);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const lasting = createLasting(limits, observer, options.ledger);
  metrics.requests.watchAdmission(() => lasting.admission.standing);
  const listener = openListener({
    limits,
    logger,
    allowedOrigins,
    admission: lasting.admission,
    observer,
    connections: options.connections ?? createOwnPort({ address, acceptsMore: false }),
  });

  const open = async (graph: ServedGraph): Promise<Serving> => {
    let executor: Executor | null = null;
    const close = async (): Promise<void> => {
      await executor?.close();
      await graph.release?.();
    };
    try {
      const own = await createEngine(options.engine ?? 'compiled', {
        supergraphSdl: graph.supergraphSdl,
        subgraph: graph.subgraph,
        observer,
        costs: boundCosts(limits),
        ...(options.carrier !== undefined && { carrier: options.carrier }),
        ...(graph.begun !== undefined && { graph: graph.begun }),
      });
      const bounded = boundErrors(options.sharesAnswers === true ? shareAnswers(own) : own, limits);
      const isNoted = takers.length > 0;
      const noted = isNoted ? noteAnswers(bounded) : bounded;
      executor = recorder === undefined ? noted : auditAnswers(noted, recorder);
      const { operations: said } = graph;
      const found = said === undefined ? null : readOperations(said.folder, own.apiSchema, limits);
      for (const problem of found?.problems ?? []) said?.onProblem(problem);
      const face = await openFace({
        executor,
        observer,
        metrics,
        readFreshness: graph.readFreshness,
        ...(graph.readDrops !== undefined && { readDrops: graph.readDrops }),
        ...(graph.standing !== undefined && { standing: graph.standing }),
        ...(options.tags !== undefined &&
          graph.edition !== undefined && {
            sharedTags: createSharedTags(options.tags, graph.edition, MAX_AGE_MS),
          }),
        logger,
        clock,
        access: graph.access,
        ...(recorder !== undefined && { recorder }),
        limits,
        isNoted,
        ...(options.traces !== undefined && { traceRatio: options.traces.ratio }),
        operations: found?.operations ?? [],
        keepsQueries: options.keepsQueries === true,
        ...(options.console !== undefined && { console: options.console }),
        allowedOrigins,
        lasting,
        state: listener.state,
      });
      return {
        face,
        executor,
        close: async () => {
          await face.close();
          await close();
        },
      };
    } catch (error) {
      await close();
      throw error;
    }
  };

  let serving = await open(options).catch(async (error: unknown) => {
    await lasting.close();
    throw error;
  });
  await options.begin?.();
  /** Graphs in whose place others serve, until nobody waits for their answers. */
  const retired = new Set<Promise<void>>();
  const put = (next: Serving): void => {
    const before = serving;
    serving = next;
    const isRetired = listener.handOver(next.face.app.routing).then(() => before.close());
    retired.add(isRetired);
    void isRetired.finally(() => retired.delete(isRetired));
  };
  await listener.handOver(serving.face.app.routing);
  const { askedBefore = [] } = options;
  const began = performance.now();
  if (askedBefore.length > 0)
    await serving.face.warm(askedBefore, () => performance.now() - began > WARM_FIRST_MS, NO_PAUSE);
  // Nobody waits for it: what is asked first is compiled first.
  void serving.face.warm(serving.executor.asked());
  let ended: Promise<void> | null = null;
  let replaced: Promise<void> = Promise.resolve();
  const end = async (ending: Ending): Promise<void> => {
    await listener.end(ending);
    await replaced;
    await Promise.all([...retired, serving.close()]);
    await lasting.close();
  };
  let url: string;
  try {
    url = `${await listener.listen()}/graphql`;
  } catch (error) {
    await end(AT_ONCE);
    throw error;
  }
  return {
    url,
    replace: (graph) => {
      const replacing = replaced.then(async () => {
        const began = performance.now();
        const tookMs = (): number => performance.now() - began;
        try {
          const next = await open(graph);
          if (ended === null) {
            await graph.begin?.();
            const isLate = (): boolean => ended !== null || tookMs() > WARM_MS;
            await next.face.warm(serving.executor.asked(), isLate);
            put(next);
          } else await next.close();
        } catch (error) {
          observer.graph({ outcome: 'refused', tookMs: tookMs(), error });
          throw error;
        }
        observer.graph({ outcome: 'replaced', tookMs: tookMs() });
        recorder?.changed({ action: 'graph-replaced', supergraph: hash('sha256', graph.supergraphSdl) });
      });
      // The next one waits for this, however it ends.
      replaced = replacing.catch(() => undefined);
      return replacing;
    },
    asked: () => serving.executor.asked(),
    look: async ({ path, headers, address: remoteAddress }) => {
      const {
        statusCode,
        headers: said,
        body,
      } = await serving.face.app.inject({
        url: path,
        headers: { host: 'health', ...headers },
        remoteAddress,
      });
      const single = Object.entries(said).map(([name, value]) => [name, String(value)]);
      return { status: statusCode, headers: Object.fromEntries(single), body };
    },
    close: (ending = AT_ONCE) => {
      ended ??= end(ending);
      return ended;
    },
  };
}
