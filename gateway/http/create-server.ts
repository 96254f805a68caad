import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Clock } from '../../runtime/clock.js';
import type { Executor } from '../execute/executor.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import type { FreshnessReader } from '../observe/source-metrics.js';
import { startEndpoint } from './apollo-endpoint.js';
import { type DropStanding, serveDrops } from './drops.js';
import type { GatewayContext } from './gateway-context.js';
import { serveHealth } from './health.js';
import { answerHttpErrors, sendHttpError } from './http-errors.js';
import { chooseRequestId } from './request-id.js';
import type { RequestLimits } from './request-limits.js';

export interface ServerOptions {
  readonly executor: Executor;
  readonly observer: GatewayObserver;
  readonly metrics: Metrics;
  readonly readFreshness: FreshnessReader;
  /** Absent where no files are dropped. */
  readonly readDrops?: () => Promise<readonly DropStanding[]>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly limits: RequestLimits;
}

export interface GatewayServer {
  readonly app: FastifyInstance;
  /** Takes no new requests, waits for those that run, at most `graceMs`, and then cuts them. */
  stop(graceMs: number): Promise<void>;
}

/** The gateway's HTTP face, not yet listening: `POST /graphql`, health and metrics. */
export async function createServer(options: ServerOptions): Promise<GatewayServer> {
  const { executor, observer, metrics, logger, limits } = options;
  const endpoint = await startEndpoint({ executor, observer, logger, limits });
  let stopping = false;
  const app = Fastify({
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: limits.receiveMs,
    genReqId: (request) => chooseRequestId(request.headers['x-request-id']),
    frameworkErrors: (error, _, reply) => void sendHttpError(reply, error.statusCode ?? 400),
  });
  const receivedAt = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', async (request, reply) => {
    receivedAt.set(request, performance.now());
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
  });
  app.addHook('onSend', async (_, reply) => {
    // A caller that keeps its connection would hold up the stop.
    if (stopping) void reply.header('connection', 'close');
  });
  answerHttpErrors(app, (error, requestId) =>
    observer.hiddenError({ requestId, subgraph: null, code: 'INTERNAL', error }),
  );
  app.post(
    '/graphql',
    fastifyApolloHandler<GatewayContext>(endpoint, {
      context: async (request, reply) =>
        openContext(request, reply, receivedAt.get(request) ?? performance.now(), options),
    }),
  );
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_, reply) => sendHttpError(reply.header('allow', 'POST'), 405),
  });
  serveHealth(app, {
    subgraphs: executor.subgraphs,
    readFreshness: options.readFreshness,
    isStopping: () => stopping,
  });
  if (options.readDrops !== undefined) serveDrops(app, options.readDrops);
  app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.scrape()));
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

function openContext(
  request: FastifyRequest,
  reply: FastifyReply,
  receivedAt: number,
  { clock, limits }: ServerOptions,
): GatewayContext {
  const left = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) left.abort();
  });
  const elapsedMs = performance.now() - receivedAt;
  return {
    receivedAt,
    call: {
      requestId: request.id,
      signal: left.signal,
      deadline: Date.now() + Math.floor(limits.executionMs - elapsedMs),
      today: clock.today(),
    },
  };
}
