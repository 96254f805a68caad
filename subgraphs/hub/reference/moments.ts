import { countyMoment } from '../../../runtime/clock.js';
import { badInput } from '../filter/bad-input.js';

/** @returns epoch milliseconds. @throws BAD_USER_INPUT */
export function readMoment(path: string, text: string): number {
  const moment = Date.parse(text);
  if (!Number.isNaN(moment)) return moment;
  throw badInput(path, '不是时间。', 'must be a moment such as 2026-06-30T12:00:00+08:00.');
}

export function momentOf(at: number): string {
  return countyMoment(new Date(at));
}
