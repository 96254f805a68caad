import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceCoverage } from '../fan/coverage.js';
import { badInput } from '../filter/bad-input.js';
import { filterContextOf, filterToFeed, type RowKind } from '../filter/filter-to-feed.js';
import type { Hub } from '../hub.js';
import { readStats, type StatsBucket } from './read-stats.js';
import { CASE_DIMENSIONS, INSPECTION_DIMENSIONS, type StatsDimension } from './stats-dimensions.js';

export interface StatsArguments {
  readonly where?: Readonly<Record<string, unknown>> | null;
  readonly by: readonly string[];
  readonly measures?: readonly string[] | null;
}

type StatsResolver<Bucket> = (
  parent: unknown,
  args: StatsArguments,
  context: CallContext,
) => Promise<{ readonly buckets: readonly Bucket[]; readonly coverage: readonly InterfaceCoverage[] }>;

interface InspectionBucket {
  readonly key: readonly (string | null)[];
  readonly count: number;
  readonly subjects: number | null;
}

interface CaseBucket extends InspectionBucket {
  readonly fine: string | null;
  readonly confiscated: string | null;
  readonly paid: string | null;
  readonly overdue: string | null;
}

/** Decimal fields by the measures that add them up. */
const SUMS = { FINE: 'fine', CONFISCATED: 'confiscated', PAID: 'paid' } as const;

export function inspectionStatsResolver(hub: Hub): StatsResolver<InspectionBucket> {
  return async (_parent, args, context) => {
    const query = await readStatsArguments(hub, 'Inspection', args, INSPECTION_DIMENSIONS, context);
    const { buckets, coverage } = await readStats(hub, { ...query, sums: [] }, context);
    return { buckets: buckets.map(({ key, count, subjects }) => ({ key, count, subjects })), coverage };
  };
}

export function caseStatsResolver(hub: Hub): StatsResolver<CaseBucket> {
  return async (_parent, args, context) => {
    const query = await readStatsArguments(hub, 'Case', args, CASE_DIMENSIONS, context);
    const measures = args.measures ?? [];
    const sums = Object.entries(SUMS).flatMap(([measure, field]) =>
      measures.includes(measure) ? [field] : [],
    );
    const overdue = measures.includes('OVERDUE');
    const { buckets, coverage } = await readStats(
      hub,
      { ...query, sums, ...(overdue && { overdueOn: context.today }) },
      context,
    );
    return { buckets: buckets.map((bucket) => toCaseBucket(bucket, sums, overdue)), coverage };
  };
}

function toCaseBucket(
  { key, count, subjects, sums: amounts }: StatsBucket,
  sums: readonly string[],
  overdue: boolean,
): CaseBucket {
  const amountOf = (field: string): string | null => amounts[sums.indexOf(field)] ?? null;
  return {
    key,
    count,
    subjects,
    fine: amountOf('fine'),
    confiscated: amountOf('confiscated'),
    paid: amountOf('paid'),
    overdue: overdue ? (amounts[sums.length] ?? null) : null,
  };
}

/** @throws BAD_USER_INPUT */
export async function readStatsArguments(
  hub: Hub,
  kind: RowKind,
  { where, by, measures }: StatsArguments,
  dimensions: Readonly<Record<string, StatsDimension>>,
  context: CallContext,
) {
  if (measures?.length === 0) throw badInput('measures', '不能为空列表。', 'must not be an empty list.');
  const { condition, registry } = await filterToFeed(where, 'where', filterContextOf(hub, kind, context));
  return {
    kind,
    where: condition,
    by: by.map((name, index) => {
      const dimension = dimensions[name];
      if (dimension === undefined) {
        throw badInput(`by[${index}]`, `未知的维度 ${name}。`, `must be a dimension, but is ${name}.`);
      }
      return dimension;
    }),
    subjects: measures?.includes('SUBJECTS') ?? false,
    also: registry === null ? [] : [registry],
  };
}
