import type { CallContext } from '../../../runtime/call/call-context.js';
import { addDays } from '../../values/dates/calendar.js';
import type { InterfaceRows } from '../read/served-interface.js';
import { readTally } from '../read/tally/read-tally.js';
import { dayFieldOf } from './study-cost.js';

/** The rows of one day of the county, `yyyy-MM-dd`. */
export interface DayCount {
  readonly day: string;
  readonly rows: number;
}

/** Six weeks, so that holidays among them leave four to compare with. */
export const DAYS_COMPARED = 42;
const SECONDS_PER_DAY = 86_400;

/**
 * Rows by the day that their kind counts by, of the last weeks up to yesterday; days without any are not among them.
 *
 * @param completeAfter how long after its end a day is whole, in seconds: so many days more are read.
 * @returns null where the interface has no such day.
 */
export async function studyDays(
  one: InterfaceRows,
  completeAfter: number,
  context: CallContext,
): Promise<readonly DayCount[] | null> {
  const field = dayFieldOf(one.compiled.mapping);
  if (field === null) return null;
  const from = addDays(context.today, -(DAYS_COMPARED + 1 + Math.ceil(completeAfter / SECONDS_PER_DAY)));
  const tallies = await readTally(
    one,
    {
      where: { field, from, to: addDays(context.today, -1) },
      by: [{ field, truncate: 'day' }],
      measures: [],
    },
    context,
  );
  return tallies.flatMap(({ key: [day], count }) =>
    day === null || day === undefined ? [] : [{ day, rows: count }],
  );
}
