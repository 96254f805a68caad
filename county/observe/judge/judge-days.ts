import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { DayCount } from '../../../subgraphs/engine/observe/study-days.js';
import type { Thresholds } from '../../../subgraphs/engine/observe/thresholds.js';
import type { IncidentCause } from '../../../subgraphs/port/observation.js';
import { addDays } from '../../../subgraphs/values/dates/calendar.js';
import type { Criteria, Seen } from '../seen.js';
import { median } from './median.js';
import { isBeyond, NOTHING, percent, type Verdict } from './verdict.js';

const WEEK = 7;
const WEEKS_COMPARED = 4;
const WEEKS_BACK = 6;
const LEAST_COMPARED = 3;
/**
 * A county has few rows a day: five times the root of their usual number is what chance alone does once in a million
 * days. What the mapping states holds without it.
 */
const BY_CHANCE = 5;
/** Of so many a day, none at all is no chance. */
const NEVER_NONE = 10;
/** How far back a day is looked for that can be judged: the longest holiday, and the weekends beside it. */
const DAYS_BACK = 14;
const JUDGED: readonly IncidentCause[] = ['ROWS_FEW', 'ROWS_MANY', 'ROWS_NONE'];

/** The rows of the last day that is whole by those of the same weekday in the weeks before. */
export function judgeDays(
  { study, watermarkSince }: Seen,
  { thresholds, workingDays, now }: Criteria,
): Verdict {
  const days = study?.found.days ?? null;
  if (thresholds?.dayCompleteAfter == null || study === null || days === null) return NOTHING;
  // News came since the rows were counted.
  if (watermarkSince > study.at) return NOTHING;
  const { dayCompleteAfter } = thresholds;
  const works = (day: string): boolean => thresholds.days === 'every' || workingDays.isWorkingDay(day);
  const day = lastWhole(dayCompleteAfter, Math.min(now, study.at), works);
  if (day === null) return NOTHING;
  const counts = new Map(days.map((one) => [one.day, one.rows]));
  const rows = counts.get(day) ?? 0;
  const before = comparable(day, days, works).map((one) => counts.get(one) ?? 0);
  const measured = {
    measure: 'ROWS_OF_DAY',
    about: day,
    value: rows,
    unit: 'ROWS',
    threshold: null,
  } as const;
  const takenAt = study.at;
  if (before.length < LEAST_COMPARED) {
    return { measurements: [{ ...measured, takenAt }], judged: [], findings: [] };
  }
  const usual = median(before);
  const cause = causeOf(rows, usual, thresholds);
  const share = usual === 0 ? 1 : rows / usual;
  return {
    measurements: [
      { ...measured, takenAt },
      {
        measure: 'ROWS_BY_USUAL',
        about: day,
        value: share,
        unit: 'SHARE',
        threshold: cause === 'ROWS_MANY' ? thresholds.many : thresholds.few,
        takenAt,
      },
    ],
    judged: JUDGED,
    findings:
      cause === null
        ? []
        : [
            {
              cause,
              about: null,
              severity: cause === 'ROWS_NONE' ? 'CRITICAL' : 'WARNING',
              detail: `${day} 有 ${rows} 行，近四周同一星期几通常 ${usual} 行（${percent(share)}）。On ${day} there are ${rows} rows; the same weekday usually has ${usual} (${percent(share)}).`,
              requestId: null,
            },
          ],
  };
}

function causeOf(rows: number, usual: number, { few, many }: Thresholds): IncidentCause | null {
  const isNoChance = Math.abs(rows - usual) >= BY_CHANCE * Math.sqrt(usual);
  if (usual > 0 && rows === 0 && (few.isStated || usual >= NEVER_NONE)) return 'ROWS_NONE';
  if (usual === 0) return null;
  if (isBeyond(rows / usual, few) && (few.isStated || isNoChance)) return 'ROWS_FEW';
  return isBeyond(rows / usual, many) && (many.isStated || isNoChance) ? 'ROWS_MANY' : null;
}

/** The last day on which news is promised and whose rows must all be there. */
function lastWhole(afterSeconds: number, now: number, works: (day: string) => boolean): string | null {
  const whole = DateTime.fromMillis(now - afterSeconds * 1000, { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd');
  for (let back = 1; back <= DAYS_BACK; back++) {
    const day = addDays(whole, -back);
    if (works(day)) return day;
  }
  return null;
}

/** The same weekday in the weeks before, where it was a working day or none alike, since the interface has rows at all. */
function comparable(
  day: string,
  days: readonly DayCount[],
  works: (day: string) => boolean,
): readonly string[] {
  const [first = day] = days.map((one) => one.day).sort();
  return Array.from({ length: WEEKS_BACK }, (_, week) => addDays(day, -(week + 1) * WEEK))
    .filter((one) => one >= first && works(one))
    .slice(0, WEEKS_COMPARED);
}
