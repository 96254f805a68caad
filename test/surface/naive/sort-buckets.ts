import type { RowKind } from '../../../subgraphs/kinds/kinds.js';
import { constantCase } from '../../../subgraphs/kinds/surface/constant-case.js';
import { compareTexts } from './compare-texts.js';
import { type Bucket, type BucketKey, type Measurement, numbersIn, subjectsIn } from './count-buckets.js';
import { compareExact, type Exact, medianOf, readExact } from './exact-number.js';
import { sumOf } from './measure-bucket.js';
import type { Direction } from './sort-rows.js';

export type Statistic = 'COUNT' | 'SUM' | 'AVERAGE' | 'MIN' | 'MAX' | 'MEDIAN';

/** `{ count: 'DESC' }` or `{ amount: { of: 'FINE', by: 'MEDIAN', direction: 'ASC' } }`, as its GraphQL variable. */
export type BucketOrderItem = Readonly<
  Record<string, Direction | (Measurement & { readonly by?: Statistic; readonly direction: Direction })>
>;

/** Buckets as they are asked for, then by their keys; null stands last in either direction. */
export function sortBuckets(
  kind: RowKind,
  buckets: readonly Bucket[],
  orderBy: readonly BucketOrderItem[] | null,
): readonly Bucket[] {
  const items = (orderBy ?? []).flatMap((item) => Object.entries(item));
  const figures = new Map(
    buckets.map((bucket) => [
      bucket,
      items.map(([name, asked]) => (name === 'key' ? null : figureOf(kind, bucket, name, asked))),
    ]),
  );
  return [...buckets].sort((left, right) => {
    for (const [index, [name, asked]] of items.entries()) {
      const sign = (typeof asked === 'string' ? asked : asked.direction) === 'DESC' ? -1 : 1;
      const result =
        name === 'key'
          ? compareKeys(left.key, right.key, sign)
          : compareFigures(figures.get(left)?.[index], figures.get(right)?.[index], sign);
      if (result !== 0) return result;
    }
    return compareKeys(left.key, right.key, 1);
  });
}

function compareKeys(left: BucketKey, right: BucketKey, sign: 1 | -1): number {
  for (const [index, ours] of left.entries()) {
    const theirs = right[index] ?? null;
    const result =
      ours === null || theirs === null
        ? Number(ours === null) - Number(theirs === null)
        : sign * compareTexts(ours, theirs);
    if (result !== 0) return result;
  }
  return 0;
}

/** A fraction, so that averages are compared exactly. */
interface Figure {
  readonly sum: Exact;
  readonly count: bigint;
}

function compareFigures(
  left: Figure | null | undefined,
  right: Figure | null | undefined,
  sign: 1 | -1,
): number {
  if (!left || !right) return Number(!left) - Number(!right);
  return sign * compareExact(left.sum * right.count, right.sum * left.count);
}

function figureOf(
  kind: RowKind,
  bucket: Bucket,
  name: string,
  asked: BucketOrderItem[string],
): Figure | null {
  const whole = (number: Exact | null): Figure | null =>
    number === null ? null : { sum: number, count: 1n };
  if (name === 'count') return whole(readExact(bucket.rows.length));
  if (name === 'subjects') return whole(readExact(subjectsIn(bucket)));
  const measurement = typeof asked === 'string' ? { of: constantCase(name) } : asked;
  const statistic = typeof asked === 'string' ? 'SUM' : (asked.by ?? 'SUM');
  const numbers = [...numbersIn(kind, bucket, measurement)].sort(compareExact);
  switch (statistic) {
    case 'COUNT':
      return whole(readExact(numbers.length));
    case 'SUM':
      return whole(sumOf(numbers));
    case 'AVERAGE':
      return numbers.length === 0 ? null : { sum: sumOf(numbers), count: BigInt(numbers.length) };
    case 'MIN':
      return whole(numbers[0] ?? null);
    case 'MAX':
      return whole(numbers.at(-1) ?? null);
    case 'MEDIAN':
      return whole(medianOf(numbers));
  }
}
