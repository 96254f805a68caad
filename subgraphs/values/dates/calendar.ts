const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (day < 1) return false;
  const length = LENGTHS[month - 1];
  if (length === undefined) return false;
  return day <= length || (month === 2 && day === 29 && isLeapYear(year));
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function formatDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

const MS_PER_DAY = 86_400_000;

/** `2026-06-30` moved by whole days. @param iso a day that exists. */
export function addDays(iso: string, days: number): string {
  return dayOfEpoch(epochDay(iso) + days);
}

/** Days from one day to another; negative when `to` is earlier. @param from and `to`: days that exist. */
export function daysBetween(from: string, to: string): number {
  return epochDay(to) - epochDay(from);
}

/** Days since 1970-01-01. @param iso a day that exists. */
export function epochDay(iso: string): number {
  const year = Number(iso.slice(0, 4));
  const time = Date.UTC(year, Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10)));
  if (year > 99) return Math.floor(time / MS_PER_DAY);
  // `Date.UTC` takes 0 to 99 for 1900 to 1999.
  return Math.floor(new Date(time).setUTCFullYear(year) / MS_PER_DAY);
}

export function dayOfEpoch(day: number): string {
  const date = new Date(day * MS_PER_DAY);
  return formatDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** Whether a text is `yyyy-MM-dd` and a day that exists. */
export function isIsoDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    isCalendarDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)))
  );
}

const DAYS_PER_WEEK = 7;
/** 1970-01-01 was a Thursday, by whose year ISO 8601 names a week. */
const THURSDAY = 3;

/** The ISO 8601 week of a day: `2026-W27`. @param iso a day that exists. */
export function isoWeekOf(iso: string): string {
  const day = epochDay(iso);
  const sinceMonday = (((day + THURSDAY) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  const thursday = dayOfEpoch(day - sinceMonday + THURSDAY);
  const year = thursday.slice(0, 4);
  const week = Math.floor((epochDay(thursday) - epochDay(`${year}-01-01`)) / DAYS_PER_WEEK) + 1;
  return `${year}-W${two(week)}`;
}
