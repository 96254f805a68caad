import { dayNumber, isoDay } from './days.js';

export const SECONDS_PER_DAY = 86_400;
const SHANGHAI_SECONDS = 8 * 3600;

/** `yyyy-MM-dd HH:mm:ss` of so many seconds since 1970-01-01 00:00:00 of the same clock. */
export function momentText(seconds: number): string {
  const day = Math.floor(seconds / SECONDS_PER_DAY);
  const rest = seconds - day * SECONDS_PER_DAY;
  const parts = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
  return `${isoDay(day)} ${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

/** Of `momentText`, the seconds. @throws {RangeError} when its day is none of the calendar. */
export function secondsOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(11).split(':').map(Number);
  return dayNumber(text.slice(0, 10)) * SECONDS_PER_DAY + hours * 3600 + minutes * 60 + seconds;
}

/** The same moment in UTC of one at +08:00. */
export function utcMomentText(shanghaiSeconds: number): string {
  return momentText(shanghaiSeconds - SHANGHAI_SECONDS);
}
