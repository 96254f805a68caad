const MS_PER_DAY = 86_400_000;
/** From 1842 on; an array, because rows are many and every one has days. */
const FIRST_KEPT = -46_751;
const written = new Array<string | undefined>(150_000);
const read = new Map<string, number>();

/** Days since 1970-01-01. @throws {RangeError} when the text is no `yyyy-MM-dd` of the calendar. */
export function dayNumber(iso: string): number {
  const known = read.get(iso);
  if (known !== undefined) return known;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY : Number.NaN;
  if (Number.isNaN(day) || isoDay(day) !== iso) {
    throw new RangeError(`Cannot read a day: it must be yyyy-MM-dd of the calendar, but is '${iso}'`);
  }
  read.set(iso, day);
  return day;
}

/** `yyyy-MM-dd` of a day of 1842 or later. */
export function isoDay(day: number): string {
  const known = written[day - FIRST_KEPT];
  if (known !== undefined) return known;
  const text = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  written[day - FIRST_KEPT] = text;
  return text;
}

/** The day so many days later (or, when negative, earlier). */
export function addDays(iso: string, days: number): string {
  return isoDay(dayNumber(iso) + days);
}

/** The later of two days. */
export function laterDay(one: string, other: string): string {
  return isoDay(Math.max(dayNumber(one), dayNumber(other)));
}

/** The earlier of two days. */
export function earlierDay(one: string, other: string): string {
  return isoDay(Math.min(dayNumber(one), dayNumber(other)));
}

/** Days from one day to another; 0 for the same. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}
