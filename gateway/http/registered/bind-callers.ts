import type { FastifyInstance } from 'fastify';
import type { GatewayObserver } from '../../observe/gateway-observer.js';
import { askerCaller } from '../admit-callers.js';
import { sendHttpError } from '../refusals/http-errors.js';
import { isBound } from './resolve-asked.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked by callers who are bound to registered operations too; the route itself sees to it that they ask for nothing else. */
    knowsBound?: boolean;
  }
}

/** Whoever is bound to registered operations has no other address: what a route does not say of itself is refused. */
export function bindCallers(app: FastifyInstance, observer: Pick<GatewayObserver, 'turnedAway'>): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { admitted, id: requestId, ip: address } = request;
    const identity = admitted?.identity ?? null;
    if (identity === null || !isBound(identity) || request.routeOptions.config.knowsBound === true) {
      done();
      return;
    }
    const caller = askerCaller(identity);
    observer.turnedAway({ requestId, address, caller, reason: 'bound to registered operations' });
    void sendHttpError(reply, 403);
  });
}
