/**
 * A minute, and half a second more: the source counts by a clock of its own.
 */
export const QUOTA_MINUTE_MS = 60_500;

/** At most so many calls in any minute, as the source sees them. */
interface MinuteQuota {
  readonly limit: number;
  /** Calls that count at the moment. */
  used(): number;
  /** Milliseconds until the next call may be sent: 0 means now. */
  waitMs(): number;
  /** Counts a call that is being sent. @returns what to call when it has ended. */
  take(): () => void;
}

/**
 * A call counts from when it is sent until a minute after it has ended: in between nobody here knows when it reached
 * the source, so that calls are never closer together there than they are allowed to be.
 *
 * @param monotonicMs a clock that nobody sets.
 */
export function createMinuteQuota(limit: number, monotonicMs: () => number): MinuteQuota {
  let running = 0;
  /** When calls ended, oldest first, within the last minute. */
  const ended: number[] = [];

  const forgetOld = (): void => {
    const now = monotonicMs();
    while (ended[0] !== undefined && now - ended[0] >= QUOTA_MINUTE_MS) ended.shift();
  };
  const used = (): number => {
    forgetOld();
    return running + ended.length;
  };

  return {
    limit,
    used,
    waitMs: () => {
      if (used() < limit) return 0;
      const [oldest] = ended;
      return oldest === undefined ? QUOTA_MINUTE_MS : oldest + QUOTA_MINUTE_MS - monotonicMs();
    },
    take: () => {
      running++;
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        running--;
        ended.push(monotonicMs());
      };
    },
  };
}
