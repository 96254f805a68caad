import { LRUCache } from 'lru-cache';
import type { LimitValues } from '../request-limits.js';
import type { LimitFacts } from './limit-error.js';

export type CallerLimits = Pick<LimitValues, 'rate' | 'burst' | 'concurrent'>;

/** How much each caller may ask at a time. */
export interface CallerQuotas {
  /** @param name of a caller, which nobody else has. */
  enter(name: string): Entered | Refused | Promise<Entered | Refused>;
}

/** Quotas that are kept in this process alone. */
export interface LocalQuotas {
  enter(name: string): Entered | Refused;
  /** Counts a request that was let in by others. */
  count(name: string): Entered;
}

export interface Entered {
  /** To be called once, when the answer has left or its caller has. */
  readonly leave: () => void;
}

export interface Refused {
  readonly facts: LimitFacts;
  readonly retryAfterSeconds: number;
}

/** Callers that are remembered; one that was forgotten begins with a full bucket. */
const MAX_CALLERS = 10_000;

interface Standing {
  tokens: number;
  /** When the tokens were counted. */
  countedAt: number;
  running: number;
  /** Requests that found no token since one was had. */
  refused: number;
}

/** @param now milliseconds of a clock that never goes back. */
export function createCallerQuotas(
  { rate, burst, concurrent }: CallerLimits,
  now: () => number = () => performance.now(),
): LocalQuotas {
  const standings = new LRUCache<string, Standing>({ max: MAX_CALLERS });
  const standingOf = (name: string): Standing => {
    const known = standings.get(name);
    if (known !== undefined) return known;
    const fresh = { tokens: burst, countedAt: now(), running: 0, refused: 0 };
    standings.set(name, fresh);
    return fresh;
  };
  const fill = (standing: Standing): void => {
    const at = now();
    standing.tokens = Math.min(burst, standing.tokens + ((at - standing.countedAt) / 1000) * rate);
    standing.countedAt = at;
  };
  const take = (standing: Standing): Entered => {
    standing.tokens = Math.max(0, standing.tokens - 1);
    standing.refused = 0;
    standing.running += 1;
    return {
      leave: () => {
        standing.running -= 1;
      },
    };
  };
  return {
    enter: (name) => {
      const standing = standingOf(name);
      fill(standing);
      if (standing.tokens < 1) {
        standing.refused += 1;
        return beyondBurst(burst, standing.refused, ((1 - standing.tokens) / rate) * 1000);
      }
      if (standing.running >= concurrent) return beyondConcurrent(concurrent, standing.running + 1);
      return take(standing);
    },
    count: (name) => {
      const standing = standingOf(name);
      fill(standing);
      return take(standing);
    },
  };
}

/** @param refused requests that found no token since one was had. */
export function beyondBurst(burst: number, refused: number, tokenInMs: number): Refused {
  return {
    facts: { limit: 'burst', allowed: burst, actual: burst + refused },
    retryAfterSeconds: Math.max(1, Math.ceil(tokenInMs / 1000)),
  };
}

export function beyondConcurrent(concurrent: number, actual: number): Refused {
  return { facts: { limit: 'concurrent', allowed: concurrent, actual }, retryAfterSeconds: 1 };
}
