import type { Payment, World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { quarterOf } from './legal-clocks.js';
import { addYuan } from './money.js';

interface CollectedOfQuarter {
  readonly department: string;
  /** Of the payment: `2026-Q2`. */
  readonly quarter: string;
  readonly count: number;
  /** Yuan, interest included, refunds taken off. */
  readonly paid: string;
  readonly interest: string;
}

/** Question 21 as the treasury answers it: what was received. By department, then by quarter. */
export function finesCollected(world: World): readonly CollectedOfQuarter[] {
  const groups = new Map<string, Payment[]>();
  for (const payment of world.payments) {
    const key = `${payment.department} ${quarterOf(payment.date)}`;
    groups.set(key, [...(groups.get(key) ?? []), payment]);
  }
  return [...groups]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([key, payments]) => {
      const [department = '', quarter = ''] = key.split(' ');
      return {
        department,
        quarter,
        count: payments.length,
        paid: addYuan(payments.map(({ paid }) => paid)),
        interest: addYuan(payments.map(({ interest }) => interest)),
      };
    });
}
