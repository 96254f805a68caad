/** How many requests may be under way at a time, found out from how late the event loop is. */
export interface AdaptiveLimit {
  readonly value: number;
  /**
   * To be called at steady intervals while requests are under way.
   *
   * @param latenessMs how late the event loop came to it.
   * @param running requests under way.
   * @param waiting whether others wait for their turn.
   */
  adjust(latenessMs: number, running: number, waiting: boolean): void;
}

const FIRST = 64;
const LEAST = 4;
/** What is under way holds memory, even if it only waits for a subgraph. */
const MOST = 2048;
/** One turn of the loop at capacity: later answers would leave late, and none more of them. */
const LATE_MS = 30;
const EARLY_MS = 15;
/** The middle one of so many measurements counts: a collection of garbage is no load. */
const LOOKS = 3;

/**
 * A gateway's work is bounded by its one thread. While that is late, more requests under way only make each of them later,
 * so fewer are let in; while it is in time and requests wait, it is subgraphs that take their time, and more are let in.
 */
export function createAdaptiveLimit(): AdaptiveLimit {
  let value = FIRST;
  const looks: number[] = [];
  return {
    get value() {
      return value;
    },
    adjust: (latenessMs, running, waiting) => {
      looks.push(latenessMs);
      if (looks.length > LOOKS) looks.shift();
      if (looks.length < LOOKS) return;
      const middle = looks.toSorted((left, right) => left - right)[looks.length >> 1] ?? 0;
      if (middle > LATE_MS) {
        const used = Math.min(value, running);
        value = Math.max(LEAST, Math.floor(used * 0.8));
        // The next measurements still tell of what is under way now.
        looks.length = 0;
      } else if (waiting && middle < EARLY_MS) value = Math.min(MOST, value + Math.max(1, value >> 3));
    },
  };
}
