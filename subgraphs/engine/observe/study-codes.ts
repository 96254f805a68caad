import type { CallContext } from '../../../runtime/call/call-context.js';
import { addDays } from '../../values/dates/calendar.js';
import type { InterfaceRows } from '../read/served-interface.js';
import { readTally } from '../read/tally/read-tally.js';
import { codeFieldsOf, dayFieldOf } from './study-cost.js';

/** How many rows of each day of the county have which value of a field of codes. */
export interface CodeStudy {
  readonly field: string;
  readonly days: readonly { readonly day: string; readonly value: string; readonly rows: number }[];
}

/** Five weeks: the same weekday stands four times before the newest day. */
const DAYS_COMPARED = 35;

/** @returns empty where the interface has no day to count by, or no codes. */
export async function studyCodes(one: InterfaceRows, context: CallContext): Promise<readonly CodeStudy[]> {
  const { mapping } = one.compiled;
  const day = dayFieldOf(mapping);
  if (day === null) return [];
  const found: CodeStudy[] = [];
  for (const field of codeFieldsOf(mapping)) found.push(await studyField(one, { day, field }, context));
  return found;
}

async function studyField(
  one: InterfaceRows,
  { day, field }: { readonly day: string; readonly field: string },
  context: CallContext,
): Promise<CodeStudy> {
  const tallies = await readTally(
    one,
    {
      where: {
        field: day,
        from: addDays(context.today, -DAYS_COMPARED),
        to: addDays(context.today, -1),
      },
      by: [{ field: day, truncate: 'day' }, { field }],
      measures: [],
    },
    context,
  );
  const days = tallies.flatMap(({ key: [at, value], count }) =>
    at == null || value == null ? [] : [{ day: at, value, rows: count }],
  );
  return { field, days };
}
