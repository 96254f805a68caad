import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusal } from '../../../runtime/errors.js';
import type { GatewayObserver } from '../../observe/gateway-observer.js';
import { isNestedTooDeep, MAX_NESTING } from './nesting.js';

const GRAPHQL_TYPE = 'application/graphql-response+json';

/** Whether a request's query is nested deeper than it can be parsed. */
export function isUnparseable({ body }: FastifyRequest): boolean {
  const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
  return typeof query === 'string' && isNestedTooDeep(query);
}

/** Answers such a request as Apollo Server does a query that cannot be parsed. */
export function refuseNesting(
  request: FastifyRequest,
  reply: FastifyReply,
  observer: Pick<GatewayObserver, 'request'>,
): FastifyReply {
  const detail = `括号嵌套过深：最多 ${MAX_NESTING} 层。Brackets must not be nested deeper than ${MAX_NESTING} levels.`;
  const { message, extensions } = refusal('GRAPHQL_PARSE_FAILED', detail);
  observer.request({
    requestId: request.id,
    operationName: null,
    operationType: null,
    outcome: 'refused',
    tookMs: performance.now() - request.receivedAt,
    errorCodes: [String(extensions.code)],
  });
  const type = request.headers.accept?.includes(GRAPHQL_TYPE) === true ? GRAPHQL_TYPE : 'application/json';
  return reply
    .code(400)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions }] }));
}
