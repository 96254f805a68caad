import { quarterOf } from '../../../demo/oracle/legal-clocks.js';
import { addDays, daysBetween } from '../../../demo/world/days.js';

type DayPart = 'year' | 'quarter' | 'month' | 'week' | 'day';

/** `2026`, `2026-Q2`, `2026-06`, `2026-W27` or `2026-06-30` of a day. */
export function partOfDay(day: string, part: DayPart): string {
  switch (part) {
    case 'year':
      return day.slice(0, 4);
    case 'quarter':
      return quarterOf(day);
    case 'month':
      return day.slice(0, 7);
    case 'week':
      return isoWeekOf(day);
    case 'day':
      return day;
  }
}

/** ISO 8601: a week belongs to the year of its Thursday, and week 1 has the year's first Thursday. */
function isoWeekOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const thursday = addDays(day, 3 - weekday);
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
