import { LRUCache } from 'lru-cache';
import type { LimitValues } from '../request-limits.js';
import type { LimitFacts } from './limit-error.js';

/** How much each caller may ask at a time; kept in this process alone. */
export interface CallerQuotas {
  /** @param name of a caller, which nobody else has. */
  enter(name: string): Entered | Refused;
}

interface Entered {
  /** To be called once, when the answer has left or its caller has. */
  readonly leave: () => void;
}

interface Refused {
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
  { rate, burst, concurrent }: Pick<LimitValues, 'rate' | 'burst' | 'concurrent'>,
  now: () => number = () => performance.now(),
): CallerQuotas {
  const standings = new LRUCache<string, Standing>({ max: MAX_CALLERS });
  const standingOf = (name: string): Standing => {
    const known = standings.get(name);
    if (known !== undefined) return known;
    const fresh = { tokens: burst, countedAt: now(), running: 0, refused: 0 };
    standings.set(name, fresh);
    return fresh;
  };
  return {
    enter: (name) => {
      const standing = standingOf(name);
      const at = now();
      standing.tokens = Math.min(burst, standing.tokens + ((at - standing.countedAt) / 1000) * rate);
      standing.countedAt = at;
      if (standing.tokens < 1) {
        standing.refused += 1;
        return {
          facts: { limit: 'burst', allowed: burst, actual: burst + standing.refused },
          retryAfterSeconds: Math.max(1, Math.ceil((1 - standing.tokens) / rate)),
        };
      }
      if (standing.running >= concurrent) {
        const actual = standing.running + 1;
        return { facts: { limit: 'concurrent', allowed: concurrent, actual }, retryAfterSeconds: 1 };
      }
      standing.tokens -= 1;
      standing.refused = 0;
      standing.running += 1;
      return {
        leave: () => {
          standing.running -= 1;
        },
      };
    },
  };
}
