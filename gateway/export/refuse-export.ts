import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import { briefText } from '../../runtime/brief-text.js';
import { ERROR_CATALOGUE, isRefusalCode, REFUSAL_CATALOGUE } from '../../runtime/errors.js';
import { isRefusal } from '../http/refusals/format-error.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';

/** Characters. Texts show what was sent. */
const MAX_MESSAGE = 1000;

/** Answers an export that has no first page, in the shape of all other refusals. */
export function refuseExport(
  reply: FastifyReply,
  found: readonly GraphQLError[],
  observer: Pick<GatewayObserver, 'request'>,
): FastifyReply {
  const { id: requestId, receivedAt, admitted } = reply.request;
  // Whatever is wrong with variables has no code.
  const errors = found.map((error) => (error.extensions.code === undefined ? withCode(error) : error));
  observer.request({
    requestId,
    operationName: null,
    registeredName: null,
    operationType: null,
    outcome: errors.every(({ extensions }) => isRefusal(extensions.code)) ? 'refused' : 'failed',
    tookMs: performance.now() - receivedAt,
    errorCodes: errors.map(({ extensions }) => String(extensions.code)),
    caller: admitted?.identity?.caller.name ?? null,
    role: admitted?.identity?.caller.role ?? null,
    missing: [],
    cost: null,
  });
  const shown = errors.map(({ message, extensions }) => ({
    message: briefText(message, MAX_MESSAGE),
    extensions: { ...extensions, requestId },
  }));
  return reply
    .code(statusOf(errors))
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: shown }));
}

function withCode({ message }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', retryable: false } });
}

/** The first error decides: what may be there later is 503. */
function statusOf([first]: readonly GraphQLError[]): number {
  const { code, retryable } = first?.extensions ?? {};
  if (isRefusalCode(code)) return REFUSAL_CATALOGUE[code].httpStatus;
  if (code === 'INTERNAL') return 500;
  if (code === 'FORBIDDEN') return ERROR_CATALOGUE.FORBIDDEN.httpStatus;
  return retryable === true ? 503 : 400;
}
