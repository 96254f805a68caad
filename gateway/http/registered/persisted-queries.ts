import { createHash } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { refusal } from '../../../runtime/errors.js';

/**
 * Documents that callers send once and then name by their hash (automatic persisted queries, as Apollo's clients do): it spares the
 * way, not the limits. What is kept is a text, which is judged like one that was sent.
 */
export interface PersistedQueries {
  /**
   * A body with `extensions.persistedQuery` as if it had the text alone; any other body as it is.
   *
   * @returns why it is refused: the text is not known yet, or is not what the hash says.
   */
  resolve(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | GraphQLError;
}

/** Characters of all texts together; those that were not asked for longest go first. */
const MOST_CHARACTERS = 4_000_000;
const HASH = /^[0-9a-f]{64}$/;

export function createPersistedQueries(): PersistedQueries {
  const texts = new LRUCache<string, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (text) => Math.max(1, text.length),
  });
  return {
    resolve: (body) => {
      const { extensions, ...rest } = body;
      const named = persistedQueryOf(extensions);
      if (named === undefined) return body;
      const hash = hashOf(named);
      if (hash === null) return WRONG_FORM;
      const { query } = rest;
      if (query === undefined || query === null) {
        const known = texts.get(hash);
        return known === undefined ? refusal('PERSISTED_QUERY_NOT_FOUND') : { ...rest, query: known };
      }
      if (typeof query !== 'string' || createHash('sha256').update(query).digest('hex') !== hash)
        return WRONG_HASH;
      texts.set(hash, query);
      return rest;
    },
  };
}

const WRONG_FORM = refusal(
  'BAD_REQUEST',
  'persistedQuery 须为 { version: 1, sha256Hash: 64 位小写十六进制 }。persistedQuery must be { version: 1, sha256Hash: 64 digits in lower-case hexadecimal }.',
);
const WRONG_HASH = refusal(
  'BAD_REQUEST',
  'sha256Hash 与查询文本不符。sha256Hash must be that of the query, but is not.',
);

function persistedQueryOf(extensions: unknown): unknown {
  const isNamed =
    typeof extensions === 'object' && extensions !== null && Object.hasOwn(extensions, 'persistedQuery');
  return isNamed ? (extensions as { readonly persistedQuery: unknown }).persistedQuery : undefined;
}

function hashOf(named: unknown): string | null {
  if (typeof named !== 'object' || named === null) return null;
  const { version, sha256Hash } = named as Readonly<Record<string, unknown>>;
  return version === 1 && typeof sha256Hash === 'string' && HASH.test(sha256Hash) ? sha256Hash : null;
}
