import type { RowKind } from '../../../subgraphs/kinds/kinds.js';
import { numbersOf } from '../../../subgraphs/kinds/surface/numbers.js';
import { type Bucket, type Measurement, numbersIn } from './count-buckets.js';
import { averageOf, compareExact, type Exact, medianOf, writeExact } from './exact-number.js';

/** `Measured` of the schema. */
interface MeasuredNode {
  readonly count: number;
  readonly sum: string;
  readonly average: string | null;
  readonly min: string | null;
  readonly max: string | null;
  readonly median: string | null;
}

export function measureBucket(kind: RowKind, bucket: Bucket, measurement: Measurement): MeasuredNode {
  const numbers = [...numbersIn(kind, bucket, measurement)].sort(compareExact);
  const isWhole = !('of' in measurement) || numbersOf(kind).get(measurement.of)?.type === 'Integer';
  const show = (number: Exact | null | undefined): string | null => {
    if (number === null || number === undefined) return null;
    return isWhole ? writeExact(number).replace(/\.00$/, '') : writeExact(number);
  };
  const sum = sumOf(numbers);
  return {
    count: numbers.length,
    sum: show(sum) ?? '',
    average: numbers.length === 0 ? null : averageOf(sum, numbers.length),
    min: show(numbers[0]),
    max: show(numbers.at(-1)),
    median: show(medianOf(numbers)),
  };
}

export function sumOf(numbers: readonly Exact[]): Exact {
  return numbers.reduce((sum, number) => sum + number, 0n);
}
