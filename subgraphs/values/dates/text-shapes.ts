import { all, type Condition } from '../../../adapters/condition.js';
import { cellText } from '../texts/cell-text.js';
import { matches } from '../texts/spelled-as.js';
import { addDays, formatDay, isCalendarDay } from './calendar.js';
import type { TextFormat } from './date-format.js';
import { type Layout, layoutOf } from './layout.js';
import { isTimeOfDay, shiftWall } from './moment.js';
import type { RawMoment } from './raw-moment.js';
import type { TemporalShape } from './temporal-shape.js';

/** A text (or integer) column that holds times in one fixed format and nothing else that counts. */
export function textShape(format: TextFormat): TemporalShape {
  const layout = layoutOf(format);
  return {
    ...(isTimed(format) && { timed: true as const }),
    read: (cell) => readLayout(cellText(cell) ?? '', layout),
    write: (moment) => writeLayout(moment, layout),
    between: (column, from, before): Condition =>
      all([
        // First what leaves few cells to be held against the pattern, which costs more.
        { kind: 'compare', column, op: 'gte', value: boundText(from, layout) },
        { kind: 'compare', column, op: 'lt', value: boundText(before, layout) },
        matches(column, layout.pattern),
      ]),
  };
}

/** Whether cells of the format hold a time of day, so that a zone means something. */
export function isTimed(format: TextFormat): boolean {
  return layoutOf(format).timeSeparators.length > 0;
}

function readLayout(text: string, { cell, timeSeparators }: Layout): RawMoment | null {
  const match = cell.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // Fillers such as 00000000 and 99999999 are read, to be told from mistakes.
  const filler = year === 0 || year === 9999;
  if (!filler && !isCalendarDay(year, month, day)) return null;
  if (timeSeparators.length === 0) return { day: formatDay(year, month, day), time: null, fraction: '' };
  const [, , , , hour = '', minute = '', second = '00', fraction = ''] = match;
  if (!isTimeOfDay(Number(hour), Number(minute), Number(second))) return null;
  return { day: formatDay(year, month, day), time: `${hour}:${minute}:${second}`, fraction };
}

function writeLayout({ day, time, fraction }: RawMoment, layout: Layout): string {
  const written = writeDay(day, layout);
  if (layout.timeSeparators.length === 0) return written;
  const parts = (time ?? '00:00:00').split(':');
  const clock = layout.timeSeparators.map((separator, index) => `${parts[index]}${separator}`).join('');
  return `${written}${layout.between}${clock}${fraction}`;
}

function writeDay(day: string, { daySeparators: [afterYear, afterMonth, afterDay] }: Layout): string {
  return `${day.slice(0, 4)}${afterYear}${day.slice(5, 7)}${afterMonth}${day.slice(8, 10)}${afterDay}`;
}

/** The least text at or after a wall: a prefix of the format, because a text sorts after its own beginning. */
function boundText(wall: string, layout: Layout): string {
  const [day, time] = [wall.slice(0, 10), wall.slice(11)];
  if (time === '00:00:00') return writeDay(day, layout);
  const { timeSeparators } = layout;
  if (timeSeparators.length === 0) return writeDay(addDays(day, 1), layout);
  // Cells without seconds stand at whole minutes.
  if (timeSeparators.length === 2 && !time.endsWith(':00')) {
    return boundText(shiftWall(`${wall.slice(0, 17)}00`, 1), layout);
  }
  return writeLayout({ day, time, fraction: '' }, layout);
}
