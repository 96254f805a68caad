import { addDays, dayOfEpoch, isIsoDay, two } from './calendar.js';

/** Minutes east of Greenwich of canonical times; China has kept one time since 1949, and the county no other. */
export const CANONICAL_OFFSET = 480;

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * `2026-06-30T00:00:00Z` as `2026-06-30T08:00:00+08:00`; a time without offset is taken to be at +08:00.
 * Null for a text that is no point in time.
 */
export function canonicalMoment(text: string | boolean): string | null {
  const match = typeof text === 'string' ? MOMENT.exec(text) : null;
  if (match === null) return null;
  const [, day = '', hour = '', minute = '', second = '00', fraction = '', offset] = match;
  if (!isIsoDay(day) || !isTimeOfDay(Number(hour), Number(minute), Number(second))) return null;
  const wall = `${day} ${hour}:${minute}:${second}`;
  const shifted = offset === undefined ? wall : shiftWall(wall, CANONICAL_OFFSET - offsetMinutes(offset));
  return formatMoment(shifted, fraction);
}

/** @param wall `2026-06-30 08:00:00` at +08:00. @param fraction empty, or with its dot. */
export function formatMoment(wall: string, fraction = ''): string {
  return `${wall.slice(0, 10)}T${wall.slice(11, 19)}${fraction}+08:00`;
}

export function isTimeOfDay(hour: number, minute: number, second: number): boolean {
  return hour <= 23 && minute <= 59 && second <= 59;
}

/** Moves `2026-06-30 08:00:00` by minutes. */
export function shiftWall(wall: string, minutes: number): string {
  if (minutes === 0) return wall;
  const total = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)) + minutes;
  const days = Math.floor(total / 1440);
  const rest = total - days * 1440;
  const day = days === 0 ? wall.slice(0, 10) : addDays(wall.slice(0, 10), days);
  return `${day} ${two(Math.floor(rest / 60))}:${two(rest % 60)}:${wall.slice(17, 19)}`;
}

/** `+08:00`, `-0530`, `Z` in minutes. */
export function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? -minutes : minutes;
}

/** Wall time at +08:00 of a number of milliseconds since 1970-01-01T00:00:00Z. */
export function wallOfEpochMillis(millis: number): string {
  const local = Math.floor(millis / 1000) + CANONICAL_OFFSET * 60;
  const day = Math.floor(local / 86_400);
  const second = local - day * 86_400;
  return `${dayOfEpoch(day)} ${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}
