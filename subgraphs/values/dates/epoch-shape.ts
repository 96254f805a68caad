import { all } from '../../../adapters/condition.js';
import { cellText } from '../texts/cell-text.js';
import { CANONICAL_OFFSET, wallOfEpochMillis } from './moment.js';
import { type RawMoment, wallOf } from './raw-moment.js';
import type { TemporalShape } from './temporal-shape.js';

/** Beyond this `Date` knows no days. */
const MAX_MILLIS = 8.64e15 - 86_400_000;

/** A numeric column of milliseconds since 1970-01-01T00:00:00Z. Walls are at +08:00. */
export const epochShape: TemporalShape = {
  read: (cell): RawMoment | null => {
    const text = cellText(cell) ?? '';
    if (!/^-?\d{1,16}$/.test(text) || Math.abs(Number(text)) > MAX_MILLIS) return null;
    const millis = Number(text);
    const wall = wallOfEpochMillis(millis);
    const rest = millis - Math.floor(millis / 1000) * 1000;
    // Years beyond four digits have no ISO day; they are read as the filler that they are.
    const [day = '', time = ''] = wall.split(' ');
    if (!/^\d{4}-/.test(day)) return { day: '9999-12-31', time, fraction: '' };
    return { day, time, fraction: rest === 0 ? '' : `.${String(rest).padStart(3, '0')}` };
  },
  write: (moment) =>
    epochMillis(wallOf(moment)) + Number(moment.fraction.slice(1).padEnd(3, '0').slice(0, 3)),
  between: (column, from, before) =>
    all([
      { kind: 'compare', column, op: 'gte', value: epochMillis(from) },
      { kind: 'compare', column, op: 'lt', value: epochMillis(before) },
    ]),
};

function epochMillis(wall: string): number {
  return Date.parse(`${wall.replace(' ', 'T')}Z`) - CANONICAL_OFFSET * 60_000;
}
