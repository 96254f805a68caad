import { all } from '../../../adapters/condition.js';
import { cellText } from '../texts/cell-text.js';
import { CANONICAL_OFFSET, wallOfEpochMillis } from './moment.js';
import { type RawMoment, wallOf } from './raw-moment.js';
import type { TemporalShape } from './temporal-shape.js';

/** Beyond this `Date` knows no days. */
const MAX_MILLIS = 8.64e15 - 86_400_000;

/**
 * A numeric column that counts from 1970-01-01T00:00:00Z. Walls are at +08:00.
 *
 * @param unitMs 1 for milliseconds, 1000 for seconds.
 */
export function epochShape(unitMs: 1 | 1000): TemporalShape {
  const countOf = (wall: string): number => epochMillis(wall) / unitMs;
  return {
    timed: true,
    read: (cell): RawMoment | null => {
      const text = cellText(cell) ?? '';
      const millis = Number(text) * unitMs;
      if (!/^-?\d{1,16}$/.test(text) || Math.abs(millis) > MAX_MILLIS) return null;
      const wall = wallOfEpochMillis(millis);
      const rest = millis - Math.floor(millis / 1000) * 1000;
      // Years beyond four digits have no ISO day; they are read as the filler that they are.
      const [day = '', time = ''] = wall.split(' ');
      if (!/^\d{4}-/.test(day)) return { day: '9999-12-31', time, fraction: '' };
      return { day, time, fraction: rest === 0 ? '' : `.${String(rest).padStart(3, '0')}` };
    },
    write: (moment) =>
      countOf(wallOf(moment)) +
      Math.floor(Number(moment.fraction.slice(1).padEnd(3, '0').slice(0, 3)) / unitMs),
    between: (column, from, before) =>
      all([
        { kind: 'compare', column, op: 'gte', value: countOf(from) },
        { kind: 'compare', column, op: 'lt', value: countOf(before) },
      ]),
  };
}

function epochMillis(wall: string): number {
  return Date.parse(`${wall.replace(' ', 'T')}Z`) - CANONICAL_OFFSET * 60_000;
}
