import type { DoneFuncWithErrOrRes, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { admittedOf } from './admit-callers.js';
import type { Answerer } from './answer-asked.js';
import { type AllowedOrigins, answerOptions } from './cors.js';
import { refuseForgery } from './forgery.js';
import type { SearchReader } from './read-search.js';
import { sendHttpError } from './refusals/http-errors.js';
import { nameRefusal } from './refusals/refusal-body.js';
import type { RegisteredOperations } from './registered/registered-operations.js';
import { isRefused, resolveAsked } from './registered/resolve-asked.js';

interface GraphqlOptions {
  readonly answerer: Answerer;
  readonly operations: RegisteredOperations;
  readonly readSearch: SearchReader;
  readonly allowedOrigins: AllowedOrigins;
}

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];
const EXPORT_METHODS = ['POST', 'OPTIONS'];
const READING_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** `POST /graphql`, and `GET` for queries; `OPTIONS` of every path. */
export function serveGraphql(
  app: FastifyInstance,
  { answerer, operations, readSearch, allowedOrigins }: GraphqlOptions,
): void {
  const route = {
    config: { knowsBound: true, forPages: true },
    // No promise: every answer passes here.
    onSend: (request: FastifyRequest, _: FastifyReply, payload: unknown, done: DoneFuncWithErrOrRes) =>
      done(null, nameRefusal(payload, request.id)),
  };
  /** To a POST it is the body that names nothing, not the address. */
  const refusePost = (request: FastifyRequest, reply: FastifyReply, error: GraphQLError): FastifyReply => {
    const isUnknown = error.extensions.code === 'OPERATION_UNKNOWN';
    return isUnknown ? answerer.refuse(request, reply, error, 400) : answerer.refuse(request, reply, error);
  };
  app.post('/graphql', {
    ...route,
    handler: async (request, reply) => {
      const asked = resolveAsked(request.body, operations, admittedOf(request));
      if (isRefused(asked)) return refusePost(request, reply, asked);
      return answerer.answer(request, reply, asked);
    },
  });
  app.get('/graphql', {
    ...route,
    handler: async (request, reply) => {
      const forged = refuseForgery(request.headers);
      if (forged !== null) return answerer.refuse(request, reply, forged);
      const said = await readSearch(request, SEARCH_NAMES);
      const asked = resolveAsked(said, operations, admittedOf(request));
      if (isRefused(asked)) return answerer.refuse(request, reply, asked);
      return answerer.answer(request, reply, asked, 'queries');
    },
  });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_, reply) => sendHttpError(reply.header('allow', METHODS.join(', ')), 405),
  });
  app.options('*', (request, reply) => {
    const methods = methodsOf(app, request.url);
    if (methods.length === 0) return sendHttpError(reply, 404);
    return answerOptions(request, reply, { methods, allowed: allowedOrigins });
  });
}

const SEARCH_NAMES = ['id', 'query', 'operationName', 'variables', 'extensions'] as const;

/** The methods of a path; none where there is nothing. */
function methodsOf(app: FastifyInstance, url: string): readonly string[] {
  const [path = ''] = url.split('?', 1);
  if (path === '/graphql' || path === '*') return METHODS;
  if (path === '/export') return EXPORT_METHODS;
  if (path.startsWith('/operations/')) return READING_METHODS;
  return app.findRoute({ url: path, method: 'GET' }) === null ? [] : READING_METHODS;
}
