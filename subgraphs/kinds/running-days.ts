import { addDays, daysBetween } from '../values/dates/calendar.js';
import { type DerivedDeclaration, textOf } from './derived.js';

interface Span<Field extends string> {
  readonly from: Field;
  /** The end; today while there is none. */
  readonly to: Field;
  readonly words: string;
}

/** A clock in calendar days that runs until its end is entered. */
export function runningDays<const Field extends string>({
  from,
  to,
  words,
}: Span<Field>): DerivedDeclaration<Field> {
  return {
    type: 'Integer',
    level: 'L2',
    words,
    inputs: [from, to],
    requires: [from, to],
    value: (values, { today }) => {
      const start = textOf(values, from);
      return start === null ? null : daysBetween(start, textOf(values, to) ?? today);
    },
    narrow: (comparison, { today }) =>
      'from' in comparison && comparison.from !== undefined
        ? {
            condition: {
              any: [
                { field: from, to: addDays(today, -Number(comparison.from)) },
                { field: to, from: addDays(today, 1) },
              ],
            },
            exact: false,
          }
        : null,
  };
}
