import { numbersOf } from '../../subgraphs/kinds/surface/numbers.js';
import type { Answer, ListAnswer, StatsAnswer } from './ask/answer.js';
import { measuredNames } from './ask/ask-stats.js';
import type { CanonicalRow } from './canonical-rows.js';
import type { Combination, ListCombination, StatsCombination } from './generate/combination.js';
import { type Bucket, countBuckets, type Measurement, numbersIn, subjectsIn } from './naive/count-buckets.js';
import { writeExact } from './naive/exact-number.js';
import { matchesFilter } from './naive/matches-filter.js';
import { measureBucket, sumOf } from './naive/measure-bucket.js';
import { sortBuckets } from './naive/sort-buckets.js';
import { sortRows } from './naive/sort-rows.js';

/** What a county must answer, evaluated over all rows of the kind. */
export function expectedAnswer(rows: readonly CanonicalRow[], combination: Combination): Answer {
  if (combination.is === 'mistake') return { is: 'refused', code: 'BAD_USER_INPUT' };
  const { kind, where } = combination;
  const wanted = rows.filter((row) => matchesFilter(kind, where, row));
  return combination.is === 'list' ? listOf(wanted, combination) : statsOf(wanted, combination);
}

function listOf(wanted: readonly CanonicalRow[], combination: ListCombination): ListAnswer {
  const { kind, orderBy, backward } = combination;
  const ids = sortRows(kind, wanted, orderBy).map(({ id }) => id);
  const pages: { ids: readonly string[]; hasMore: boolean }[] = [];
  let read = 0;
  for (const size of combination.pages) {
    const page = backward
      ? ids.slice(Math.max(0, ids.length - read - size), ids.length - read)
      : ids.slice(read, read + size);
    read += page.length;
    pages.push({ ids: page, hasMore: read < ids.length });
    if (read >= ids.length) break;
  }
  return { is: 'list', totalCount: ids.length, pages };
}

function statsOf(wanted: readonly CanonicalRow[], combination: StatsCombination): StatsAnswer {
  const { kind, by, orderBy, first } = combination;
  const buckets = sortBuckets(kind, countBuckets(kind, wanted, by), orderBy);
  return {
    is: 'stats',
    bucketCount: buckets.length,
    buckets: buckets.slice(0, first ?? buckets.length).map((bucket) => nodeOf(bucket, combination)),
  };
}

function nodeOf(bucket: Bucket, combination: StatsCombination): Readonly<Record<string, unknown>> {
  const { kind, amount, days, medians, measures } = combination;
  const figures = (measurement: Measurement): unknown => {
    const { median, ...others } = measureBucket(kind, bucket, measurement);
    return medians ? { ...others, median } : others;
  };
  const node = new Map<string, unknown>([
    ['key', bucket.key],
    ['count', bucket.rows.length],
    ['subjects', subjectsIn(bucket)],
    ...(amount === null ? [] : [['amount', figures(amount)] as const]),
    ...(days === null ? [] : [['days', figures(days)] as const]),
  ]);
  for (const name of measures ?? []) {
    const number = numbersOf(kind).get(name);
    if (number === undefined) continue;
    node.set(number.field, writeExact(sumOf(numbersIn(kind, bucket, { of: name }))));
  }
  return Object.fromEntries(measuredNames(combination).map((name) => [name, node.get(name)]));
}
