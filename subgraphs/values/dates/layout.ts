import type { TextFormat } from './date-format.js';
import { dayPattern, timePattern } from './date-patterns.js';

/** The shape of the cells of one text format. */
export interface Layout {
  /** Groups: year, month, day, and of formats with a time: hour, minute, second, fraction. */
  readonly cell: RegExp;
  /** The same for sources; it matches the years 1900 to 2099 alone, and no predicate reaches further. */
  readonly pattern: string;
  /** What stands after year, month and day. */
  readonly daySeparators: readonly [string, string, string];
  /** What stands between day and time. */
  readonly between: string;
  /** What stands after hour, minute and second; empty where the format has no time, two of them without seconds. */
  readonly timeSeparators: readonly string[];
}

const FORMAT = /^yyyy(.?)MM(.?)dd(日?)(?:([ T]?)HH(.?)mm(分?:?)(?:ss(秒?))?)?$/u;

/** Takes a format apart. @throws {TypeError} on a text that is none; the list of formats holds none such. */
export function layoutOf(format: TextFormat): Layout {
  const match = FORMAT.exec(format);
  if (match === null) throw new TypeError(`Cannot lay out ${JSON.stringify(format)}: it is no date format`);
  const [
    ,
    afterYear = '',
    afterMonth = '',
    afterDay = '',
    between = '',
    afterHour,
    afterMinute = '',
    second,
  ] = match;
  const daySeparators = [afterYear, afterMonth, afterDay] as const;
  const seconds = second === undefined ? [] : [second];
  const timeSeparators = afterHour === undefined ? [] : [afterHour, afterMinute, ...seconds];
  // Drivers of Java append `.0` to every DATETIME that becomes text.
  const fraction = timeSeparators.length === 3 && afterHour === ':';
  const escaped = daySeparators.map((separator) => (separator === '.' ? '\\.' : separator));
  const day = `(\\d{4})${escaped[0]}(\\d\\d)${escaped[1]}(\\d\\d)${escaped[2]}`;
  const time = timeSeparators.map((separator) => `(\\d\\d)${separator}`).join('');
  return {
    cell: new RegExp(`^${day}${between}${time}${fraction ? '(\\.\\d+)?' : ''}$`),
    pattern:
      timeSeparators.length === 0
        ? dayPattern(daySeparators)
        : `${dayPattern(daySeparators)}${between}${timePattern(timeSeparators)}${fraction ? '([.][0-9]+)?' : ''}`,
    daySeparators,
    between,
    timeSeparators,
  };
}
