import { chineseDigits, chineseInteger } from '../numbers/chinese-numeral.js';
import { halfWidth } from '../texts/cell-text.js';
import { dayOfEpoch, formatDay, isCalendarDay, two } from './calendar.js';
import { isTimeOfDay, offsetMinutes, wallOfEpochMillis } from './moment.js';
import type { RawMoment } from './raw-moment.js';

export interface AnyDate extends RawMoment {
  /** Minutes east of Greenwich where the cell says so. */
  readonly offset: number | null;
  /** The day was cut off; `day` is the first of the month. */
  readonly truncated: boolean;
}

/** One way of writing dates; null when a text is not written that way. */
type DateReader = (text: string) => AnyDate | null;

/**
 * Reads a date in any of the spellings of D8. Fillers (`0000-00-00`, `9999-9-9`) are read as they stand;
 * whether a day is believed is for the caller to say.
 *
 * @param trimmed without blanks at the ends.
 */
export function readAnyDate(trimmed: string): AnyDate | null {
  const text = halfWidth(trimmed);
  for (const read of READERS) {
    const date = read(text);
    if (date !== null) return date;
  }
  return null;
}

const TIME =
  '(?:(?:[ T]| +)?(\\d{1,2})(?::|时|点)(\\d{1,2})(?:(?::|分)(\\d{1,2})秒?|分)?(\\.\\d+)?\\s*(Z|[+-]\\d{2}:?\\d{2})?)?';
const SEPARATED = new RegExp(`^(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})日?号?\\s*${TIME}$`);

const readSeparated: DateReader = (text) => {
  const match = SEPARATED.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  return compose(Number(year), Number(month), Number(day), { hour, minute, second, fraction, offset });
};

const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:[ T]?(\d\d):?(\d\d)(?::?(\d\d))?(\.\d+)?)?$/;

/** `20200618`, `202006181230`, `20200618123000`. */
const readCompact: DateReader = (text) => {
  const match = COMPACT.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction] = match;
  return compose(Number(year), Number(month), Number(day), { hour, minute, second, fraction });
};

const MONTH = /^(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]?|(\d\d))\s*$/;

/** `2020-6-`, `2020-06`, `2020年6月`, `202006`: the day is lost. */
const readMonth: DateReader = (text) => {
  const match = MONTH.exec(text);
  if (match === null) return null;
  const date = compose(Number(match[1]), Number(match[2] ?? match[3]), 1, {});
  return date === null ? null : { ...date, truncated: true };
};

const CHINESE =
  /^([〇零○Ｏ一二三四五六七八九壹贰叁肆伍陆柒捌玖O0]{4})年([一二三四五六七八九十元正壹贰叁肆伍陆柒捌玖拾零〇]{1,3})月(?:([一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾零〇]{1,4})[日号])?$/;

/** `二〇二〇年六月十八日`. */
const readChinese: DateReader = (text) => {
  const match = CHINESE.exec(text);
  if (match === null) return null;
  const [, yearText = '', monthText = '', dayText] = match;
  const year = chineseDigits(yearText.replace(/[O0]/g, '〇'));
  const month = chineseInteger(monthText.replace(/[元正]/, '一'));
  const day =
    dayText === undefined ? 1n : chineseInteger(dayText.replace('廿', '二十').replace('卅', '三十'));
  if (year === null || month === null || day === null) return null;
  const date = compose(Number(year), Number(month), Number(day), {});
  return date === null ? null : { ...date, truncated: dayText === undefined };
};

/** Days before 1970-01-01 on which Excel's count begins, its false leap day of 1900 included. */
const EXCEL_EPOCH = 25_569;

/** `44000` is 2020-06-18; five digits, so 1927 to 2099. A fraction is the time of day. */
const readExcelSerial: DateReader = (text) => {
  const match = /^([1-7]\d{4})(\.\d+)?$/.exec(text);
  if (match === null) return null;
  const day = dayOfEpoch(Number(match[1]) - EXCEL_EPOCH);
  if (match[2] === undefined || Number(match[2]) === 0) return dateOf(day);
  // Rounded to seconds; beyond the last second of the day it stays that day.
  const seconds = Math.min(86_399, Math.round(Number(match[2]) * 86_400));
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return { ...dateOf(day), time };
};

/** Twelve or thirteen digits that are no compact date: milliseconds since 1970. */
const readEpochMillis: DateReader = (text) => {
  if (!/^-?\d{12,13}$/.test(text)) return null;
  const [day = '', time = ''] = wallOfEpochMillis(Number(text)).split(' ');
  return { ...dateOf(day), time, offset: 480 };
};

const READERS: readonly DateReader[] = [
  readSeparated,
  readCompact,
  readMonth,
  readChinese,
  readExcelSerial,
  readEpochMillis,
];

interface TimeParts {
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  readonly fraction?: string | undefined;
  readonly offset?: string | undefined;
}

function compose(year: number, month: number, day: number, parts: TimeParts): AnyDate | null {
  const filler = year === 0 || year === 9999;
  if (!filler && !isCalendarDay(year, month, day)) return null;
  const date = dateOf(formatDay(year, month, day));
  if (parts.hour === undefined) return date;
  const [hour, minute, second] = [Number(parts.hour), Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  if (!isTimeOfDay(hour, minute, second)) return null;
  return {
    ...date,
    time: `${two(hour)}:${two(minute)}:${two(second)}`,
    offset: parts.offset === undefined ? null : offsetMinutes(parts.offset),
  };
}

function dateOf(day: string): AnyDate {
  return { day, time: null, fraction: '', offset: null, truncated: false };
}
