import type { FastifyInstance } from 'fastify';
import { sendHttpError } from './refusals/http-errors.js';

const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset=(?:utf-?8|"utf-?8")[ \t]*)?$/i;

/** Bodies are JSON in UTF-8, not compressed: whatever says that it is something else is refused before it is read. */
export function requireJson(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { 'content-type': type, 'content-encoding': encoding } = request.headers;
    const isJson = type === undefined || type === 'application/json' || JSON_TYPE.test(type);
    if (isJson && (encoding === undefined || encoding === 'identity')) done();
    else void sendHttpError(reply, 415);
  });
}
