import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admitted, Doorkeeper, TurnedAway } from '../access/doorkeeper.js';
import type { Identity } from '../access/identity/identity.js';
import type { Permission } from '../access/policy/policy.js';
import type { Asker } from '../audit/recorder.js';
import type { Asking } from '../execute/executor.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { sendHttpError } from './refusals/http-errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null where nobody needs to be known. */
    admitted: Admitted | null;
  }
  interface FastifyContextConfig {
    /** What a caller's role must be allowed to do. Absent: anybody who is known may ask. */
    permission?: Permission;
    /** Answered without knowing who asks. */
    isPublic?: boolean;
  }
}

/** Nothing is answered to whom nobody knows, nor told apart for him: there is no 404 before there is an identity. */
export function admitCallers(
  app: FastifyInstance,
  doorkeeper: Doorkeeper,
  observer: Pick<GatewayObserver, 'turnedAway'>,
): void {
  app.decorateRequest('admitted', null);
  const decide = (
    request: FastifyRequest,
    reply: FastifyReply,
    found: Admitted | TurnedAway,
    done: () => void,
  ): void => {
    if ('why' in found) {
      void turnAway(request, reply, found, observer);
      return;
    }
    request.admitted = found;
    const { permission } = request.routeOptions.config;
    if (permission === undefined || found.rules.may(permission)) {
      done();
      return;
    }
    const { id: requestId, ip: address } = request;
    observer.turnedAway({
      requestId,
      address,
      caller: found.identity === null ? null : askerCaller(found.identity),
      reason: `permission ${permission}`,
    });
    void sendHttpError(reply, 403);
  };
  app.addHook('onRequest', (request, reply, done) => {
    // A browser asks for OPTIONS before it sends any credential.
    if (request.routeOptions.config.isPublic === true || request.method === 'OPTIONS') {
      done();
      return;
    }
    const found = doorkeeper(request.headers, request.ip);
    if (found instanceof Promise) void found.then((known) => decide(request, reply, known, done), done);
    else decide(request, reply, found, done);
  });
}

function turnAway(
  request: FastifyRequest,
  reply: FastifyReply,
  found: TurnedAway,
  observer: Pick<GatewayObserver, 'turnedAway'>,
): Promise<FastifyReply> {
  const { id: requestId, ip: address } = request;
  if (found.why === 'purpose') {
    const { identity, purpose } = found;
    observer.turnedAway({ requestId, address, caller: askerCaller(identity), reason: `purpose ${purpose}` });
    return sendHttpError(reply, 403);
  }
  const { reason, detail } = found.cause;
  observer.turnedAway({ requestId, address, caller: null, reason: `${reason}: ${detail}` });
  return sendHttpError(reply.header('www-authenticate', 'Bearer realm="enforcement-graph"'), 401);
}

/** Who asks, as the executor is told. */
export function askingOf(
  { id: requestId, ip: address }: FastifyRequest,
  { caller, identity, rules, unmaskReason }: Admitted,
): Asking {
  if (identity === null) return { rules, asker: null };
  const purpose = caller.purpose ?? null;
  return { rules, asker: { requestId, address, caller: askerCaller(identity), purpose, unmaskReason } };
}

/** Who asks, as the log and the audit tell it. */
export function askerCaller({ caller: { name, role }, kind }: Identity): Asker['caller'] {
  return { name, role, kind };
}

/** Who asks. @throws {TypeError} where a route that needs to know was made public. */
export function admittedOf({ admitted }: Pick<FastifyRequest, 'admitted'>): Admitted {
  if (admitted !== null) return admitted;
  throw new TypeError('Cannot answer: it must be known who asks, but the route is public');
}
