import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { briefText } from '../../../runtime/brief-text.js';
import { ERROR_CATALOGUE, isErrorCode, isRefusalCode, REFUSAL_CATALOGUE } from '../../../runtime/errors.js';
import type { GatewayObserver } from '../../observe/gateway-observer.js';
import { describeRefusal } from '../observe-requests.js';

const GRAPHQL_TYPE = 'application/graphql-response+json';

interface Refusal {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly error: GraphQLError;
  readonly observer: Pick<GatewayObserver, 'request'>;
  /** Characters of an error's text. */
  readonly maxLength: number;
  /** Absent: the code's own. */
  readonly status?: number;
}

/** Answers a request that is refused before Apollo Server hears of it, as Apollo Server would. */
export function refuseAsked({ request, reply, error, observer, maxLength, status }: Refusal): FastifyReply {
  const { message, extensions } = error;
  const { code } = extensions;
  observer.request(describeRefusal(request, code));
  const type = request.headers.accept?.includes(GRAPHQL_TYPE) === true ? GRAPHQL_TYPE : 'application/json';
  const shown = {
    message: briefText(message, maxLength),
    extensions: { ...extensions, requestId: request.id },
  };
  return reply
    .code(status ?? statusOf(code))
    .header('cache-control', 'no-store')
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [shown] }));
}

function statusOf(code: unknown): number {
  if (isRefusalCode(code)) return REFUSAL_CATALOGUE[code].httpStatus;
  return isErrorCode(code) ? ERROR_CATALOGUE[code].httpStatus : 400;
}
