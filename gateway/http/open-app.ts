import { createServer, type ServerOptions as SocketOptions } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { Logger } from '../observe/logger.js';
import type { Admission } from './admission/admission.js';
import { shedEarly } from './admission/shed-early.js';
import type { AllowedOrigins } from './cors.js';
import { readJsonBodies } from './json-bodies.js';
import { answerBrokenRequests, createClientErrorHandler } from './refusals/broken-requests.js';
import { sendHttpError } from './refusals/http-errors.js';
import { chooseRequestId } from './request-id.js';
import type { RequestLimits } from './request-limits.js';
import { SECURITY_HEADERS, transportSecurity } from './security-headers.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** `performance.now()` when the request's head had arrived. */
    receivedAt: number;
  }
}

interface AppOptions {
  readonly limits: RequestLimits;
  readonly logger: Logger;
  readonly isStopping: () => boolean;
  readonly allowedOrigins: AllowedOrigins;
  readonly admission: Admission;
  readonly observer: Pick<GatewayObserver, 'overloaded'>;
}

/** An HTTP server without routes: limits, request ids, and one shape for whatever it refuses. */
export function openApp({
  limits,
  logger,
  isStopping,
  allowedOrigins,
  admission,
  observer,
}: AppOptions): FastifyInstance {
  const onRefused = (refused: object): void => logger.info(refused, 'refused');
  const app = Fastify({
    serverFactory: (handle) =>
      createServer(
        socketOptions(limits),
        shedEarly(handle, { admission, allowedOrigins, onShed: observer.overloaded }),
      ),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.receiveTime,
    // Answered below, in the shape of all other errors.
    return503OnClosing: false,
    clientErrorHandler: createClientErrorHandler(limits, onRefused),
    genReqId: (request) => chooseRequestId(request.headers['x-request-id']),
    frameworkErrors: (error, _, reply) =>
      void sendHttpError(reply.headers(SECURITY_HEADERS), error.statusCode ?? 400),
  });
  answerBrokenRequests(app.server, onRefused);
  readJsonBodies(app, limits);
  app.decorateRequest('receivedAt', 0);
  app.addHook('onRequest', (request, reply, done) => {
    request.receivedAt = performance.now();
    const secure = transportSecurity(request.raw);
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    if (secure !== null) void reply.header('strict-transport-security', secure);
    if (isStopping() && !request.url.startsWith('/health/')) void sendHttpError(reply, 503);
    // RFC 9112 §3.2; Node would answer without a body.
    else if (request.headers.host === undefined && request.raw.httpVersion === '1.1')
      void sendHttpError(reply, 400);
    else done();
  });
  app.addHook('onSend', (_, reply, payload, done) => {
    // A caller that keeps its connection would hold up the stop.
    if (isStopping()) void reply.header('connection', 'close');
    done(null, payload);
  });
  return app;
}

/** Node looks after connections at intervals: a request that is late is ended at most a quarter of its time later. */
function socketOptions({ headerBytes, headersTime, receiveTime }: RequestLimits): SocketOptions {
  const shorterMs = Math.min(headersTime, receiveTime);
  return {
    maxHeaderSize: headerBytes,
    requestTimeout: receiveTime,
    headersTimeout: shorterMs,
    connectionsCheckingInterval: Math.max(20, Math.floor(shorterMs / 4)),
    // Answered by the gateway, in the shape of all other errors.
    requireHostHeader: false,
  };
}
