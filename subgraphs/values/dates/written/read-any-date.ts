import { chineseDigits, chineseInteger } from '../../numbers/chinese-numeral.js';
import { halfWidth, trimText } from '../../texts/cell-text.js';
import { formatDay, isCalendarDay } from '../calendar.js';
import type { RawMoment } from '../raw-moment.js';
import { readCountedDate, wholeDigits } from './read-counted-date.js';
import { type Period, readPeriod } from './read-period.js';
import { readTime } from './read-time.js';

export interface AnyDate extends RawMoment {
  /** Minutes east of Greenwich where the cell says so. */
  readonly offset: number | null;
  /** The period that the cell names; `day` is its first one. Null when the cell names a day. */
  readonly period: Period | null;
}

/** One way of writing dates; null when a text is not written that way. */
type DateReader = (text: string) => AnyDate | null;

/**
 * Reads a date in any of the spellings of D8. Fillers (`0000-00-00`, `9999-9-9`) are read as they stand;
 * the codec decides which days it believes.
 *
 * @param trimmed without blanks at the ends.
 */
export function readAnyDate(trimmed: string): AnyDate | null {
  const text = wholeDigits(halfWidth(trimmed));
  for (const read of READERS) {
    const date = read(text);
    if (date !== null) return date;
  }
  return null;
}

const SEPARATED = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)(?:\s*(日|号))?(.*)$/s;
const WEEKDAY = /^\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?/;

const readSeparated: DateReader = (text) => {
  const match = SEPARATED.exec(text);
  if (match === null) return null;
  const [, year, month, day, sign, rest = ''] = match;
  const afterWeekday = rest.replace(WEEKDAY, ' ');
  // `2020-6-18:30` has lost a blank, and nobody knows where.
  const isApart = sign !== undefined || /^(?:T|\s|Z|[+-]\d|$)/.test(afterWeekday);
  if (!isApart) return null;
  return compose(Number(year), Number(month), Number(day), afterWeekday);
};

const COMPACT =
  /^(\d{4})(\d\d)(\d\d)(?:[ T]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+|\d{3})?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** `20200618`, `202006181230`, `20200618123000`, `20200618T123000Z`. */
const readCompact: DateReader = (text) => {
  const match = COMPACT.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, zone = ''] = match;
  const clock = hour === undefined ? '' : `${hour}:${minute}:${second ?? '00'}`;
  return compose(Number(year), Number(month), Number(day), ` ${clock}${zone}`);
};

const readMonth: DateReader = (text) => {
  const period = readPeriod(text);
  return period === null ? null : { ...dateOf(period.firstDay), period };
};

const CHINESE =
  /^([〇零○Ｏ一二三四五六七八九壹贰叁肆伍陆柒捌玖O0]{4})年([一二三四五六七八九十元正壹贰叁肆伍陆柒捌玖拾零〇]{1,3})月([一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾零〇]{1,4})[日号]$/;

/** `二〇二〇年六月十八日`. */
const readChinese: DateReader = (text) => {
  const match = CHINESE.exec(text);
  if (match === null) return null;
  const [, yearText = '', monthText = '', dayText = ''] = match;
  const year = chineseDigits(yearText.replace(/[O0]/g, '〇'));
  const month = chineseInteger(monthText.replace(/[元正]/, '一'));
  const day = chineseInteger(dayText.replace('廿', '二十').replace('卅', '三十'));
  if (year === null || month === null || day === null) return null;
  return compose(Number(year), Number(month), Number(day), '');
};

const readCounted: DateReader = (text) => {
  const date = readCountedDate(text);
  return date === null ? null : { ...date, period: null };
};

const READERS: readonly DateReader[] = [readSeparated, readCompact, readMonth, readChinese, readCounted];

/** @param rest what follows the day: nothing, a time, a zone. */
function compose(year: number, month: number, day: number, rest: string): AnyDate | null {
  const filler = year === 0 || year === 9999;
  if (!filler && !isCalendarDay(year, month, day)) return null;
  const date = dateOf(formatDay(year, month, day));
  const written = trimText(rest.replace(/^\s*T/, ''));
  if (written === '') return date;
  const time = readTime(written);
  return time === null ? null : { ...date, ...time };
}

function dateOf(day: string): AnyDate {
  return { day, time: null, fraction: '', offset: null, period: null };
}
