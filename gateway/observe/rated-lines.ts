import { LRUCache } from 'lru-cache';

/** Kinds of lines that are counted at a time. */
const MAX_KINDS = 500;
const SECOND_MS = 1000;

/** Writes a line, unless too many of its kind were written in this second. */
export type RatedLines = (
  kind: string,
  perSecond: number,
  write: (omitted: { readonly omitted?: number }) => void,
) => void;

interface Second {
  /** When it began. */
  at: number;
  written: number;
  omitted: number;
}

/**
 * Keeps a log readable, and a disk from filling, while thousands of requests fail alike: of each kind so many lines a second are
 * written, and the first one after others were left out says how many (`omitted`).
 *
 * @param now milliseconds of a clock that never goes back.
 */
export function createRatedLines(now: () => number = () => performance.now()): RatedLines {
  const seconds = new LRUCache<string, Second>({ max: MAX_KINDS });
  return (kind, perSecond, write) => {
    const at = now();
    let second = seconds.get(kind);
    if (second === undefined) {
      second = { at, written: 0, omitted: 0 };
      seconds.set(kind, second);
    }
    if (at - second.at >= SECOND_MS) {
      second.at = at;
      second.written = 0;
    }
    if (second.written >= perSecond) {
      second.omitted += 1;
      return;
    }
    second.written += 1;
    const { omitted } = second;
    second.omitted = 0;
    write(omitted === 0 ? {} : { omitted });
  };
}
