import { all } from '../../../adapters/condition.js';
import { cellText } from '../texts/cell-text.js';
import { isIsoDay } from './calendar.js';
import type { RawMoment } from './raw-moment.js';
import type { TemporalShape } from './temporal-shape.js';

const CELL = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(\.\d+)?)?$/;

/**
 * A DATE or TIMESTAMP column, as adapters give its cells: ISO texts of days that exist, or the fillers of
 * MySQL (`0000-00-00`). The database has checked them, so no pattern is needed beside the bounds.
 */
export const nativeShape: TemporalShape = {
  read: (cell): RawMoment | null => {
    const match = CELL.exec(cellText(cell) ?? '');
    if (match === null) return null;
    const [, day = '', time, fraction = ''] = match;
    return day.startsWith('0000-') || isIsoDay(day) ? { day, time: time ?? null, fraction } : null;
  },
  write: ({ day, time, fraction }) => (time === null ? day : `${day} ${time}${fraction}`),
  between: (column, from, before) =>
    all([
      { kind: 'compare', column, op: 'gte', value: boundText(from) },
      { kind: 'compare', column, op: 'lt', value: boundText(before) },
    ]),
};

/** A day without time compares alike with DATE and TIMESTAMP cells. */
function boundText(wall: string): string {
  return wall.endsWith(' 00:00:00') ? wall.slice(0, 10) : wall;
}
