/** How many requests may be under way at a time, found out from how busy the thread is that all of them share. */
export interface AdaptiveLimit {
  readonly value: number;
  /** To be called at steady intervals while requests are under way. */
  adjust(look: Look): void;
}

/** What was seen of the thread since the last time. */
export interface Look {
  /** Share of the time in which it worked, from 0 to 1. */
  readonly busy: number;
  /** How late its event loop came to look. */
  readonly latenessMs: number;
  /** Requests under way. */
  readonly running: number;
  /** Whether others wait for their turn. */
  readonly isWaitedFor: boolean;
}

const FIRST = 64;
const LEAST = 16;
/** What is under way holds memory, even if it only waits for a subgraph. */
const MOST = 2048;
/** So busy, it could do no more. */
const FULL = 0.95;
/** So busy, it has room. */
const ROOM = 0.8;
/** One turn of the loop on average: later, answers leave late, and none more of them. */
const LATE_MS = 25;
/** Garbage that is collected is no load. */
const MOST_LATE_MS = 100;
/** Of the latest look in the averages. */
const WEIGHT = 0.2;
/** A change shows after some looks. */
const LOOKS_BETWEEN = 5;

/**
 * While the thread works all the time, more requests under way only make each of them later, so fewer are let in as long as its
 * turns are long; while it has time and requests wait, it is subgraphs that take theirs, and more are let in.
 */
export function createAdaptiveLimit(): AdaptiveLimit {
  let value = FIRST;
  let busy = 1;
  let lateMs = 0;
  let looks = 0;
  return {
    get value() {
      return value;
    },
    adjust: ({ busy: now, latenessMs, running, isWaitedFor }) => {
      busy += WEIGHT * (now - busy);
      lateMs += WEIGHT * (Math.min(MOST_LATE_MS, latenessMs) - lateMs);
      looks += 1;
      if (busy < ROOM && isWaitedFor) value = Math.min(MOST, value + Math.max(1, value >> 4));
      else if (busy > FULL && lateMs > LATE_MS && looks >= LOOKS_BETWEEN) {
        value = Math.max(LEAST, Math.floor(Math.min(value, running) * 0.7));
        looks = 0;
      }
    },
  };
}
