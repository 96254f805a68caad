const MS_PER_DAY = 86_400_000;
const written = new Map<number, string>();

/** Days since 1970-01-01. @throws {RangeError} when the text is no `yyyy-MM-dd` of the calendar. */
export function dayNumber(iso: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY : Number.NaN;
  if (Number.isNaN(day) || isoDay(day) !== iso) {
    throw new RangeError(`Cannot read a day: it must be yyyy-MM-dd of the calendar, but is '${iso}'`);
  }
  return day;
}

/** `yyyy-MM-dd`. Kept, because a county's days are few and its rows are many. */
export function isoDay(day: number): string {
  const known = written.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  written.set(day, text);
  return text;
}

/** The day so many days later (or, when negative, earlier). */
export function addDays(iso: string, days: number): string {
  return isoDay(dayNumber(iso) + days);
}

/** Days from one day to another; 0 for the same. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}
