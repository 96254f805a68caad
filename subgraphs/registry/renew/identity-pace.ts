/** Who is who is worked out anew at most so often, and takes at most so much of the time. */
const EVERY_MS = 2 * 60_000;
const MOST_OF_TIME = 0.1;

/** When who is who is to be worked out anew, after news of it. */
export interface IdentityPace {
  /** There is something new. */
  tell(): void;
  /** It was worked out otherwise. */
  settle(): void;
  isDue(): boolean;
  /** Does the work, which then is done for all that was told before. */
  spend(work: () => Promise<void>): Promise<void>;
}

/** @param now milliseconds of a clock that never goes back. */
export function createIdentityPace(now: () => number): IdentityPace {
  let isTold = false;
  let next = Number.NEGATIVE_INFINITY;
  return {
    tell: () => {
      isTold = true;
    },
    settle: () => {
      isTold = false;
    },
    isDue: () => isTold && now() >= next,
    spend: async (work) => {
      const started = now();
      try {
        await work();
        isTold = false;
      } finally {
        next = started + Math.max(EVERY_MS, (now() - started) / MOST_OF_TIME);
      }
    },
  };
}
