import { addDays, daysBetween } from '../../values/dates/calendar.js';
import { type DerivedDeclaration, type Narrowed, type RowValues, textOf } from '../derived.js';

/** Days within which a case has to be decided (行政处罚法 art. 60). */
export const DECIDE_WITHIN_DAYS = 90;

const INPUTS = ['filedAt', 'decidedAt', 'closedAt'] as const;
type ClockField = (typeof INPUTS)[number];

export const elapsedDays: DerivedDeclaration<ClockField> = {
  type: 'Integer',
  level: 'L2',
  words:
    '立案至决定（无决定则至结案，均无则至今）的天数. Days from filing to the decision, to the end without one, or to today.',
  inputs: INPUTS,
  requires: ['filedAt'],
  value: (values, { today }) => elapsed(values, today),
  narrow: (comparison, { today }) =>
    'from' in comparison && comparison.from !== undefined
      ? whereElapsed(Number(comparison.from), today)
      : null,
};

export const remainingDays: DerivedDeclaration<ClockField> = {
  type: 'Integer',
  level: 'L2',
  words: '距 90 日办案期限的天数，负数为超期. Days left of the 90.',
  inputs: INPUTS,
  requires: ['filedAt'],
  value: (values, { today }) => {
    const days = elapsed(values, today);
    return days === null ? null : DECIDE_WITHIN_DAYS - days;
  },
  narrow: (comparison, { today }) =>
    'to' in comparison && comparison.to !== undefined
      ? whereElapsed(DECIDE_WITHIN_DAYS - Number(comparison.to), today)
      : null,
};

function elapsed(values: RowValues, today: string): number | null {
  const filedAt = textOf(values, 'filedAt');
  if (filedAt === null) return null;
  return daysBetween(filedAt, textOf(values, 'decidedAt') ?? textOf(values, 'closedAt') ?? today);
}

/** Necessary for `days` or more: filed as long ago as that, or ended on a day that may lie ahead. */
function whereElapsed(days: number, today: string): Narrowed {
  return {
    condition: {
      any: [
        { field: 'filedAt', to: addDays(today, -days) },
        { field: 'decidedAt', from: addDays(today, 1) },
        { field: 'closedAt', from: addDays(today, 1) },
      ],
    },
    exact: false,
  };
}
