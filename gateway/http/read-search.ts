import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createVariablesReader } from './json-bodies.js';
import type { LimitValues } from './request-limits.js';

type SearchName = 'query' | 'operationName' | 'variables' | 'extensions' | 'id';

/** What the search part of an address asks, as the body of a POST would say it. Rejects with a `statusCode` where it cannot be read. */
export type SearchReader = (
  request: FastifyRequest,
  names: readonly SearchName[],
) => Promise<Readonly<Partial<Record<SearchName, unknown>>>>;

const JSON_NAMES: ReadonlySet<SearchName> = new Set(['variables', 'extensions']);

export function createSearchReader(
  app: FastifyInstance,
  limits: Pick<LimitValues, 'jsonDepth'>,
): SearchReader {
  const readVariables = createVariablesReader(app, limits);
  return async (request, names) => {
    const { search } = new URL(request.url, 'http://gateway');
    const parameters = new URLSearchParams(search);
    const found: Partial<Record<SearchName, unknown>> = {};
    for (const name of names) {
      const [text, ...others] = parameters.getAll(name);
      if (others.length > 0) throw twice(name);
      if (text === undefined) continue;
      found[name] = JSON_NAMES.has(name) ? await readVariables(request, text) : text;
    }
    return found;
  };
}

function twice(name: SearchName): Error {
  return Object.assign(new Error(`${name} stands twice`), { statusCode: 400 });
}
