import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedMeasure, Measured } from '../../feed/feed.js';
import { declarationOf, type RowKind } from '../../kinds/kinds.js';
import { numbersOf } from '../../kinds/surface/numbers.js';
import { divideDecimal } from '../../values/numbers/decimal.js';
import { aged } from '../fan/aged-fan.js';
import type { InterfaceCoverage } from '../fan/coverage.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import { readAge } from '../filter/read-age.js';
import type { Hub } from '../hub.js';
import { tellRounded } from '../persons/tell-rounded.js';
import { selectionOf } from '../rows/selection.js';
import { orderBuckets } from './bucket-order.js';
import { protectStats } from './protect-stats.js';
import { readStats, type StatsBucket } from './read-stats.js';
import { measureName, readMeasure, readStatsQuery, type StatsArguments } from './stats-query.js';

/** A bucket of the schema; what was not asked for is null. */
type BucketNode = Readonly<Record<string, unknown>>;

interface StatsNode {
  readonly buckets: readonly BucketNode[];
  readonly bucketCount: number;
  readonly coverage: readonly InterfaceCoverage[];
  readonly roundedTo: number | null;
}

type StatsResolver = (
  parent: unknown,
  args: StatsArguments,
  context: CallContext,
  info: GraphQLResolveInfo,
) => Promise<StatsNode>;

/** Places that an average is rounded to. */
const AVERAGE_PLACES = 2;

/** `Query.inspectionStats` and its like. */
export function statsResolver(hub: Hub, kind: RowKind): StatsResolver {
  return async (_parent, args, context, info) => {
    const selection = selectionOf(info);
    const asked = aged(hub, readAge(args));
    const query = await readStatsQuery(asked, kind, args, selection, context);
    const { cells } = query;
    const read = await readStats(asked, query, context);
    const { buckets, coverage } = cells === null ? read : protectStats(read, cells);
    if (cells !== null) tellRounded(cells, selection, context, info);
    tellCoverage(coverage, selection.has('coverage'), context, info);
    // By what is told: the order of the exact counts would say more.
    const ordered = orderBuckets(kind, buckets, query.orderBy);
    return {
      buckets: ordered.slice(0, query.first ?? ordered.length).map((bucket) => toNode(kind, bucket)),
      bucketCount: ordered.length,
      coverage,
      roundedTo: cells?.roundedTo ?? null,
    };
  };
}

function toNode(kind: RowKind, bucket: StatsBucket): BucketNode {
  const { key, count, subjects, measured, followed } = bucket;
  const read = (measure: FeedMeasure) => {
    const one = measured.get(measureName(measure));
    return one === undefined ? null : showMeasured(one, isWhole(kind, measure));
  };
  const sums = [...numbersOf(kind).values()].flatMap(({ field, type }) =>
    type === 'Decimal' ? [[field, measured.get(field)?.sum ?? null] as const] : [],
  );
  const outcomes = Object.keys(declarationOf(kind).followUps).flatMap((name) => {
    const rows = followed.get(name);
    return [
      [name, rows ?? null],
      [`${name}Rate`, rows === undefined || rows === null || count === 0 ? null : rows / count],
    ] as const;
  });
  return {
    ...Object.fromEntries([...sums, ...outcomes]),
    key,
    count,
    subjects,
    amount: (args: Readonly<Record<string, unknown>>) => read(readMeasure(kind, args, 'buckets.amount')),
    days: (args: Readonly<Record<string, unknown>>) => read(readMeasure(kind, args, 'buckets.days')),
  };
}

/** `Measured` of the schema. */
function showMeasured(
  { count, sum, min, max, median }: Measured & { readonly median: string | null },
  whole: boolean,
) {
  const show = (text: string | null): string | null =>
    whole && text !== null ? text.replace(/\.00$/, '') : text;
  return {
    count,
    sum: show(sum),
    average: count === 0 ? null : divideDecimal(sum, count, AVERAGE_PLACES),
    min: show(min),
    max: show(max),
    median: show(median),
  };
}

function isWhole(kind: RowKind, measure: FeedMeasure): boolean {
  if ('days' in measure) return true;
  return [...numbersOf(kind).values()].some(
    ({ field, type }) => field === measure.field && type === 'Integer',
  );
}
