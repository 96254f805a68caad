import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { Answerer } from '../answer-asked.js';
import type { SearchReader } from '../read-search.js';
import { sendHttpError } from '../refusals/http-errors.js';
import { nameRefusal } from '../refusals/refusal-body.js';
import type { RegisteredOperations } from './registered-operations.js';
import { unknownOperation } from './resolve-asked.js';

interface OperationsOptions {
  readonly answerer: Answerer;
  readonly operations: RegisteredOperations;
  readonly readSearch: SearchReader;
}

/**
 * `GET /operations/<name or hash>?variables=…`: the answer of a registered query, with a tag by which whoever polls is told that
 * nothing has changed.
 */
export function serveOperations(
  app: FastifyInstance,
  { answerer, operations, readSearch }: OperationsOptions,
): void {
  app.get<{ Params: { id: string } }>('/operations/:id', {
    config: { knowsBound: true, forPages: true },
    onSend: (request, _, payload, done) => done(null, nameRefusal(payload, request.id)),
    handler: async (request, reply) => {
      const found = operations.find(request.params.id);
      if (found === null) return answerer.refuse(request, reply, unknownOperation(request.params.id));
      if (found.operation.operation !== OperationTypeNode.QUERY) {
        return sendHttpError(reply.header('allow', 'OPTIONS'), 405);
      }
      const { variables } = await readSearch(request as FastifyRequest, ['variables']);
      return answerer.answer(request, reply, { query: found.query, variables });
    },
  });
  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/operations/:id',
    config: { knowsBound: true },
    handler: (_, reply) => sendHttpError(reply.header('allow', 'GET, HEAD, OPTIONS'), 405),
  });
}
