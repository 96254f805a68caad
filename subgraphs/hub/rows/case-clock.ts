import { overdueAmount, UNPAID_FIELDS } from '../../engine/read/where/unpaid.js';
import type { FieldValue } from '../../kinds/field-value.js';
import { daysBetween } from '../../values/dates/calendar.js';
import { compareDecimals } from '../../values/numbers/decimal.js';

/** Days within which a case has to be decided (行政处罚法 art. 60). */
const DECIDE_WITHIN_DAYS = 90;
type Values = Readonly<Record<string, FieldValue | undefined>>;

/** Days from filing to the decision, to the end without one, or to today; null when nobody dated the filing. */
export function elapsedDays({ filedAt, decidedAt, closedAt }: Values, today: string): number | null {
  if (typeof filedAt !== 'string') return null;
  const until = typeof decidedAt === 'string' ? decidedAt : typeof closedAt === 'string' ? closedAt : today;
  return daysBetween(filedAt, until);
}

/** Days left of the 90; negative when they are over. */
export function remainingDays(values: Values, today: string): number | null {
  const elapsed = elapsedDays(values, today);
  return elapsed === null ? null : DECIDE_WITHIN_DAYS - elapsed;
}

/** Overdue and unpaid on that day, by the same definition as the feed's `unpaidOn`. */
export function isUnpaid(values: Values, today: string): boolean {
  const fields = UNPAID_FIELDS.map((field): [string, FieldValue] => [field, values[field] ?? null]);
  return compareDecimals(overdueAmount(new Map(fields), today), '0') > 0;
}

/** A licence that ended by its date, not by being withdrawn or cancelled. */
export function isExpired({ validTo, state }: Values, today: string): boolean {
  return typeof validTo === 'string' && validTo < today && state !== 'WITHDRAWN' && state !== 'CANCELLED';
}
