import { DateTime } from 'luxon';
import type { CodeStudy } from '../../../subgraphs/engine/observe/study-codes.js';
import { type CodeExchange, findExchange, LEAST_ROWS, sumOf, type ValueCounts } from './code-exchange.js';

/** How frequent the values of a field are, as far as nothing speaks against it. */
export interface UsualCodes {
  /** Of all days that were looked at. */
  readonly all: ValueCounts;
  /** Of the days of one weekday, 1 for Monday. */
  readonly byWeekday: ReadonlyMap<number, ValueCounts>;
}

/** Weeks before it that a day is compared with, where nothing was known before. */
const LEAST_WEEKS = 3;

interface CodesCompared {
  /** Of the newest day with enough rows, or of all days together, by what was usual; null: none. */
  readonly exchange: CodeExchange | null;
  /** What is usual from now on: as before while two codes seem to have changed places. */
  readonly usual: UsualCodes | null;
}

/**
 * Compares a field's newest day with the same weekday before; and all days with what they were when they were last looked at, since
 * a department may change all its rows at once.
 */
export function compareCodes({ days }: CodeStudy, usual: UsualCodes | null): CodesCompared {
  const byDay = countsByDay(days);
  const [newest] = [...byDay.keys()]
    .filter((day) => sumOf(byDay.get(day) ?? NONE) >= LEAST_ROWS)
    .sort(latest);
  if (newest === undefined) return { exchange: null, usual };
  const weekday = weekdayOf(newest);
  const now = byDay.get(newest) ?? NONE;
  const earlier = new Map([...byDay].filter(([day]) => day < newest));
  const known = usual ?? { all: addUp([...earlier.values()]), byWeekday: countsByWeekday(earlier) };
  const all = addUp([...byDay.values()]);
  const exchange =
    findExchange(known.byWeekday.get(weekday) ?? NONE, now) ??
    (usual === null ? null : findExchange(usual.all, all));
  if (exchange !== null) return { exchange, usual: known };
  const alike = countsByWeekday(byDay).get(weekday) ?? NONE;
  return { exchange, usual: { all, byWeekday: new Map(known.byWeekday).set(weekday, alike) } };
}

const NONE: ValueCounts = new Map();

function countsByDay(days: CodeStudy['days']): ReadonlyMap<string, ValueCounts> {
  const byDay = new Map<string, Map<string, number>>();
  for (const { day, value, rows } of days) {
    const counts = byDay.get(day) ?? new Map<string, number>();
    byDay.set(day, counts);
    counts.set(value, (counts.get(value) ?? 0) + rows);
  }
  return byDay;
}

/** Of those weekdays that stand there often enough to be compared with. */
function countsByWeekday(byDay: ReadonlyMap<string, ValueCounts>): ReadonlyMap<number, ValueCounts> {
  const found = new Map<number, ValueCounts[]>();
  for (const [day, counts] of byDay) {
    found.set(weekdayOf(day), [...(found.get(weekdayOf(day)) ?? []), counts]);
  }
  return new Map(
    [...found].flatMap(([weekday, counts]) =>
      counts.length < LEAST_WEEKS ? [] : [[weekday, addUp(counts)] as const],
    ),
  );
}

function addUp(all: readonly ValueCounts[]): ValueCounts {
  const sums = new Map<string, number>();
  for (const counts of all) {
    for (const [value, rows] of counts) sums.set(value, (sums.get(value) ?? 0) + rows);
  }
  return sums;
}

function weekdayOf(day: string): number {
  return DateTime.fromISO(day, { zone: 'utc' }).weekday;
}

function latest(left: string, right: string): number {
  return left < right ? 1 : -1;
}
