import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Answerer } from './answer-asked.js';
import { type AllowedOrigins, allowOrigin, answerOptions } from './cors.js';
import { sendHttpError } from './refusals/http-errors.js';
import { nameRefusal } from './refusals/refusal-body.js';
import type { RegisteredOperations } from './registered/registered-operations.js';
import { isRefused, resolveAsked } from './registered/resolve-asked.js';

interface GraphqlOptions {
  readonly answerer: Answerer;
  readonly operations: RegisteredOperations;
  readonly allowedOrigins: AllowedOrigins;
}

const METHODS = ['POST', 'OPTIONS'];
const READING_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** `POST /graphql`; `OPTIONS` of every path. */
export function serveGraphql(
  app: FastifyInstance,
  { answerer, operations, allowedOrigins }: GraphqlOptions,
): void {
  app.post('/graphql', {
    config: { knowsBound: true },
    onRequest: (request, reply, done) => {
      allowOrigin(request, reply, allowedOrigins);
      done();
    },
    onSend: async (request, _, payload) => nameRefusal(payload, request.id),
    handler: async (request, reply) => {
      const asked = resolveAsked(request.body, operations, identityOf(request));
      if (isRefused(asked)) return answerer.refuse(request, reply, asked, statusOf(asked));
      return answerer.answer(request, reply, asked);
    },
  });
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_, reply) => sendHttpError(reply.header('allow', METHODS.join(', ')), 405),
  });
  app.options('*', (request, reply) => {
    const methods = methodsOf(app, request.url);
    if (methods.length === 0) return sendHttpError(reply, 404);
    return answerOptions(request, reply, { methods, allowed: allowedOrigins });
  });
}

function identityOf({ admitted }: FastifyRequest) {
  return admitted?.identity ?? null;
}

/** To a POST it is the body that names nothing, not the address. */
function statusOf({ extensions: { code } }: { readonly extensions: { readonly code?: unknown } }) {
  return code === 'FORBIDDEN' ? 403 : 400;
}

/** The methods of a path; none where there is nothing. */
function methodsOf(app: FastifyInstance, url: string): readonly string[] {
  const [path = ''] = url.split('?', 1);
  if (path === '/graphql' || path === '/export') return METHODS;
  if (path === '*') return ['GET', 'HEAD', ...METHODS];
  if (path.startsWith('/operations/')) return READING_METHODS;
  return app.findRoute({ url: path, method: 'GET' }) === null ? [] : READING_METHODS;
}
