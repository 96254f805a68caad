import type { Clock } from '../../runtime/clock.js';
import type { ServiceLevel } from '../../subgraphs/port/observation.js';
import type { HistoryStore, LookCount } from './history/history-store.js';

const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;
/**
 * Two windows: in an hour a burn of 14 uses up half a day's share of a month, which somebody must act on at once; in six
 * hours a burn of 6 does so slowly, and an hour alone would not show it.
 */
const WINDOWS_MS = [MONTH_MS, HOUR_MS, 6 * HOUR_MS] as const;
/** What was worked out holds for so long. */
const GOOD_FOR_MS = 60_000;
const USUAL_TARGET = 0.99;

/** How interfaces kept what is asked of them, by the looks at them. */
export function createServiceLevels(store: HistoryStore, clock: Clock) {
  const known = new Map<string, { readonly at: number; readonly level: Promise<ServiceLevel> }>();
  return {
    /** @param target share of looks that must be answered. */
    of: (name: string, target = USUAL_TARGET): Promise<ServiceLevel> => {
      const now = clock.now().getTime();
      const before = known.get(name);
      if (before !== undefined && now >= before.at && now - before.at < GOOD_FOR_MS) return before.level;
      const level = workOut(store, name, target, now);
      known.set(name, { at: now, level });
      level.catch(() => known.delete(name));
      return level;
    },
  };
}

async function workOut(
  store: HistoryStore,
  name: string,
  target: number,
  now: number,
): Promise<ServiceLevel> {
  const counts = await store.looks(
    name,
    WINDOWS_MS.map((window) => now - window),
    now,
  );
  const [month, hour, six] = counts;
  const granted = 1 - target;
  const failedOf = (count: LookCount | undefined): number | null =>
    count === undefined || count.looks === 0 ? null : 1 - count.answered / count.looks;
  // What nothing is granted of cannot be used up by parts.
  const burnOf = (failed: number | null): number | null =>
    failed === null || granted <= 0 ? null : failed / granted;
  const failed = failedOf(month);
  return {
    target,
    uptime: failed === null ? null : 1 - failed,
    budgetLeft: failed === null || granted <= 0 ? null : 1 - failed / granted,
    burn1h: burnOf(failedOf(hour)),
    burn6h: burnOf(failedOf(six)),
  };
}
