import type { FastifyInstance } from 'fastify';
import { hasDoubtfulNumbers, parseExact } from '../../runtime/json/exact-json.js';
import { jsonDepth } from './limits/json-depth.js';
import { BeyondLimit } from './refusals/http-errors.js';
import type { LimitValues } from './request-limits.js';

/** Reads bodies as Fastify does, but keeps the digits of variables that JavaScript's numbers cannot hold. */
export function readJsonBodies(
  app: FastifyInstance,
  { jsonDepth: allowed }: Pick<LimitValues, 'jsonDepth'>,
): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
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
  });
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
    done(Object.assign(new Error('the body is nested too deep', { cause: error }), { statusCode: 400 }));
  }
}
