import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayObserver } from '../../observe/gateway-observer.js';
import { describeRefusal } from '../observe-requests.js';
import { sendHttpError } from '../refusals/http-errors.js';
import type { CallerQuotas, Entered, Refused } from './caller-quotas.js';

/** Refuses requests of a caller who asks too often, or too much at once. Where nobody is known, nobody is counted. */
export function limitCallers(
  app: FastifyInstance,
  quotas: CallerQuotas,
  observer: Pick<GatewayObserver, 'request'>,
): void {
  const decide = (
    request: FastifyRequest,
    reply: FastifyReply,
    found: Entered | Refused,
    done: () => void,
  ): void => {
    if ('leave' in found) {
      // Its caller may have left while it waited.
      if (reply.raw.closed) found.leave();
      else reply.raw.once('close', found.leave);
      done();
      return;
    }
    observer.request(describeRefusal(request, 'RATE_LIMITED'));
    void sendHttpError(reply.header('retry-after', found.retryAfterSeconds), 429, found.facts);
  };
  app.addHook('onRequest', (request, reply, done) => {
    const identity = request.admitted?.identity ?? null;
    if (identity === null) {
      done();
      return;
    }
    const found = quotas.enter(identity.caller.name);
    if (found instanceof Promise) void found.then((decided) => decide(request, reply, decided, done));
    else decide(request, reply, found, done);
  });
}
