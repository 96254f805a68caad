const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

export function isCalendarDay(text: string): boolean {
  return DAY.test(text) && printDay(dayNumber(text)) === text;
}

/** @param day `yyyy-MM-dd`. */
export function addDays(day: string, days: number): string {
  return printDay(dayNumber(day) + days);
}

/** Days from one calendar day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

function printDay(number: number): string {
  return Number.isFinite(number) ? new Date(number * DAY_MS).toISOString().slice(0, 10) : '';
}
