import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayContext } from './gateway-context.js';

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
  return reply.code(answer.status ?? 200).send(answer.body.string);
}
