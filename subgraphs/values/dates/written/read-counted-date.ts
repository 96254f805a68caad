import { parseDecimal } from '../../../../adapters/exact-decimal.js';
import { dayOfEpoch, isCalendarDay, two } from '../calendar.js';
import { wallOfEpochMillis } from '../moment.js';
import type { RawMoment } from '../raw-moment.js';

/** A moment counted in days or seconds from a first one. */
interface CountedDate extends RawMoment {
  /** Minutes east of Greenwich; null where the count is of the wall clock. */
  readonly offset: number | null;
}

/**
 * Reads a count: an Excel serial (`44000.5`), seconds or milliseconds since 1970, `/Date(1591574400000+0800)/`.
 * Null for a number that a careful person could take for something else.
 */
export function readCountedDate(text: string): CountedDate | null {
  const json = /^\\?\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?\/$/.exec(text)?.[1];
  if (json !== undefined) return dateOfMillis(Number(json));
  return readSerial(text) ?? readEpoch(text);
}

/** `2.0200608E7`, `20200608.0` as whole digits: how JSON writers of Java spell integers; any other text as it is. */
export function wholeDigits(text: string): string {
  // `E+12` is what Excel shows of a number whose last digits it hides.
  if (!/^\d+\.0+$/.test(text) && !/^\d(?:\.\d{1,15})?E\d{1,2}$/i.test(text)) return text;
  const value = parseDecimal(text);
  if (value === null) return text;
  const unit = 10n ** BigInt(value.scale);
  return value.digits % unit === 0n ? String(value.digits / unit) : text;
}

/** Days before 1970-01-01 on which Excel's count begins, its false leap day of 1900 included. */
const EXCEL_EPOCH = 25_569;

/** `44000` is 2020-06-18; five digits, so 1927 to 2099. A fraction is the time of day. */
function readSerial(text: string): CountedDate | null {
  const match = /^([1-7]\d{4})(\.\d+)?$/.exec(text);
  if (match === null) return null;
  const day = dayOfEpoch(Number(match[1]) - EXCEL_EPOCH);
  if (match[2] === undefined || Number(match[2]) === 0)
    return { day, time: null, fraction: '', offset: null };
  // Rounded to seconds; beyond the last second of the day it stays that day.
  const seconds = Math.min(86_399, Math.round(Number(match[2]) * 86_400));
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return { day, time, fraction: '', offset: null };
}

/** Ten digits are seconds, twelve or thirteen milliseconds. */
function readEpoch(text: string): CountedDate | null {
  if (/^9+$/.test(text)) return null;
  if (/^-?\d{12,13}$/.test(text)) return dateOfMillis(Number(text));
  // The seconds from 2001 to 2033. Ten digits may also be a day with its hour.
  if (!/^1\d{9}(?:\.\d+)?$/.test(text) || isDayWithHour(text)) return null;
  return dateOfMillis(Math.floor(Number(text)) * 1000);
}

function isDayWithHour(text: string): boolean {
  const [year, month, day, hour] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8), text.slice(8, 10)];
  return Number(year) >= 1900 && isCalendarDay(Number(year), Number(month), Number(day)) && Number(hour) < 24;
}

function dateOfMillis(millis: number): CountedDate | null {
  if (Math.abs(millis) > 8.64e15 - 86_400_000) return null;
  const [day = '', time = ''] = wallOfEpochMillis(millis).split(' ');
  return /^\d{4}-/.test(day) ? { day, time, fraction: '', offset: 480 } : null;
}
