import type { FeedCondition } from '../../../feed/feed.js';
import type { FieldValue } from '../../../kinds/field-value.js';
import { addDays } from '../../../values/dates/calendar.js';
import { addDecimals, compareDecimals, negateDecimal } from '../../../values/numbers/decimal.js';

/** Stages in which a fine is owed (domain §2.6.4). */
const OWING_STAGES = ['DECIDED', 'SERVED', 'EXECUTING'];
/** A decision that nobody dated as served counts as served so many days later. */
const SERVED_AFTER_DAYS = 7;
/** 行政处罚法 art. 67: to be paid within so many days of receipt. */
const PAY_WITHIN_DAYS = 15;

/** Fields that `overdueAmount` reads. */
export const UNPAID_FIELDS = ['stage', 'fine', 'paid', 'servedAt', 'decidedAt', 'postponed'] as const;

/** Necessary conditions for being unpaid on that day: what a source may filter by. */
export function unpaidParts(today: string): readonly FeedCondition[] {
  const latest = addDays(today, -PAY_WITHIN_DAYS - 1);
  return [
    { field: 'stage', in: OWING_STAGES },
    {
      any: [
        { field: 'servedAt', to: latest },
        {
          all: [
            { field: 'servedAt', isNull: true },
            { field: 'decidedAt', to: latest },
          ],
        },
      ],
    },
  ];
}

/**
 * What is still owed of a fine, and overdue, on that day: fine less paid, in yuan; `0.00` when nothing is.
 *
 * @param values at least the fields of `UNPAID_FIELDS`.
 */
export function overdueAmount(values: ReadonlyMap<string, FieldValue>, today: string): string {
  const fine = values.get('fine');
  const paid = values.get('paid');
  const stage = values.get('stage');
  if (typeof fine !== 'string' || typeof stage !== 'string' || !OWING_STAGES.includes(stage)) return '0.00';
  if (values.get('postponed') === true) return '0.00';
  const served = values.get('servedAt');
  const decided = values.get('decidedAt');
  const servedAt =
    typeof served === 'string'
      ? served
      : typeof decided === 'string'
        ? addDays(decided, SERVED_AFTER_DAYS)
        : null;
  if (servedAt === null || today <= addDays(servedAt, PAY_WITHIN_DAYS)) return '0.00';
  const owed = addDecimals(fine, negateDecimal(typeof paid === 'string' ? paid : '0'));
  return compareDecimals(owed, '0') > 0 ? owed : '0.00';
}
