import type { Clock } from '../../runtime/clock.js';
import type { ServiceLevel } from '../../subgraphs/port/observation.js';
import type { DayCount, HistoryStore, LookCount } from './history/history-store.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 90;
/** The county's days begin so long before those of UTC. */
const COUNTY_OFFSET_MS = 8 * HOUR_MS;
const MONTH_MS = 30 * DAY_MS;
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
  const days = createDays(store);
  return {
    /** @param target share of looks that must be answered. */
    of: (name: string, target = USUAL_TARGET): Promise<ServiceLevel> => {
      const now = clock.now().getTime();
      const before = known.get(name);
      if (before !== undefined && now >= before.at && now - before.at < GOOD_FOR_MS) return before.level;
      const level = Promise.all([workOut(store, name, target, now), days(name, now)]).then(
        ([worked, byDay]) => ({ ...worked, days: byDay }),
      );
      known.set(name, { at: now, level });
      level.catch(() => known.delete(name));
      return level;
    },
  };
}

/** What is known of days that are over is not counted again, since 90 days are some 30,000 looks. */
function createDays(store: HistoryStore) {
  const known = new Map<string, ReadonlyMap<number, DayCount>>();
  return async (name: string, now: number): Promise<ServiceLevel['days']> => {
    const today = startOfDay(now);
    const first = today - (DAYS - 1) * DAY_MS;
    const before = known.get(name) ?? new Map<number, DayCount>();
    // The last day that is known may not have been over when it was counted.
    const from = Math.max(first, ...[...before.keys()].filter((at) => at <= today));
    const counted = await store.looksByDay(name, from, now);
    const kept = [...before.values()].filter(({ at }) => at >= first && at < from);
    const all = new Map([...kept, ...counted].map((day) => [day.at, day]));
    known.set(name, all);
    return Array.from({ length: DAYS }, (_, index) => {
      const day = all.get(first + index * DAY_MS);
      return day === undefined ? null : Number((day.answered / day.looks).toFixed(4));
    });
  };
}

function startOfDay(at: number): number {
  return Math.floor((at + COUNTY_OFFSET_MS) / DAY_MS) * DAY_MS - COUNTY_OFFSET_MS;
}

async function workOut(
  store: HistoryStore,
  name: string,
  target: number,
  now: number,
): Promise<Omit<ServiceLevel, 'days'>> {
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
