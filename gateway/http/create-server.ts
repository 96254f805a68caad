import type { ServerOptions as ServerOptionsOfNode } from 'node:http';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import { OpenCall } from '../../runtime/call/open-call.js';
import type { Clock } from '../../runtime/clock.js';
import type { Executor } from '../execute/executor.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import type { FreshnessReader } from '../observe/source-metrics.js';
import { startEndpoint } from './apollo-endpoint.js';
import { answerBrokenRequests, createClientErrorHandler } from './broken-requests.js';
import { type AllowedOrigins, allowOrigin, answerOptions } from './cors.js';
import { findDirect, sendDirect } from './direct-answer.js';
import { createDocumentStore } from './document-store.js';
import { type DropStanding, serveDrops } from './drops.js';
import type { GatewayContext } from './gateway-context.js';
import { serveHealth } from './health.js';
import { answerHttpErrors, sendHttpError } from './http-errors.js';
import { readJsonBodies } from './json-bodies.js';
import { describeAnswer } from './observe-requests.js';
import { nameRefusal } from './refusal-body.js';
import { isUnparseable, refuseNesting } from './refuse-nesting.js';
import { chooseRequestId } from './request-id.js';
import type { RequestLimits } from './request-limits.js';

interface ServerOptions {
  readonly executor: Executor;
  readonly observer: GatewayObserver;
  readonly metrics: Metrics;
  readonly readFreshness: FreshnessReader;
  /** Absent where no files are dropped. */
  readonly readDrops?: () => Promise<readonly DropStanding[]>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly limits: RequestLimits;
  readonly allowedOrigins?: AllowedOrigins;
}

interface GatewayServer {
  readonly app: FastifyInstance;
  /** Takes no new requests, waits for those that run, at most `graceMs`, and then cuts them. */
  stop(graceMs: number): Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** `performance.now()` when the request's head had arrived. */
    receivedAt: number;
  }
}

/** The gateway's HTTP face, not yet listening: `POST /graphql`, health and metrics. */
export async function createServer(options: ServerOptions): Promise<GatewayServer> {
  const { executor, observer, metrics, logger, limits, allowedOrigins = [] } = options;
  const documents = createDocumentStore(limits);
  const endpoint = await startEndpoint({ executor, observer, documents, logger, limits });
  let stopping = false;
  const onRefused = (refused: object): void => logger.info(refused, 'refused');
  const app = Fastify({
    http: socketOptions(limits),
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: limits.receiveMs,
    // Answered below, in the shape of all other errors.
    return503OnClosing: false,
    clientErrorHandler: createClientErrorHandler(onRefused),
    genReqId: (request) => chooseRequestId(request.headers['x-request-id']),
    frameworkErrors: (error, _, reply) => void sendHttpError(reply, error.statusCode ?? 400),
  });
  readJsonBodies(app);
  app.decorateRequest('receivedAt', 0);
  app.addHook('onRequest', (request, reply, done) => {
    request.receivedAt = performance.now();
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    if (stopping && !request.url.startsWith('/health/')) void sendHttpError(reply, 503);
    // RFC 9112 §3.2; Node would answer without a body.
    else if (request.headers.host === undefined && request.raw.httpVersion === '1.1')
      void sendHttpError(reply, 400);
    else done();
  });
  app.addHook('onSend', (_, reply, payload, done) => {
    // A caller that keeps its connection would hold up the stop.
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
  answerBrokenRequests(app.server, onRefused);
  answerHttpErrors(app, (error, requestId) =>
    observer.hiddenError({ requestId, subgraph: null, code: 'INTERNAL', error }),
  );
  const askApollo = fastifyApolloHandler<GatewayContext>(endpoint, {
    context: async (request, reply) => openContext(request, reply, options),
  });
  app.post('/graphql', {
    onSend: async (request, _, payload) => nameRefusal(payload, request.id),
    handler: async (request, reply) => {
      allowOrigin(request, reply, allowedOrigins);
      const direct = findDirect(request, documents);
      if (direct !== null) {
        const context = openContext(request, reply, options);
        const answer = await executor.execute(direct.operation, context.call);
        // Apollo Server words refusals.
        if (answer.kind === 'executed') {
          observer.request(describeAnswer(direct.definition, answer, context));
          return sendDirect(reply, direct, answer);
        }
      } else if (isUnparseable(request)) return refuseNesting(request, reply, observer);
      return askApollo.call(app, request, reply);
    },
  });
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_, reply) => sendHttpError(reply.header('allow', GRAPHQL_METHODS.join(', ')), 405),
  });
  app.options('*', (request, reply) => {
    const methods = methodsOf(app, request.url);
    if (methods.length === 0) return sendHttpError(reply, 404);
    return answerOptions(request, reply, { methods, allowed: allowedOrigins });
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

const GRAPHQL_METHODS = ['POST', 'OPTIONS'];

/** The methods of a path; none where there is nothing. */
function methodsOf(app: FastifyInstance, url: string): readonly string[] {
  const [path = ''] = url.split('?', 1);
  if (path === '/graphql') return GRAPHQL_METHODS;
  if (path === '*') return ['GET', 'HEAD', ...GRAPHQL_METHODS];
  return app.findRoute({ url: path, method: 'GET' }) === null ? [] : ['GET', 'HEAD', 'OPTIONS'];
}

/** Node looks after connections at intervals: a limit that is looked at twice in its time is kept to half as much again. */
function socketOptions({ headersMs, receiveMs }: RequestLimits): ServerOptionsOfNode {
  return {
    requestTimeout: receiveMs,
    headersTimeout: Math.min(headersMs, receiveMs),
    connectionsCheckingInterval: Math.max(20, Math.floor(Math.min(headersMs, receiveMs) / 4)),
    // Answered by the gateway, in the shape of all other errors.
    requireHostHeader: false,
  };
}

function openContext(
  request: FastifyRequest,
  reply: FastifyReply,
  { clock, limits }: ServerOptions,
): GatewayContext {
  const { id: requestId, receivedAt } = request;
  const leftMs = Math.floor(limits.executionMs - (performance.now() - receivedAt));
  const call = new OpenCall(
    { requestId, caller: ANONYMOUS, today: clock.today() },
    leftMs,
    Date.now() + leftMs,
  );
  reply.raw.once('close', () => {
    if (reply.raw.writableFinished) call.end();
    else call.leave();
  });
  return { receivedAt, call };
}
