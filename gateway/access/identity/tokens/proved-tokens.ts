import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../../runtime/clock.js';
import type { Identity } from '../identity.js';

/** About 2 MB. */
const MAX_TOKENS = 5000;
/** A token whose key was withdrawn, or that the settings no longer take, is known at most so much longer. */
const MAX_AGE_MS = 5 * 60_000;

/**
 * Who proved tokens come from, so that a dashboard that asks every few seconds does not pay for a signature each time. Tokens
 * are known by their SHA-256: the memory of this process holds none.
 */
export interface ProvedTokens {
  get(token: string): Identity | null;
  /** @param expires moment at which the token itself ends; it is kept no longer, whatever leeway its issuer has. */
  put(token: string, identity: Identity, expires: number): void;
}

interface Proved {
  readonly identity: Identity;
  readonly from: number;
  readonly until: number;
}

export function createProvedTokens({ now }: Pick<Clock, 'now'>): ProvedTokens {
  const proved = new LRUCache<string, Proved>({ max: MAX_TOKENS });
  return {
    get: (token) => {
      const key = digestOf(token);
      const found = proved.get(key);
      if (found === undefined) return null;
      const moment = now().getTime();
      if (moment >= found.from && moment < found.until) return found.identity;
      proved.delete(key);
      return null;
    },
    put: (token, identity, expires) => {
      const from = now().getTime();
      const until = Math.min(expires, from + MAX_AGE_MS);
      if (from < until) proved.set(digestOf(token), { identity, from, until });
    },
  };
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
