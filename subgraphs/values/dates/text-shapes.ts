import { all, type Condition } from '../../../adapters/condition.js';
import { cellText } from '../texts/cell-text.js';
import { matches } from '../texts/spelled-as.js';
import { addDays, formatDay, isCalendarDay } from './calendar.js';
import { dayPattern, timePattern } from './date-patterns.js';
import { isTimeOfDay } from './moment.js';
import type { RawMoment } from './raw-moment.js';
import type { TemporalShape } from './temporal-shape.js';

type TextFormat = 'yyyyMMdd' | 'yyyy-MM-dd' | 'yyyyMMddHHmmss' | 'yyyy-MM-dd HH:mm:ss';

interface Layout {
  /** Groups: year, month, day, and of formats with a time: hour, minute, second, fraction. */
  readonly cell: RegExp;
  /** The same for sources; only years 1900–2099 match, which is all that is ever asked for. */
  readonly pattern: string;
  readonly daySeparator: string;
  readonly timeSeparator: string;
  readonly between: string;
  readonly timed: boolean;
}

/** Drivers of Java append `.0` to every DATETIME that becomes text. */
const LAYOUTS: { readonly [format in TextFormat]: Layout } = {
  yyyyMMdd: {
    cell: /^(\d{4})(\d\d)(\d\d)$/,
    pattern: dayPattern(''),
    daySeparator: '',
    timeSeparator: '',
    between: '',
    timed: false,
  },
  'yyyy-MM-dd': {
    cell: /^(\d{4})-(\d\d)-(\d\d)$/,
    pattern: dayPattern('-'),
    daySeparator: '-',
    timeSeparator: '',
    between: '',
    timed: false,
  },
  yyyyMMddHHmmss: {
    cell: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/,
    pattern: dayPattern('') + timePattern(''),
    daySeparator: '',
    timeSeparator: '',
    between: '',
    timed: true,
  },
  'yyyy-MM-dd HH:mm:ss': {
    cell: /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(\.\d+)?$/,
    pattern: `${dayPattern('-')} ${timePattern(':')}([.][0-9]+)?`,
    daySeparator: '-',
    timeSeparator: ':',
    between: ' ',
    timed: true,
  },
};

/** A text (or integer) column that holds times in one fixed format and nothing else that counts. */
export function textShape(format: TextFormat): TemporalShape {
  const layout = LAYOUTS[format];
  return {
    read: (cell) => readLayout(cellText(cell) ?? '', layout),
    write: (moment) => writeLayout(moment, layout),
    between: (column, from, before): Condition =>
      all([
        matches(column, layout.pattern),
        { kind: 'compare', column, op: 'gte', value: boundText(from, layout) },
        { kind: 'compare', column, op: 'lt', value: boundText(before, layout) },
      ]),
  };
}

function readLayout(text: string, { cell, timed }: Layout): RawMoment | null {
  const match = cell.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // Fillers such as 00000000 and 99999999 are read, to be told from mistakes.
  const filler = year === 0 || year === 9999;
  if (!filler && !isCalendarDay(year, month, day)) return null;
  if (!timed) return { day: formatDay(year, month, day), time: null, fraction: '' };
  const [, , , , hour = '', minute = '', second = '', fraction = ''] = match;
  if (!isTimeOfDay(Number(hour), Number(minute), Number(second))) return null;
  return { day: formatDay(year, month, day), time: `${hour}:${minute}:${second}`, fraction };
}

function writeLayout({ day, time, fraction }: RawMoment, layout: Layout): string {
  const written = day.replaceAll('-', layout.daySeparator);
  if (!layout.timed) return written;
  return `${written}${layout.between}${(time ?? '00:00:00').replaceAll(':', layout.timeSeparator)}${fraction}`;
}

/** The least text at or after a wall: a prefix of the format, because a text sorts after its own beginning. */
function boundText(wall: string, layout: Layout): string {
  const [day, time] = [wall.slice(0, 10), wall.slice(11)];
  if (time === '00:00:00') return writeLayout({ day, time: null, fraction: '' }, { ...layout, timed: false });
  if (!layout.timed) return writeLayout({ day: addDays(day, 1), time: null, fraction: '' }, layout);
  return writeLayout({ day, time, fraction: '' }, layout);
}
