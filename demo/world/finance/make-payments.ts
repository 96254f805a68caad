import { type Random, randomFor } from '../../random.js';
import { addDays, daysBetween } from '../days.js';
import type { Payment, PenaltyCase } from '../world.js';
import { centsOfYuan, formatYuan } from '../yuan.js';

/** 行政处罚法 art. 67 and 72: within 15 days of service; 3 % of the fine a day afterwards, at most the fine. */
const PAY_WITHIN_DAYS = 15;
const INTEREST_PERCENT = 3;
/** Days until the bank has booked what was paid. */
const BOOKED_AFTER_DAYS = 3;
const CHANNELS = ['银行柜台', '网上银行', '支付宝', '微信', 'POS刷卡', '浙里办'] as const;

/** What one case adds to the ledger. Cents; day `yyyy-MM-dd`. */
interface Entry {
  readonly date: string;
  readonly cents: number;
  readonly interestCents: number;
}

/** Every receipt for a fine, by case. Can be walked again and again, always the same. */
export function makePayments(seed: number, today: string, cases: Iterable<PenaltyCase>): Iterable<Payment> {
  return {
    *[Symbol.iterator]() {
      let index = 0;
      for (const penaltyCase of cases) {
        for (const payment of paymentsOf(seed, today, penaltyCase, index)) {
          yield payment;
          index += 1;
        }
      }
    },
  };
}

function paymentsOf(
  seed: number,
  today: string,
  penaltyCase: PenaltyCase,
  first: number,
): readonly Payment[] {
  const { index, department, decisionNo, servedAt, paidAt, paid, subject } = penaltyCase;
  if (decisionNo === null || servedAt === null || paidAt === null || paid === null) return [];
  const random = randomFor(seed, 'payment', index);
  const identified = subject.kind !== 'vessel' && !random.chance(0.12);
  return ledgerOf(random, today, { ...penaltyCase, servedAt, paidAt, paid }).map((entry, place) => ({
    index: first + place,
    number: `330922${entry.date.slice(0, 4)}${String(index).padStart(8, '0')}${String(place + 1).padStart(2, '0')}`,
    case: index,
    department,
    decisionNo,
    payer: identified ? subject : null,
    date: entry.date,
    paid: formatYuan(entry.cents + entry.interestCents),
    interest: formatYuan(entry.interestCents),
    channel: random.pick(CHANNELS),
    state: stateOf(entry, today),
  }));
}

/** A case of which something was paid. */
type PaidCase = PenaltyCase & { readonly servedAt: string; readonly paidAt: string; readonly paid: string };

function ledgerOf(random: Random, today: string, penaltyCase: PaidCase): readonly Entry[] {
  const { paidAt } = penaltyCase;
  const parts = instalments(random, penaltyCase);
  const entries = parts.map((part, place) => ({
    ...part,
    interestCents: place === parts.length - 1 ? interestOf(random, penaltyCase) : 0,
  }));
  const refundedAt = addDays(paidAt, random.int(3, 20));
  if (!random.chance(0.06) || refundedAt > today) return entries;
  // Paid twice by mistake, and given back.
  const cents = parts.at(-1)?.cents ?? 0;
  return [
    ...entries,
    { date: paidAt, cents, interestCents: 0 },
    { date: refundedAt, cents: -cents, interestCents: 0 },
  ];
}

/** Later payment that was approved comes in parts, as some others do; the last part on the day that the case tells. */
function instalments(
  random: Random,
  { paid, postponed, servedAt, paidAt }: PaidCase,
): readonly Omit<Entry, 'interestCents'>[] {
  const cents = centsOfYuan(paid);
  const days = daysBetween(servedAt, paidAt);
  const count = (postponed || random.chance(0.08)) && cents >= 10_000 && days >= 3 ? random.int(2, 3) : 1;
  const part = Math.floor(cents / count / 100) * 100;
  return Array.from({ length: count }, (_, place) =>
    place === count - 1
      ? { date: paidAt, cents: cents - part * place }
      : { date: addDays(servedAt, Math.floor((days * (place + 1)) / count)), cents: part },
  );
}

/** In cents; it may be let off, and is none where later payment was approved. */
function interestOf(random: Random, { postponed, servedAt, paidAt, fine }: PaidCase): number {
  const late = daysBetween(servedAt, paidAt) - PAY_WITHIN_DAYS;
  const letOff = random.chance(0.4);
  if (postponed || letOff || late <= 0 || fine === null) return 0;
  const cents = centsOfYuan(fine);
  return Math.min(cents, Math.floor((cents * INTEREST_PERCENT * late) / 100));
}

function stateOf({ cents, date }: Entry, today: string): Payment['state'] {
  if (cents < 0) return 'REFUNDED';
  return daysBetween(date, today) < BOOKED_AFTER_DAYS ? 'PENDING' : 'RECEIVED';
}
