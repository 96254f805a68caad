import { addDays, daysBetween } from '../world/days.js';
import type { Licence, PenaltyCase } from '../world/world.js';
import { centsOf, yuanOf } from './money.js';

const OWING_STAGES = ['DECIDED', 'SERVED', 'EXECUTING'];
const PAY_WITHIN_DAYS = 15;
/** A decision without a day of service counts as served so many days later. */
const SERVED_AFTER_DAYS = 7;
const DECIDE_WITHIN_DAYS = 90;

/** What tells whether a fine is owed. */
type Payment = Pick<PenaltyCase, 'stage' | 'fine' | 'paid' | 'servedAt' | 'decidedAt' | 'postponed'>;
/** What tells how long a case has taken. */
type Clock = Pick<PenaltyCase, 'filedAt' | 'decidedAt' | 'closedAt'>;
type Validity = Pick<Licence, 'validTo' | 'state'>;

/**
 * Overdue and unpaid on that day (domain §2.6.4): decided and not closed or withdrawn, fined, not paid in full, more
 * than 15 days after service, payment not put off.
 */
export function isUnpaid(penaltyCase: Payment, today: string): boolean {
  const { stage, fine, paid, servedAt, decidedAt, postponed } = penaltyCase;
  if (!OWING_STAGES.includes(stage) || fine === null || decidedAt === null || postponed) return false;
  if (centsOf(paid ?? '0.00') >= centsOf(fine)) return false;
  return today > addDays(servedAt ?? addDays(decidedAt, SERVED_AFTER_DAYS), PAY_WITHIN_DAYS);
}

/** Fine less paid of an overdue case, in yuan; `0.00` of any other. */
export function overdueOf(penaltyCase: Payment, today: string): string {
  if (!isUnpaid(penaltyCase, today)) return '0.00';
  return yuanOf(centsOf(penaltyCase.fine ?? '0.00') - centsOf(penaltyCase.paid ?? '0.00'));
}

/** Ended by its day, not by being withdrawn or cancelled. */
export function isExpired({ validTo, state }: Validity, today: string): boolean {
  return validTo !== null && validTo < today && state !== 'WITHDRAWN' && state !== 'CANCELLED';
}

/** In force on that day, its last day included. */
export function isValid({ validTo, state }: Validity, today: string): boolean {
  return state === 'VALID' && (validTo === null || validTo >= today);
}

/** From filing to the decision, to the end without one, or to that day. */
export function elapsedDays({ filedAt, decidedAt, closedAt }: Clock, today: string): number {
  return daysBetween(filedAt, decidedAt ?? closedAt ?? today);
}

/** Of the 90 of 行政处罚法 art. 60; negative when they are over. */
export function remainingDays(penaltyCase: Clock, today: string): number {
  return DECIDE_WITHIN_DAYS - elapsedDays(penaltyCase, today);
}

/** The same day so many months earlier, or the last of that month. */
export function monthsBefore(today: string, months: number): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(day, lastDay)).padStart(2, '0')}`;
}

/** `2026-Q2` */
export function quarterOf(date: string): string {
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}
