import { addDays } from '../../values/dates/calendar.js';
import { addDecimals, compareDecimals, negateDecimal } from '../../values/numbers/decimal.js';
import { asksForTrue, type DerivedDeclaration, type Narrowed, type RowValues, textOf } from '../derived.js';

/** Stages in which a fine is owed (domain §2.6.4). */
const OWING_STAGES = ['DECIDED', 'SERVED', 'EXECUTING'];
/** A decision that nobody dated as served counts as served so many days later. */
const SERVED_AFTER_DAYS = 7;
/** 行政处罚法 art. 67: to be paid within so many days of receipt. */
const PAY_WITHIN_DAYS = 15;

const INPUTS = ['stage', 'fine', 'paid', 'servedAt', 'decidedAt', 'postponed'] as const;
const REQUIRES = ['stage', 'fine'] as const;
type PaymentField = (typeof INPUTS)[number];

/** What is still owed of a fine, and overdue. */
export const overdue: DerivedDeclaration<PaymentField> = {
  type: 'Decimal',
  level: 'L1',
  words: '逾期未缴（元）：逾期案件的罚款减实缴. Fine less paid, of overdue cases.',
  inputs: INPUTS,
  requires: REQUIRES,
  value: (values, { today }) => overdueAmount(values, today),
  narrow: (comparison, { today }) =>
    'from' in comparison && comparison.from !== undefined && compareDecimals(comparison.from, '0') > 0
      ? whereOverdue(today)
      : null,
};

export const unpaid: DerivedDeclaration<PaymentField> = {
  type: 'Boolean',
  level: 'L1',
  words: '逾期未缴（定义见文档）. Overdue and unpaid today.',
  inputs: INPUTS,
  requires: REQUIRES,
  value: (values, { today }) => compareDecimals(overdueAmount(values, today), '0') > 0,
  narrow: (comparison, { today }) => (asksForTrue(comparison) ? whereOverdue(today) : null),
};

/** Necessary for being overdue on that day. */
function whereOverdue(today: string): Narrowed {
  const latest = addDays(today, -PAY_WITHIN_DAYS - 1);
  return {
    condition: {
      all: [
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
      ],
    },
    exact: false,
  };
}

/** Fine less paid, in yuan; `0.00` when nothing is owed or its time is not over. */
function overdueAmount(values: RowValues, today: string): string {
  const fine = textOf(values, 'fine');
  const stage = textOf(values, 'stage');
  if (fine === null || stage === null || !OWING_STAGES.includes(stage)) return '0.00';
  if (values.get('postponed') === true) return '0.00';
  const servedAt = textOf(values, 'servedAt') ?? presumedServed(textOf(values, 'decidedAt'));
  if (servedAt === null || today <= addDays(servedAt, PAY_WITHIN_DAYS)) return '0.00';
  const owed = addDecimals(fine, negateDecimal(textOf(values, 'paid') ?? '0'));
  return compareDecimals(owed, '0') > 0 ? owed : '0.00';
}

function presumedServed(decidedAt: string | null): string | null {
  return decidedAt === null ? null : addDays(decidedAt, SERVED_AFTER_DAYS);
}
