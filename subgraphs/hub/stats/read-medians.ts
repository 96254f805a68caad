import type { CallContext } from '../../../runtime/call/call-context.js';
import { publicError } from '../../../runtime/errors.js';
import type { FeedDimension, FeedMeasure } from '../../feed/feed.js';
import { type InterfaceOutcome, outcomeOf } from '../../port/interface-outcome.js';
import { addDecimals, compareDecimals, divideDecimal } from '../../values/numbers/decimal.js';
import { contributorsOf } from '../fan/can-contribute.js';
import type { Hub } from '../hub.js';
import type { Resolved } from '../subjects/identities.js';
import { bucketKeyOf } from './bucket-key.js';
import type { StatsQuery } from './stats-query.js';

/** Different values that a median is found among, over all buckets. */
const MAX_VALUES = 200_000;

/** Half a sum has one place more than its terms; nobody measures more finely than this. */
const MEDIAN_PLACES = 6;

interface Medians {
  /** @param bucket its key as JSON. @returns null of no values. */
  of(measure: string, bucket: string): string | null;
  /** What the medians rest on besides what the other measures do. */
  readonly rests: readonly InterfaceOutcome[];
}

/**
 * Counts the different values of each measure whose median is wanted. The median of an even number of values is half
 * the sum of the middle two.
 *
 * @throws SOURCE_TOO_LARGE beyond 200 000 different values.
 */
export async function readMedians(
  hub: Hub,
  query: StatsQuery,
  resolved: Resolved | null,
  context: CallContext,
): Promise<Medians> {
  const found = await Promise.all(
    [...query.medians].map(async (name) => {
      const measure = query.measures.get(name);
      return [
        name,
        measure === undefined ? NO_VALUES : await readValues(hub, query, measure, resolved, context),
      ] as const;
    }),
  );
  const byMeasure = new Map<string, Values>(found);
  return {
    of: (measure, bucket) => medianOf(byMeasure.get(measure)?.byBucket.get(bucket) ?? []),
    rests: found.flatMap(([, { rests }]) => rests),
  };
}

/** How often each value stands in each bucket. */
interface Values {
  readonly byBucket: ReadonlyMap<string, readonly ValueCount[]>;
  readonly rests: readonly InterfaceOutcome[];
}

const NO_VALUES: Values = { byBucket: new Map(), rests: [] };

interface ValueCount {
  readonly value: string;
  readonly count: number;
}

async function readValues(
  hub: Hub,
  { kind, where, by }: StatsQuery,
  measure: FeedMeasure,
  resolved: Resolved | null,
  context: CallContext,
): Promise<Values> {
  const rows: FeedDimension[] = by.flatMap((one) => (one.of === 'row' ? [one.dimension] : []));
  const bySubject = by.some((one) => one.of === 'subject');
  const parts = await hub.fan.tally(
    {
      kind,
      where,
      by: [...rows, ...(bySubject ? [{ subject: true } as const] : []), measure],
      measures: [],
      interfaces: contributorsOf(hub.fan, kind, where),
    },
    context,
  );
  const tallies = parts.flatMap(({ data }) => data ?? []);
  if (tallies.length > MAX_VALUES) throw publicError('SOURCE_TOO_LARGE');
  const buckets = new Map<string, ValueCount[]>();
  for (const { key, count } of tallies) {
    const value = key.at(-1) ?? null;
    if (value === null) continue;
    const ref = bySubject ? (key[rows.length] ?? null) : null;
    const identity = ref === null ? undefined : resolved?.byRef.get(ref);
    const bucket = JSON.stringify(bucketKeyOf(by, key, ref, identity));
    const values = buckets.get(bucket);
    if (values === undefined) buckets.set(bucket, [{ value, count }]);
    else values.push({ value, count });
  }
  return { byBucket: buckets, rests: parts.map(outcomeOf) };
}

function medianOf(values: readonly ValueCount[]): string | null {
  const sorted = [...values].sort((left, right) => compareDecimals(left.value, right.value));
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  const at = (place: number): string => {
    let before = 0;
    for (const { value, count } of sorted) {
      before += count;
      if (place < before) return value;
    }
    return '0';
  };
  if (total === 0) return null;
  const [low, high] = [at(Math.floor((total - 1) / 2)), at(Math.floor(total / 2))];
  return divideDecimal(addDecimals(low, high), 2, MEDIAN_PLACES);
}
