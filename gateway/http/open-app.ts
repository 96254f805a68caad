import { createServer } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { readJsonBodies } from './json-bodies.js';
import type { ServingState } from './listener/ending.js';
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

/** An HTTP application without routes: request ids, and one shape for whatever it refuses. The listener gives it requests. */
export function openApp(limits: RequestLimits, state: () => ServingState): FastifyInstance {
  const app = Fastify({
    serverFactory: (handle) => createServer(handle),
    bodyLimit: limits.bodyBytes,
    // Answered below, in the shape of all other errors.
    return503OnClosing: false,
    genReqId: (request) => chooseRequestId(request.headers['x-request-id']),
    frameworkErrors: (error, _, reply) =>
      void sendHttpError(reply.headers(SECURITY_HEADERS), error.statusCode ?? 400),
  });
  readJsonBodies(app, limits);
  app.decorateRequest('receivedAt', 0);
  app.addHook('onRequest', (request, reply, done) => {
    request.receivedAt = performance.now();
    const secure = transportSecurity(request.raw);
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    if (secure !== null) void reply.header('strict-transport-security', secure);
    if (state() === 'stopping' && !request.url.startsWith('/health/')) void sendHttpError(reply, 503);
    // RFC 9112 §3.2; Node would answer without a body.
    else if (request.headers.host === undefined && request.raw.httpVersion === '1.1')
      void sendHttpError(reply, 400);
    else done();
  });
  app.addHook('onSend', (_, reply, payload, done) => {
    // A caller that keeps its connection would hold up the end.
    if (state() !== 'serving') void reply.header('connection', 'close');
    done(null, payload);
  });
  return app;
}
