/** How many requests may be under way at a time, found out from the thread that all of them share, and from what it gets done. */
export interface AdaptiveLimit {
  readonly value: number;
  /** To be called at steady intervals while requests are under way. */
  adjust(look: Look): void;
}

/** What was seen of the thread since the last time. */
export interface Look {
  readonly elapsedMs: number;
  /** Share of the time in which it worked, from 0 to 1. */
  readonly busy: number;
  /** How late its event loop came to look. */
  readonly latenessMs: number;
  /** Requests under way. */
  readonly running: number;
  /** Requests that were done since. */
  readonly done: number;
  /** Whether others wait for their turn. */
  readonly isWaitedFor: boolean;
}

const FIRST = 64;
const LEAST = 8;
/** What is under way holds memory, even if it only waits for a subgraph. */
const MOST = 2048;
/** So busy, it could do no more, and a smaller limit does as much. */
const FULL = 0.98;
/** So busy, it has room. */
const ROOM = 0.92;
/** One turn of the loop on average: later, answers leave late, and none more of them. */
const LATE_MS = 25;
/** Garbage that is collected is no load. */
const MOST_LATE_MS = 100;
/** Of the latest look in the averages. */
const WEIGHT = 0.2;
/** A change shows after some looks. */
const LOOKS_BETWEEN = 5;
/** Of the limit while the thread does as much with fewer. */
const A_LITTLE_LESS = 0.93;
const MUCH_LESS = 0.7;

/** Another limit is tried for so long, and for so many requests. */
const TRIAL_MS = 300;
const LONGEST_TRIAL_MS = 2000;
const TRIAL_REQUESTS = 200;
/** Of a limit that was tried: more must bring so much of what it might, fewer may cost so little. */
const WORTH_MORE = 0.25;
const WORTH_LESS = 0.97;
const MORE = 1.5;
const LESS = 0.7;
/** Neither more nor fewer did better: it stays for so long, twice as long each time. */
const BOTH = 2;
const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 8000;
/** What gets done by the same limit changed so much: it is tried anew. */
const CHANGED = 0.7;

/**
 * While the thread works all the time, the fewest requests are let in that keep it so: more under way only make each of them later.
 * While it has time and requests wait, it is subgraphs that take theirs: then another limit is tried, and kept if more gets done with
 * more, or as much with fewer.
 */
export function createAdaptiveLimit(): AdaptiveLimit {
  let value = FIRST;
  let busy = 1;
  let lateMs = 0;
  let looks = 0;
  const trials = createTrials();
  return {
    get value() {
      return value;
    },
    adjust: (look) => {
      const { busy: now, latenessMs, running, isWaitedFor } = look;
      busy += WEIGHT * (now - busy);
      lateMs += WEIGHT * (Math.min(MOST_LATE_MS, latenessMs) - lateMs);
      looks += 1;
      if (!isWaitedFor) {
        trials.stop();
        return;
      }
      if (busy < ROOM) {
        value = clamp(trials.next(value, look));
        return;
      }
      trials.stop();
      if (busy < FULL || looks < LOOKS_BETWEEN) return;
      looks = 0;
      const isLate = lateMs > LATE_MS;
      value = clamp(
        Math.floor((isLate ? Math.min(value, running) : value) * (isLate ? MUCH_LESS : A_LITTLE_LESS)),
      );
    },
  };
}

function clamp(value: number): number {
  return Math.min(MOST, Math.max(LEAST, Math.round(value)));
}

interface Trials {
  /** @returns the limit that is to be. */
  next(value: number, look: Look): number;
  /** What was measured says nothing of what comes. */
  stop(): void;
}

/** What gets done by a limit, requests a millisecond. */
interface Measured {
  readonly value: number;
  readonly rate: number;
}

/** Measures what gets done by the limit that there is, tries another one as long, and keeps the better. */
function createTrials(): Trials {
  let known: Measured | null = null;
  let direction: 'more' | 'less' = 'more';
  /** Trials in a row that were not worth it. */
  let failed = 0;
  let restMs = 0;
  let elapsedMs = 0;
  let done = 0;
  /** What was done since the last measurement; null: it is too early to tell. */
  const measure = (value: number, look: Look): Measured | null => {
    elapsedMs += look.elapsedMs;
    done += look.done;
    if (elapsedMs < TRIAL_MS || (done < TRIAL_REQUESTS && elapsedMs < LONGEST_TRIAL_MS)) return null;
    const found = { value, rate: done / elapsedMs };
    restMs -= elapsedMs;
    elapsedMs = 0;
    done = 0;
    return found;
  };
  return {
    next: (value, look) => {
      const found = measure(value, look);
      if (found === null) return value;
      if (known === null || known.value === value) {
        const hasChanged = known !== null && found.rate < known.rate * CHANGED;
        known = found;
        if (restMs > 0 && !hasChanged) return value;
        if (hasChanged) direction = 'more';
        return value * (direction === 'more' ? MORE : LESS);
      }
      if (isWorth(known, found)) {
        known = found;
        failed = 0;
        return value * (direction === 'more' ? MORE : LESS);
      }
      direction = direction === 'more' ? 'less' : 'more';
      failed += 1;
      if (failed >= BOTH) restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (failed - BOTH));
      return known.value;
    },
    stop: () => {
      known = null;
      failed = 0;
      restMs = 0;
      elapsedMs = 0;
      done = 0;
    },
  };
}

function isWorth(before: Measured, { value, rate }: Measured): boolean {
  return value > before.value
    ? rate >= before.rate * (1 + WORTH_MORE * (value / before.value - 1))
    : rate >= before.rate * WORTH_LESS;
}
