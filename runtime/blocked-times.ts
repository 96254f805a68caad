/** When this thread did not listen, because it was busy or stopped. */
export interface BlockedTimes {
  /** Whether that was so at some moment of the last so many milliseconds. */
  within(lastMs: number): boolean;
  close(): void;
}

const LOOK_MS = 100;
/** Shorter than this, a thread that is merely busy looks late. */
const LATE_MS = 150;

/** Looks ten times a second. Timers come before what has arrived, so that a block is known when that is read. */
export function watchBlockedTimes(): BlockedTimes {
  /** When the last one ended, in milliseconds of a clock that nobody sets. */
  let blockedUntil = Number.NEGATIVE_INFINITY;
  let looked = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - looked >= LOOK_MS + LATE_MS) blockedUntil = now;
    looked = now;
  }, LOOK_MS);
  timer.unref();
  return {
    within: (lastMs) => {
      const now = performance.now();
      // It has not been looked yet since.
      return now - looked >= LOOK_MS + LATE_MS || blockedUntil >= now - lastMs;
    },
    close: () => clearInterval(timer),
  };
}
