import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { WorkingDays } from '../../../subgraphs/values/dates/working-days.js';

const DAY_MS = 86_400_000;
/** What is older than this is old by any count. */
const MOST_DAYS = 400;

/**
 * Seconds from one moment to another on days that people work: what is due on Saturday is due on Monday.
 *
 * @param from epoch milliseconds, like `to`.
 */
export function workingAge(
  from: number,
  to: number,
  { isWorkingDay }: Pick<WorkingDays, 'isWorkingDay'>,
): number {
  if (to - from > MOST_DAYS * DAY_MS) return (to - from) / 1000;
  let worked = 0;
  for (let begin = from; begin < to; ) {
    const day = DateTime.fromMillis(begin, { zone: COUNTY_ZONE });
    const end = Math.min(to, day.startOf('day').plus({ days: 1 }).toMillis());
    if (isWorkingDay(day.toFormat('yyyy-MM-dd'))) worked += end - begin;
    begin = end;
  }
  return worked / 1000;
}
