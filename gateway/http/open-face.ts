import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../runtime/clock.js';
import type { Access } from '../access/access.js';
import { createDoorkeeper } from '../access/doorkeeper.js';
import { createRulesByKey } from '../access/rules-by-key.js';
import type { Recorder } from '../audit/recorder.js';
import type { Executor } from '../execute/executor.js';
import { serveExport } from '../export/serve-export.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import type { FreshnessReader } from '../observe/source-metrics.js';
import type { AskedOperation } from '../plan/kept/kept-operation.js';
import { inTurns } from './admission/in-turns.js';
import { admitCallers } from './admit-callers.js';
import { createAnswerer } from './answer-asked.js';
import { startEndpoint } from './apollo-endpoint.js';
import type { ConsoleFile } from './console/console-files.js';
import { feedsConsole, serveConsole } from './console/serve-console.js';
import { type AllowedOrigins, serveOrigins } from './cors.js';
import { createDocumentStore } from './document-store.js';
import { type DropStanding, serveDrops } from './drops.js';
import { serveHealth } from './health.js';
import type { StandingReader } from './kept-answers.js';
import type { Lasting } from './lasting.js';
import { limitCallers } from './limits/limit-callers.js';
import type { ServingState } from './listener/ending.js';
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
import type { SharedTags } from './shared-tags.js';
import { registeredFirst, warmOperations } from './warm-operations.js';

export interface FaceOptions {
  readonly executor: Executor;
  readonly observer: GatewayObserver;
  readonly metrics: Metrics;
  readonly readFreshness: FreshnessReader;
  /** Absent: no answer is given again. */
  readonly standing?: StandingReader;
  /** What other machines tell of their answers. Absent: there are none. */
  readonly sharedTags?: SharedTags;
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
  /** The console's page, which is served where the graph has what it shows. Default: none. */
  readonly console?: readonly ConsoleFile[];
  readonly access: Access | 'open';
  readonly recorder?: Recorder;
  /** Whether it is noted how requests go. */
  readonly isNoted: boolean;
  /** Share of traces that are recorded; absent: no traces are made. */
  readonly traceRatio?: number;
  /** What is counted of callers, whichever graph they ask. */
  readonly lasting: Lasting;
  readonly state: () => ServingState;
}

/** What a graph's callers meet: it is given requests, and listens nowhere itself. */
export interface Face {
  readonly app: FastifyInstance;
  /** Makes these operations known, registered ones first. @param pauses as `warmOperations` has it. @returns how many are. */
  warm(asked: readonly AskedOperation[], isOver?: () => boolean, pauses?: number): Promise<number>;
  /** To be called when nothing is under way any more. */
  close(): Promise<void>;
}

/** `/graphql` and `/export`, registered operations, health, metrics and the console. */
export async function openFace(options: FaceOptions): Promise<Face> {
  const { executor, observer, metrics, limits, lasting, state, allowedOrigins = [] } = options;
  const { admission } = lasting;
  const documents = createDocumentStore(limits);
  const endpoint = await startEndpoint({ ...options, documents });
  const app = openApp(limits, state);
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
  limitCallers(app, lasting.quotas, observer);
  const operations = createRegisteredOperations(options.operations ?? [], options.keepsQueries === true);
  for (const operation of operations.all) documents.register(operation);
  const warmed = { executor, documents, limits, rules: createRulesByKey(executor, options.access) };
  const answerer = createAnswerer({ ...options, endpoint, documents, admission });
  const readSearch = createSearchReader(app, limits);
  serveGraphql(app, { answerer, operations, readSearch, allowedOrigins });
  serveOperations(app, { answerer, operations, readSearch });
  serveExport(app, {
    executor: inTurns(executor, admission),
    observer,
    clock: options.clock,
    limits,
    begun: lasting.exports,
  });
  serveHealth(app, { subgraphs: executor.subgraphs, readFreshness: options.readFreshness, state });
  if (options.readDrops !== undefined) serveDrops(app, options.readDrops);
  if (feedsConsole(executor.apiSchema)) serveConsole(app, options.console ?? []);
  app.get('/metrics', { config: { permission: 'metrics' } }, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.scrape()),
  );
  await app.ready();
  return {
    app,
    warm: (asked, isOver = () => state() !== 'serving', pauses) =>
      warmOperations(warmed, registeredFirst(operations.all, asked, warmed.rules), isOver, pauses),
    close: async () => {
      await app.close();
      await endpoint.stop();
    },
  };
}
