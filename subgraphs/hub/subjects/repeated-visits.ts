import { daysBetween } from '../../values/dates/calendar.js';
import { checkUpTo } from '../filter/bad-input.js';

const DEFAULT_WINDOW_DAYS = 30;
const MAX_WINDOW_DAYS = 3660;

/** A visit that can be compared: dated, and by a department that is known. */
export interface Visit {
  readonly date: string;
  readonly department: string;
}

/** @throws BAD_USER_INPUT unless the days are from 0 to 3660. */
export function readVisitWindow(withinDays: unknown, path: string): number {
  return checkUpTo(MAX_WINDOW_DAYS, path, Number(withinDays ?? DEFAULT_WINDOW_DAYS));
}

/**
 * Whether two departments came within the window. Sorted by day, it is enough to look at neighbours: between
 * any two visits by different departments there are two neighbouring ones by different departments.
 */
export function isRepeated(visits: readonly Visit[], windowDays: number): boolean {
  const sorted = [...visits].sort((left, right) =>
    left.date < right.date ? -1 : left.date > right.date ? 1 : 0,
  );
  return sorted.some((visit, index) => {
    const next = sorted[index + 1];
    return (
      next !== undefined &&
      next.department !== visit.department &&
      daysBetween(visit.date, next.date) <= windowDays
    );
  });
}
