import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasDoubtfulNumbers, parseExact } from '../../runtime/json/exact-json.js';
import { jsonDepth } from './limits/json-depth.js';
import { BeyondLimit } from './refusals/http-errors.js';
import type { LimitValues } from './request-limits.js';

/** Reads a JSON text of a caller. */
type JsonReader = (
  request: FastifyRequest,
  text: string,
  done: (error: Error | null, body?: unknown) => void,
) => void;

/** Reads bodies of JSON in UTF-8, and none else, as Fastify does, but keeps the digits of variables that JavaScript's numbers cannot hold. */
export function readJsonBodies(app: FastifyInstance, limits: Pick<LimitValues, 'jsonDepth'>): void {
  const read = createJsonReader(app, limits);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (isUtf8(bytes)) read(request, bytes.toString('utf8'), done);
    else done(unreadable('the body is no UTF-8'));
  });
}

/** Reads variables from elsewhere as those of a body are read; rejects with an error that has a `statusCode`. */
export function createVariablesReader(
  app: FastifyInstance,
  limits: Pick<LimitValues, 'jsonDepth'>,
): (request: FastifyRequest, text: string) => Promise<unknown> {
  const read = createJsonReader(app, limits);
  return (request, text) =>
    new Promise((resolve, reject) => {
      read(request, `{"variables":${text}}`, (error, body) => {
        // A text that reaches out of its place is no JSON by itself.
        if (error === null && isJson(text)) resolve((body as BodyWithVariables).variables);
        else reject(error ?? unreadable('the variables are no JSON'));
      });
    });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function createJsonReader(
  app: FastifyInstance,
  { jsonDepth: allowed }: Pick<LimitValues, 'jsonDepth'>,
): JsonReader {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  return (request, text, done) => {
    const actual = jsonDepth(text);
    if (actual > allowed) {
      done(new BeyondLimit({ limit: 'jsonDepth', allowed, actual }));
      return;
    }
    // Also says what is wrong with a body: that it is empty, no JSON, or has a name that nobody may give.
    parseJson(request, text, (error, body) => {
      if (error !== null || !hasVariables(body) || !hasDoubtfulNumbers(text)) done(error, body);
      else readExactVariables(text, body, done);
    });
  };
}

interface BodyWithVariables {
  readonly variables: object;
}

function hasVariables(body: unknown): body is BodyWithVariables {
  if (typeof body !== 'object' || body === null || !('variables' in body)) return false;
  return typeof body.variables === 'object' && body.variables !== null;
}

function readExactVariables(
  text: string,
  body: BodyWithVariables,
  done: (error: Error | null, body?: unknown) => void,
): void {
  try {
    const { variables } = parseExact(text.replace(/^\ufeff/, '')) as BodyWithVariables;
    done(null, { ...body, variables });
  } catch (error) {
    // It is JSON; so it is nested too deep.
    done(unreadable('the body is nested too deep', error));
  }
}

function unreadable(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { statusCode: 400 });
}
