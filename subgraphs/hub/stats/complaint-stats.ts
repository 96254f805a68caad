import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedDimension, FeedPart, FeedTally } from '../../feed/feed.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createCoverageBook, type InterfaceCoverage } from '../fan/coverage.js';
import { countOf, outcomeOf } from '../fan/row-reader.js';
import { checkUpTo } from '../filter/bad-input.js';
import type { Hub } from '../hub.js';
import { compareBucketKeys } from './bucket-order.js';
import { type Complaint, casesAfter, type FollowUps, inspectionsWithin } from './complaint-follow-ups.js';
import { COMPLAINT_DIMENSIONS } from './stats-dimensions.js';
import { readStatsArguments, type StatsArguments } from './stats-resolvers.js';

const MAX_WITHIN_DAYS = 3660;
/** What a complaint's follow-ups are told from, in this order after the dimensions. */
const LINKS = ['date', 'department', 'inspectionNumber', 'caseNumber'] as const;

interface ComplaintStatsArguments extends StatsArguments {
  readonly inspectedWithinDays?: number | null;
}

interface ComplaintBucket {
  readonly key: readonly (string | null)[];
  readonly count: number;
  readonly toInspection: number | null;
  readonly toInspectionRate: number | null;
  readonly toCase: number | null;
  readonly toCaseRate: number | null;
}

interface ComplaintStats {
  readonly buckets: readonly ComplaintBucket[];
  readonly coverage: readonly InterfaceCoverage[];
}

/** `Query.complaintStats`. */
export function complaintStatsResolver(hub: Hub) {
  return async (
    _parent: unknown,
    args: ComplaintStatsArguments,
    context: CallContext,
  ): Promise<ComplaintStats> => {
    const withinDays = checkUpTo(MAX_WITHIN_DAYS, 'inspectedWithinDays', args.inspectedWithinDays ?? 10);
    const { where, by, also } = await readStatsArguments(
      hub,
      'Complaint',
      args,
      COMPLAINT_DIMENSIONS,
      context,
    );
    const toInspection = args.measures?.includes('TO_INSPECTION') ?? false;
    const toCase = args.measures?.includes('TO_CASE') ?? false;
    const dimensions: FeedDimension[] = by.flatMap((one) => (one.of === 'row' ? [one.dimension] : []));
    if (toInspection || toCase) dimensions.push(...LINKS.map((field) => ({ field })));
    const interfaces = contributorsOf(hub.fan, 'Complaint', where);
    const parts = await hub.fan.tally(
      { kind: 'Complaint', where, by: dimensions, sums: [], interfaces },
      context,
    );
    const tallies = readTallies(parts, by.length);
    const complaints = tallies.map(({ complaint }) => complaint);
    const [inspections, cases] = await Promise.all([
      toInspection ? inspectionsWithin(hub, complaints, withinDays, context) : null,
      toCase ? casesAfter(hub, complaints, context) : null,
    ]);
    const book = createCoverageBook();
    for (const part of [...parts, ...(inspections?.parts ?? []), ...(cases?.parts ?? [])]) {
      book.add(outcomeOf(part), countOf(part));
    }
    for (const outcome of also) book.add(outcome, 0);
    return { buckets: foldComplaints(tallies, by.length, inspections, cases), coverage: book.list() };
  };
}

/** Complaints that nothing told apart. */
interface ComplaintTally {
  readonly key: readonly (string | null)[];
  readonly count: number;
  readonly complaint: Complaint;
}

function readTallies(
  parts: readonly FeedPart<readonly FeedTally[]>[],
  dimensions: number,
): readonly ComplaintTally[] {
  return parts
    .flatMap(({ data }) => data ?? [])
    .map(({ key, count }) => {
      const [date = null, department = null, inspectionNumber = null, caseNumber = null] =
        key.slice(dimensions);
      return {
        key: key.slice(0, dimensions),
        count,
        complaint: { date, department, inspectionNumber, caseNumber },
      };
    });
}

interface Folding {
  readonly key: readonly (string | null)[];
  count: number;
  inspected: number;
  prosecuted: number;
}

function foldComplaints(
  tallies: readonly ComplaintTally[],
  dimensions: number,
  inspections: FollowUps | null,
  cases: FollowUps | null,
): readonly ComplaintBucket[] {
  const buckets = new Map<string, Folding>();
  const bucketOf = (key: readonly (string | null)[]): Folding => {
    const text = JSON.stringify(key);
    const bucket = buckets.get(text) ?? { key, count: 0, inspected: 0, prosecuted: 0 };
    buckets.set(text, bucket);
    return bucket;
  };
  if (dimensions === 0) bucketOf([]);
  for (const { key, count, complaint } of tallies) {
    const bucket = bucketOf(key);
    bucket.count += count;
    if (inspections?.follow(complaint) === true) bucket.inspected += count;
    if (cases?.follow(complaint) === true) bucket.prosecuted += count;
  }
  return [...buckets.values()]
    .sort((left, right) => compareBucketKeys(left.key, right.key))
    .map(({ key, count, inspected, prosecuted }) => ({
      key,
      count,
      toInspection: inspections === null ? null : inspected,
      toInspectionRate: inspections === null || count === 0 ? null : inspected / count,
      toCase: cases === null ? null : prosecuted,
      toCaseRate: cases === null || count === 0 ? null : prosecuted / count,
    }));
}
