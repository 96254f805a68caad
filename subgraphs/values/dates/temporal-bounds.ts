import { addDays, isIsoDay } from './calendar.js';
import { canonicalMoment, shiftWall } from './moment.js';

/** The walls that a value of the field stands for. */
export function spanOf(value: string, type: 'Date' | 'DateTime'): Span | null {
  if (type === 'Date') return isIsoDay(value) && isSupportedYear(value) ? daySpan(value) : null;
  const moment = canonicalMoment(value);
  if (moment === null || moment.length > '2026-06-30T08:00:00+08:00'.length || !isSupportedYear(moment))
    return null;
  const wall = `${moment.slice(0, 10)} ${moment.slice(11, 19)}`;
  return { from: wall, before: nextSecond(wall) };
}

interface Span {
  readonly from: string;
  /** Exclusive. */
  readonly before: string;
}

/** What a range's bound covers: a day wholly, a moment to its second. Null: beyond everything that is supported. */
export function boundsOf(
  bound: string,
  type: 'Date' | 'DateTime',
): { from: string | null; before: string | null } | 'unreadable' {
  if (isIsoDay(bound)) return clamp(daySpanOrFar(bound));
  const moment = type === 'DateTime' ? canonicalMoment(bound) : null;
  if (moment === null) return 'unreadable';
  const wall = `${moment.slice(0, 10)} ${moment.slice(11, 19)}`;
  // Values are whole seconds: from 08:00:00.5 on means from 08:00:01 on.
  const later = nextSecond(wall);
  return clamp({ from: moment.includes('.') ? later : wall, before: later });
}

/** Walls outside the years that arithmetic is needed for bound nothing. */
function clamp({ from, before }: Span): { from: string | null; before: string | null } {
  const far = '2200-01-01 00:00:00';
  return {
    from: from < '1800-01-01 00:00:00' ? null : from > far ? far : from,
    before: before > far ? null : before < '1800-01-01 00:00:00' ? '1800-01-01 00:00:00' : before,
  };
}

function daySpanOrFar(day: string): Span {
  return day === '9999-12-31' ? { from: `${day} 00:00:00`, before: `${day} 24:00:00` } : daySpan(day);
}

function daySpan(day: string): Span {
  return { from: `${day} 00:00:00`, before: `${addDays(day, 1)} 00:00:00` };
}

function isSupportedYear(text: string): boolean {
  return text >= '1800' && text < '2200';
}

function nextSecond(wall: string): string {
  const second = Number(wall.slice(17, 19)) + 1;
  if (second < 60) return `${wall.slice(0, 17)}${String(second).padStart(2, '0')}`;
  return shiftWall(`${wall.slice(0, 17)}00`, 1);
}
