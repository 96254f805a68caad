import { addDays } from '../../values/dates/calendar.js';
import { badInput } from '../filter/bad-input.js';
import type { Period } from './indicator.js';

/** Months that one question may name. */
const MOST_MONTHS = 36;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/**
 * One month, the present one up to today.
 *
 * @param path of the argument, for messages.
 * @throws BAD_USER_INPUT for what is no month, or lies ahead.
 */
export function readMonth(month: string, path: string, today: string): Period {
  if (!MONTH.test(month) || month > today.slice(0, 7)) {
    throw badInput(
      path,
      `应为不晚于本月的月份 yyyy-MM，实为 ${month}。`,
      `must be a month up to the present one, yyyy-MM, but is ${month}.`,
    );
  }
  const end = addDays(`${following(month)}-01`, -1);
  return { month, first: `${month}-01`, last: end < today ? end : today };
}

/**
 * The months from one to another, the present one up to today.
 *
 * @throws BAD_USER_INPUT for what is no month, lies ahead, or is too many.
 */
export function readPeriods(from: string, to: string | null, today: string): readonly Period[] {
  readMonth(from, 'from', today);
  const last = readMonth(to ?? from, 'to', today).month;
  const months: Period[] = [];
  for (let month = from; month <= last; month = following(month)) {
    if (months.length === MOST_MONTHS) {
      throw badInput('to', `至多 ${MOST_MONTHS} 个月。`, `must be at most ${MOST_MONTHS} months after from.`);
    }
    months.push(readMonth(month, 'from', today));
  }
  if (months.length === 0) throw badInput('to', '不应早于 from。', 'must not be before from.');
  return months;
}

function following(month: string): string {
  return addDays(`${month}-28`, 4).slice(0, 7);
}
