import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayContext } from './gateway-context.js';
import { isLimit } from './limits/limit-error.js';

/** Has Apollo Server answer what a body asks, which is said as if it had been posted. */
export async function askApollo(
  endpoint: ApolloServer<GatewayContext>,
  given: FastifyRequest['headers'],
  body: unknown,
  reply: FastifyReply,
  openContext: () => GatewayContext,
): Promise<FastifyReply> {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  // Whoever asks by GET sends none.
  headers.set('content-type', 'application/json');
  const answer = await endpoint.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers, search: '', body },
    context: async () => openContext(),
  });
  for (const [name, value] of answer.headers) void reply.header(name, value);
  if (answer.body.kind !== 'complete') throw new TypeError('Cannot answer: the answer must be whole');
  const { string: text } = answer.body;
  return reply.code(statusOf(answer.status ?? 200, text, given.accept)).send(text);
}

/** What is wrong with a document or its variables; not with the request that brings it. */
const OF_DOCUMENTS: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
]);

/**
 * Callers who name `application/json` and know no other type are older than statuses that tell of documents: GraphQL over HTTP gives
 * them 200 for every answer that is well formed.
 */
function statusOf(status: number, text: string, accept: string | undefined): number {
  if (status !== 400 || accept === undefined) return status;
  if (!/application\/json/i.test(accept) || /application\/graphql-response\+json/i.test(accept))
    return status;
  const { errors } = JSON.parse(text) as {
    readonly errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
  };
  // Of a known document such a refusal comes without Apollo Server, as it is.
  if (errors.some(isLimit)) return status;
  return errors.every(({ extensions }) => OF_DOCUMENTS.has(extensions?.code)) ? 200 : status;
}
