import type { DayCounts } from './day-counts.js';

/** At most so many calls on one day of the county. */
interface DayQuota {
  readonly limit: number;
  used(): number;
  /** Counts a call that is being sent. @returns what to call when it has ended. */
  take(): () => void;
}

/**
 * A call that runs over midnight counts on both days, because nobody here knows when it reached the source.
 *
 * @param today the county's day, `yyyy-MM-dd`.
 */
export function createDayQuota(
  limit: number,
  interfaceName: string,
  counts: DayCounts,
  today: () => string,
): DayQuota {
  /** The days on which the calls that still run were sent. */
  const running = new Set<{ readonly day: string }>();
  return {
    limit,
    used: () => {
      const day = today();
      const fromBefore = [...running].filter((call) => call.day !== day).length;
      return counts.count(interfaceName, day) + fromBefore;
    },
    take: () => {
      const call = { day: today() };
      counts.add(interfaceName, call.day);
      running.add(call);
      return () => {
        if (!running.delete(call)) return;
        const day = today();
        if (day !== call.day) counts.add(interfaceName, day);
      };
    },
  };
}
