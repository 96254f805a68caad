import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../runtime/clock.js';
import type { QuotaLedger } from '../../runtime/ledger/quota-ledger.js';
import type { Access } from '../access/access.js';
import { createDoorkeeper } from '../access/doorkeeper.js';
import type { Recorder } from '../audit/recorder.js';
import type { Executor } from '../execute/executor.js';
import { serveExport } from '../export/serve-export.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import type { FreshnessReader } from '../observe/source-metrics.js';
import { createAdmission } from './admission/admission.js';
import { inTurns } from './admission/in-turns.js';
import { admitCallers } from './admit-callers.js';
import { createAnswerer } from './answer-asked.js';
import { startEndpoint } from './apollo-endpoint.js';
import { type AllowedOrigins, serveOrigins } from './cors.js';
import { createDocumentStore } from './document-store.js';
import { type DropStanding, serveDrops } from './drops.js';
import { serveHealth } from './health.js';
import type { StandingReader } from './kept-answers.js';
import { limitCallers } from './limits/limit-callers.js';
import { requireJson } from './media-type.js';
import { openApp } from './open-app.js';
import { createSearchReader } from './read-search.js';
import { answerHttpErrors } from './refusals/http-errors.js';
import { bindCallers } from './registered/bind-callers.js';
import type { RegisteredOperation } from './registered/read-operations.js';
import { createRegisteredOperations } from './registered/registered-operations.js';
import { serveOperations } from './registered/serve-operations.js';
import type { RequestLimits } from './request-limits.js';
import { serveGraphql } from './serve-graphql.js';

interface ServerOptions {
  readonly executor: Executor;
  readonly observer: GatewayObserver;
  readonly metrics: Metrics;
  readonly readFreshness: FreshnessReader;
  /** Absent: no answer is given again. */
  readonly standing?: StandingReader;
  /** Absent where no files are dropped. */
  readonly readDrops?: () => Promise<readonly DropStanding[]>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly limits: RequestLimits;
  readonly allowedOrigins?: AllowedOrigins;
  /** Operations that callers may name. */
  readonly operations?: readonly RegisteredOperation[];
  /** Whether callers may name by its hash what they have sent before. Default false. */
  readonly keepsQueries?: boolean;
  readonly access: Access | 'open';
  readonly recorder?: Recorder;
  /** Where limits of callers are counted with other processes; its opener closes it. Absent: by this one alone. */
  readonly ledger?: QuotaLedger;
}

interface GatewayServer {
  readonly app: FastifyInstance;
  /** Takes no new requests, waits for those that run, at most `graceMs`, and then cuts them. */
  stop(graceMs: number): Promise<void>;
}

/** The gateway's HTTP face, not yet listening: `/graphql` and `/export`, registered operations, health and metrics. */
export async function createServer(options: ServerOptions): Promise<GatewayServer> {
  const { executor, observer, metrics, logger, limits, allowedOrigins = [] } = options;
  const documents = createDocumentStore(limits);
  const endpoint = await startEndpoint({ ...options, documents });
  let stopping = false;
  const isStopping = (): boolean => stopping;
  const admission = createAdmission({ waitMs: limits.waiting });
  const app = openApp({ limits, logger, isStopping, allowedOrigins, admission, observer });
  answerHttpErrors(app, limits, (error, requestId) =>
    observer.hiddenError({ requestId, subgraph: null, code: 'INTERNAL', error }),
  );
  serveOrigins(app, allowedOrigins);
  const door: Pick<GatewayObserver, 'turnedAway'> = {
    turnedAway: (event) => {
      observer.turnedAway(event);
      options.recorder?.turnedAway(event);
    },
  };
  admitCallers(app, createDoorkeeper(executor, options.access, options.recorder !== undefined), door);
  requireJson(app);
  bindCallers(app, door);
  limitCallers(app, limits, observer, options.ledger);
  const operations = createRegisteredOperations(options.operations ?? [], options.keepsQueries === true);
  for (const { query, document, hash } of operations.all) documents.register(query, document, hash);
  const answerer = createAnswerer({ ...options, endpoint, documents, admission });
  const readSearch = createSearchReader(app, limits);
  serveGraphql(app, { answerer, operations, readSearch, allowedOrigins });
  serveOperations(app, { answerer, operations, readSearch });
  serveExport(app, { executor: inTurns(executor, admission), observer, clock: options.clock, limits });
  serveHealth(app, { subgraphs: executor.subgraphs, readFreshness: options.readFreshness, isStopping });
  if (options.readDrops !== undefined) serveDrops(app, options.readDrops);
  app.get('/metrics', { config: { permission: 'metrics' } }, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.scrape()),
  );
  return {
    app,
    stop: async (graceMs) => {
      stopping = true;
      const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
      await app.close();
      clearTimeout(cut);
      await endpoint.stop();
    },
  };
}
