import type { Measured } from '../../feed/feed.js';
import type { RowKind } from '../../kinds/kinds.js';
import { compareDecimals, divideDecimal } from '../../values/numbers/decimal.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import { badInput } from '../filter/bad-input.js';
import type { StatsBucket } from './read-stats.js';
import { measureName, readMeasure, type StatsQuery } from './stats-query.js';

/** Buckets stand in the order of their keys, by code point; null last in either direction. */
export function compareBucketKeys(
  left: readonly (string | null)[],
  right: readonly (string | null)[],
  direction: 'asc' | 'desc' = 'asc',
): number {
  for (const [index, a] of left.entries()) {
    const b = right[index] ?? null;
    if (a === b) continue;
    if (a === null) return 1;
    if (b === null) return -1;
    const result = compareCodePoints(a, b);
    if (result !== 0) return direction === 'asc' ? result : -result;
  }
  return 0;
}

/** What buckets are ordered by, as decimal text; null stands last in either direction. */
interface BucketOrder {
  readonly descending: boolean;
  readonly read: ((bucket: StatsBucket) => string | null) | 'key';
}

/**
 * Orders buckets as the query says, then by their keys.
 *
 * @throws BAD_USER_INPUT on an item with none or several fields.
 */
export function orderBuckets(
  kind: RowKind,
  buckets: readonly StatsBucket[],
  orderBy: StatsQuery['orderBy'],
): readonly StatsBucket[] {
  const orders = orderBy.map((item, index) => readBucketOrder(kind, item, `orderBy[${index}]`));
  return [...buckets].sort((left, right) => {
    for (const { descending, read } of orders) {
      const result =
        read === 'key'
          ? compareBucketKeys(left.key, right.key, descending ? 'desc' : 'asc')
          : compareNumbers(read(left), read(right), descending);
      if (result !== 0) return result;
    }
    return compareBucketKeys(left.key, right.key);
  });
}

function compareNumbers(left: string | null, right: string | null, descending: boolean): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  return (descending ? -1 : 1) * compareDecimals(left, right);
}

function readBucketOrder(kind: RowKind, item: Readonly<Record<string, unknown>>, path: string): BucketOrder {
  const given = Object.entries(item).filter(([, value]) => value !== null && value !== undefined);
  const [only, ...others] = given;
  if (only === undefined || others.length > 0) {
    throw badInput(path, '每项恰写一个字段。', 'must have exactly one field.');
  }
  const [name, value] = only;
  if (name === 'amount' || name === 'days') {
    const args = value as Readonly<Record<string, unknown>>;
    const measure = measureName(readMeasure(kind, args, `${path}.${name}`));
    return {
      descending: args.direction === 'DESC',
      read: ({ measured }) => statisticOf(measured.get(measure), String(args.by ?? 'SUM')),
    };
  }
  const descending = value === 'DESC';
  if (name === 'key') return { descending, read: 'key' };
  return { descending, read: (bucket) => numberOf(bucket, name) };
}

function numberOf({ count, subjects, measured, followed }: StatsBucket, name: string): string | null {
  if (name === 'count') return String(count);
  if (name === 'subjects') return subjects === null ? null : String(subjects);
  const rows = followed.get(name);
  if (rows === undefined) return measured.get(name)?.sum ?? null;
  return rows === null ? null : String(rows);
}

function statisticOf(
  measured: (Measured & { readonly median: string | null }) | undefined,
  statistic: string,
): string | null {
  if (measured === undefined) return null;
  switch (statistic) {
    case 'COUNT':
      return String(measured.count);
    case 'AVERAGE':
      return measured.count === 0 ? null : divideDecimal(measured.sum, measured.count, ORDER_PLACES);
    case 'MIN':
      return measured.min;
    case 'MAX':
      return measured.max;
    case 'MEDIAN':
      return measured.median;
    default:
      return measured.sum;
  }
}

/** Averages are compared more finely than they are shown. */
const ORDER_PLACES = 12;
