import type { HistoryStore, KeptMeasurement } from '../history-store.js';

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const NONE = { incidents: [], remembered: new Map<string, string>() };
const OFTEN = ['REACHABLE', 'ANSWER_TIME'] as const;
const FIVE_MINUTES = ['WATERMARK_AGE', 'QUOTA_USED', 'CLOCK_SKEW', 'SNAPSHOT_AGE'] as const;
const FIELDS = Array.from({ length: 24 }, (_, index) => `field${index}`);

interface Filling {
  readonly interfaces: number;
  /** Its last moment, epoch milliseconds. */
  readonly now: number;
  /** Put together every so many days, and at the end. */
  readonly compactEvery: number;
  readonly afterCompact?: () => Promise<void>;
}

/** Fills a history of 90 days, as interfaces are measured by default: two of each look, 28 others every five minutes or hour. */
export async function fillHistory(
  store: HistoryStore,
  { interfaces, now, compactEvery, afterCompact = async () => undefined }: Filling,
): Promise<void> {
  const names = Array.from({ length: interfaces }, (_, index) => `market.interface-${index}`);
  for (let day = 90; day > 0; day--) {
    const begin = now - day * DAY;
    const measurements: KeptMeasurement[] = [];
    const add = (measure: KeptMeasurement['measure'], about: string | null, everySeconds: number): void => {
      for (const name of names) {
        for (let at = begin; at < begin + DAY; at += everySeconds * SECOND) {
          const value = measure === 'REACHABLE' ? 1 : 1000 * chance(at / SECOND + name.length);
          measurements.push({ interface: name, measure, about, value, at });
        }
      }
    };
    // Looks of days that are put together at once are as many as their five minutes.
    for (const measure of OFTEN) add(measure, null, day <= 8 ? 30 : 300);
    for (const measure of FIVE_MINUTES) add(measure, null, 300);
    for (const field of FIELDS) add('UNREADABLE', field, 3600);
    await store.write({ ...NONE, measurements });
    if (day % compactEvery !== 0 && day !== 1) continue;
    await store.compact(begin + DAY);
    await afterCompact();
  }
}

/** From 0 to 1, the same for the same seed. */
function chance(seed: number): number {
  return ((seed * 48_271) % 65_521) / 65_521;
}
