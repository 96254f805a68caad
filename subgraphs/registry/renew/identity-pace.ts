/** Who is who is worked out anew at most so often, and takes at most so much of the time. */
const EVERY_MS = 2 * 60_000;
const MOST_OF_TIME = 0.1;

/** When who is who may be worked out anew. */
export interface IdentityPace {
  isDue(): boolean;
  spend(work: () => Promise<void>): Promise<void>;
}

/** @param now milliseconds of a clock that never goes back. */
export function createIdentityPace(now: () => number): IdentityPace {
  let next = Number.NEGATIVE_INFINITY;
  return {
    isDue: () => now() >= next,
    spend: async (work) => {
      const started = now();
      try {
        await work();
      } finally {
        next = started + Math.max(EVERY_MS, (now() - started) / MOST_OF_TIME);
      }
    },
  };
}
