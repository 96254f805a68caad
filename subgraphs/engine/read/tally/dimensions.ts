import type { DaySpan, FeedDimension, FeedMeasure, Truncation } from '../../../feed/feed.js';
import { daysBetween, isoWeekOf } from '../../../values/dates/calendar.js';
import type { EngineRow } from '../row/row-reader.js';

/** The text by which a row is counted along one dimension, null where the row has none; a list where it has several, never of none. */
export type DimensionReader = (
  row: EngineRow,
  dimension: FeedDimension,
) => string | null | readonly (string | null)[];

export function readDimension(
  row: EngineRow,
  dimension: FeedDimension,
  interfaceName: string,
): ReturnType<DimensionReader> {
  if ('subject' in dimension) return subjectsOf(row);
  if ('interface' in dimension) return interfaceName;
  if ('days' in dimension) return daysOf(row, dimension.days);
  const value = row.values.get(dimension.field) ?? null;
  if (value === null) return null;
  if (typeof value === 'object') return value.length === 0 ? null : [...new Set(value)];
  const text = String(value);
  return 'truncate' in dimension ? truncateDay(text.slice(0, 10), dimension.truncate) : text;
}

/** A row of several subjects counts for each of them. */
function subjectsOf({ subject, subjects = [] }: EngineRow): ReturnType<DimensionReader> {
  return subjects.length === 0 ? subject : subjects;
}

/** Fields that a dimension or measure is read from. */
export function fieldsOfDimension(dimension: FeedDimension | FeedMeasure): readonly string[] {
  if ('field' in dimension) return [dimension.field];
  return 'days' in dimension ? [dimension.days.from, dimension.days.to] : [];
}

/** Whole days between two days of a row, as text; null unless it has both. */
export function daysOf({ values }: EngineRow, { from, to }: DaySpan): string | null {
  const [first, last] = [values.get(from), values.get(to)];
  if (typeof first !== 'string' || typeof last !== 'string') return null;
  return String(daysBetween(first.slice(0, 10), last.slice(0, 10)));
}

function truncateDay(day: string, to: Truncation): string {
  switch (to) {
    case 'year':
      return day.slice(0, 4);
    case 'quarter':
      return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    case 'month':
      return day.slice(0, 7);
    case 'week':
      return isoWeekOf(day);
    case 'day':
      return day;
  }
}
