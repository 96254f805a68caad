import { daysBetween } from '../../../demo/world/days.js';
import type { FieldValue } from '../../../subgraphs/kinds/field-value.js';
import type { RowKind } from '../../../subgraphs/kinds/kinds.js';
import { dimensionsOf, type StatsDimension } from '../../../subgraphs/kinds/surface/dimensions.js';
import { daysOf, numbersOf } from '../../../subgraphs/kinds/surface/numbers.js';
import type { CanonicalRow } from '../canonical-rows.js';
import { type Exact, readExact } from './exact-number.js';
import { partOfDay } from './part-of-day.js';

export type BucketKey = readonly (string | null)[];

/** Rows with one key. A row with several values of a list is in several buckets. */
export interface Bucket {
  readonly key: BucketKey;
  readonly rows: CanonicalRow[];
}

/** In no order. Without dimensions, one bucket even of no rows. */
export function countBuckets(
  kind: RowKind,
  rows: readonly CanonicalRow[],
  by: readonly string[],
): readonly Bucket[] {
  const buckets = new Map<string, Bucket>();
  if (by.length === 0) buckets.set('[]', { key: [], rows: [] });
  for (const row of rows) {
    for (const key of keysOf(kind, row, by)) {
      const text = JSON.stringify(key);
      const bucket = buckets.get(text) ?? { key, rows: [] };
      buckets.set(text, bucket);
      bucket.rows.push(row);
    }
  }
  return [...buckets.values()];
}

function keysOf(kind: RowKind, row: CanonicalRow, by: readonly string[]): readonly BucketKey[] {
  return by.reduce<readonly BucketKey[]>(
    (keys, name) => {
      const dimension = dimensionsOf(kind).get(name);
      if (dimension === undefined) throw new RangeError(`Cannot count by ${name}: it must be a dimension`);
      const values = valuesOf(row, dimension);
      return keys.flatMap((key) => values.map((value) => [...key, value]));
    },
    [[]],
  );
}

function valuesOf(row: CanonicalRow, dimension: StatsDimension): BucketKey {
  if (dimension.of === 'subject') return [row.subject?.[dimension.attribute] ?? null];
  const asked = dimension.dimension;
  if ('interface' in asked) return [row.interface];
  const value = row.values.get(asked.field) ?? null;
  if (value === null) return [null];
  if (typeof value === 'object') return value.length === 0 ? [null] : [...new Set(value)];
  return ['truncate' in asked ? partOfDay(String(value).slice(0, 10), asked.truncate) : String(value)];
}

/** What is measured: `{ of: 'FINE' }` or `{ from: 'FILED_AT', to: 'DECIDED_AT' }`. */
export type Measurement = { readonly of: string } | { readonly from: string; readonly to: string };

/** The numbers that the rows of a bucket have. */
export function numbersIn(kind: RowKind, { rows }: Bucket, measurement: Measurement): readonly Exact[] {
  return rows.flatMap(({ values }) => {
    if ('of' in measurement) {
      const number = values.get(numbersOf(kind).get(measurement.of)?.field ?? '') ?? null;
      return number === null ? [] : [readExact(String(number))];
    }
    const [from, to] = [measurement.from, measurement.to].map((name) =>
      dayOf(values.get(daysOf(kind).get(name) ?? '') ?? null),
    );
    return from === null || from === undefined || to === null || to === undefined
      ? []
      : [readExact(daysBetween(from, to))];
  });
}

function dayOf(value: FieldValue): string | null {
  return typeof value === 'string' ? value.slice(0, 10) : null;
}

/** Different subjects; rows about nobody known count for none. */
export function subjectsIn({ rows }: Bucket): number {
  return new Set(rows.flatMap(({ subject }) => subject?.id ?? [])).size;
}
