import type { Random } from '../../../demo/random.js';
import { declarationOf, type RowKind } from '../../../subgraphs/kinds/kinds.js';
import { daysOf, numbersOf } from '../../../subgraphs/kinds/surface/numbers.js';
import type { BucketOrderItem, Statistic } from '../naive/sort-buckets.js';
import type { Direction } from '../naive/sort-rows.js';

/** What a statistic is asked to measure. */
export interface Measures {
  /** Names of `<Kind>Measure`; null: not given. */
  readonly measures: readonly string[] | null;
  /** `amount(of:)`; null: not asked for, or the kind has no numbers. */
  readonly amount: { readonly of: string } | null;
  readonly days: { readonly from: string; readonly to: string } | null;
  /** Whether medians are asked for too. */
  readonly medians: boolean;
}

const STATISTICS: readonly Statistic[] = ['COUNT', 'SUM', 'AVERAGE', 'MIN', 'MAX', 'MEDIAN'];

export function generateMeasures(random: Random, kind: RowKind): Measures {
  const names = random
    .shuffle(['COUNT', ...(isOfSubjects(kind) ? ['SUBJECTS'] : []), ...sumsOf(kind)])
    .slice(0, random.int(1, 3));
  return {
    measures: random.chance(0.3) ? null : names,
    amount: random.chance(0.5) ? amountOf(random, kind) : null,
    days: random.chance(0.4) ? spanOf(random, kind) : null,
    medians: random.chance(0.5),
  };
}

function isOfSubjects(kind: RowKind): boolean {
  return declarationOf(kind).subject !== null;
}

/** Names of the amounts that `measures` adds up. */
function sumsOf(kind: RowKind): readonly string[] {
  return [...numbersOf(kind)].flatMap(([name, { type }]) => (type === 'Decimal' ? [name] : []));
}

export function generateBucketOrder(random: Random, kind: RowKind): readonly BucketOrderItem[] {
  return Array.from({ length: random.int(1, 2) }, () => orderItem(random, kind));
}

function orderItem(random: Random, kind: RowKind): BucketOrderItem {
  const direction = random.pick<Direction>(['ASC', 'DESC']);
  const sums = [...numbersOf(kind).values()].flatMap(({ field, type }) =>
    type === 'Decimal' ? [field] : [],
  );
  const amount = amountOf(random, kind);
  const days = spanOf(random, kind);
  const by = random.chance(0.8) ? { by: random.pick(STATISTICS) } : {};
  return random.pick<() => BucketOrderItem>([
    () => ({ key: direction }),
    () => ({ count: direction }),
    () => (isOfSubjects(kind) ? { subjects: direction } : { key: direction }),
    () => ({ [random.pick(['count', ...sums])]: direction }),
    () => (days === null ? { count: direction } : { days: { ...days, ...by, direction } }),
    () => (amount === null ? { count: direction } : { amount: { ...amount, ...by, direction } }),
  ])();
}

function amountOf(random: Random, kind: RowKind): Measures['amount'] {
  const names = [...numbersOf(kind).keys()];
  return names.length === 0 ? null : { of: random.pick(names) };
}

/** Two days of a kind; null: it has fewer. */
function spanOf(random: Random, kind: RowKind): Measures['days'] {
  const days = [...daysOf(kind).keys()];
  return days.length < 2 ? null : { from: random.pick(days), to: random.pick(days) };
}
