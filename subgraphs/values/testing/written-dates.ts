import fc from 'fast-check';
import { dayOfEpoch, epochDay, two } from '../dates/calendar.js';
import { wide } from './dirty-cells.js';
import type { WrittenCell, WrittenCells } from './written-cell.js';
import { guarded } from './written-texts.js';

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Milliseconds since 1970. */
  readonly epoch: number;
}

/** Seconds since 1970 of later moments could be a day of the last century with its hour. */
const MOMENTS: fc.Arbitrary<Moment> = fc
  .tuple(fc.integer({ min: epochDay('2002-01-01'), max: epochDay('2030-01-01') }), fc.nat(86_399))
  .map(([number, second]) => {
    const [year = 0, month = 0, day = 0] = dayOfEpoch(number).split('-').map(Number);
    const epoch = (number * 86_400 + second - 8 * 3600) * 1000;
    return {
      year,
      month,
      day,
      hour: Math.floor(second / 3600),
      minute: Math.floor(second / 60) % 60,
      second: second % 60,
      epoch,
    };
  });

type Writer = (moment: Moment) => string | number;

const iso = ({ year, month, day }: Moment): string => `${year}-${two(month)}-${two(day)}`;
const clock = ({ hour, minute, second }: Moment): string => `${two(hour)}:${two(minute)}:${two(second)}`;
const utc = ({ epoch }: Moment): string => new Date(epoch).toISOString();
const half = ({ hour }: Moment): string => (hour < 12 ? '上午' : '下午');
const hour12 = ({ hour }: Moment): number => (hour % 12 === 0 ? 12 : hour % 12);

/** Of a day alone: Excel, WPS, forms of government systems, XML. */
const DAY_WRITERS: readonly Writer[] = [
  iso,
  ({ year, month, day }) => `${year}/${month}/${day}`,
  ({ year, month, day }) => `${year}.${month}.${day}`,
  ({ year, month, day }) => `${year}年${month}月${day}日`,
  ({ year, month, day }) => `${year}年${two(month)}月${two(day)}日`,
  ({ year, month, day }) => `${year} 年 ${month} 月 ${day} 日`,
  ({ year, month, day }) => `${year}${two(month)}${two(day)}`,
  (moment) => wide(iso(moment)),
  (moment) => `${iso(moment)}+08:00`,
  (moment) => `${iso(moment)} 星期${'日一二三四五六'.charAt((epochDay(iso(moment)) + 4) % 7)}`,
  (moment) => epochDay(iso(moment)) + 25_569,
];

/** Of a moment: databases, Java, .NET, JavaScript, Excel. */
const MOMENT_WRITERS: readonly Writer[] = [
  (moment) => `${iso(moment)} ${clock(moment)}`,
  (moment) => `${iso(moment)} ${clock(moment)}.0`,
  (moment) => `${iso(moment)}T${clock(moment)}`,
  (moment) => `${iso(moment)}T${clock(moment)}+08:00`,
  (moment) => `${iso(moment)}T${clock(moment)}.000+0800`,
  utc,
  (moment) => utc(moment).replace('.000', ''),
  (moment) => `${utc(moment).replace('.000Z', 'Z')}[UTC]`,
  (moment) => `${iso(moment).replaceAll('-', '')}${clock(moment).replaceAll(':', '')}`,
  ({ year, month, day, hour, minute, second }) =>
    `${year}/${month}/${day} ${hour}:${two(minute)}:${two(second)}`,
  ({ year, month, day, hour, minute, second }) =>
    `${year}年${month}月${day}日 ${hour}时${minute}分${second}秒`,
  (moment) =>
    `${moment.year}/${moment.month}/${moment.day} ${half(moment)}${hour12(moment)}:${two(moment.minute)}:${two(moment.second)}`,
  (moment) =>
    `${iso(moment)} ${hour12(moment)}:${two(moment.minute)}:${two(moment.second)} ${moment.hour < 12 ? 'AM' : 'PM'}`,
  ({ epoch }) => `/Date(${epoch}+0800)/`,
  ({ epoch }) => epoch,
  ({ epoch }) => String(epoch / 1000),
  ({ epoch }) => `${(epoch / 10 ** 12).toFixed(12)}E12`,
  (moment) =>
    epochDay(iso(moment)) + 25_569 + (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86_400,
];

/** Writings that lose the century, the day or digits. */
const DOUBTFUL_WRITERS: readonly Writer[] = [
  ({ year, month, day }) => `${two(year % 100)}-${two(month)}-${two(day)}`,
  ({ year, month, day }) => `${two(year % 100)}${two(month)}${two(day)}`,
  ({ year, month, day }) => `${month}/${day}/${year}`,
  ({ year, month }) => `${year}-${two(month)}`,
  ({ year, month }) => `${year}年${month}月`,
  ({ year, month }) => `${year}${two(month)}`,
  ({ year, month }) => Number(`${year}.${two(month)}`),
  ({ year }) => year,
  ({ epoch }) => epoch.toExponential(5).replace('e', 'E'),
];

export const WRITTEN_DAYS: WrittenCells = fc.oneof(
  written(DAY_WRITERS, iso),
  written(MOMENT_WRITERS, iso),
  written(DOUBTFUL_WRITERS, iso).map((cell): WrittenCell => ({ ...cell, isDoubtful: true })),
);

export const WRITTEN_MOMENTS: WrittenCells = written(
  MOMENT_WRITERS,
  (moment) => `${iso(moment)}T${clock(moment)}+08:00`,
);

function written(writers: readonly Writer[], truthOf: (moment: Moment) => string): WrittenCells {
  return fc
    .tuple(MOMENTS, fc.constantFrom(...writers))
    .chain(([moment, write]) => guarded(write(moment)).map((cell) => ({ cell, truth: truthOf(moment) })));
}
