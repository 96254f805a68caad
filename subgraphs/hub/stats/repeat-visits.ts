import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedPart, FeedTally } from '../../feed/feed.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { SUBJECT_DIMENSIONS } from '../../kinds/surface/dimensions.js';
import { daysBetween } from '../../values/dates/calendar.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createCoverageBook, type InterfaceCoverage } from '../fan/coverage.js';
import { countOf, outcomeOf } from '../fan/row-reader.js';
import { checkUpTo } from '../filter/bad-input.js';
import { filterContextOf, filterToFeed } from '../filter/filter-to-feed.js';
import type { Hub } from '../hub.js';
import type { Resolved } from '../subjects/identities.js';
import { compareBucketKeys } from './bucket-order.js';

const MAX_WINDOW_DAYS = 3660;

/** Joint checks are the remedy for repeat visits, not an instance of them. */
const NOT_JOINT: RowCondition = {
  not: {
    any: [
      { field: 'jointCheck', in: [true] },
      { field: 'kind', in: ['JOINT'] },
    ],
  },
};

interface RepeatVisitArguments {
  readonly where?: Readonly<Record<string, unknown>> | null;
  readonly withinDays?: number | null;
  readonly by: string;
}

interface RepeatVisitBucket {
  readonly key: string | null;
  readonly subjects: number;
  readonly repeated: number;
  readonly visits: number;
  readonly repeatRate: number;
}

interface RepeatVisitStats {
  readonly buckets: readonly RepeatVisitBucket[];
  readonly coverage: readonly InterfaceCoverage[];
}

/** `Query.repeatVisits`. */
export function repeatVisitsResolver(hub: Hub) {
  return async (
    _parent: unknown,
    { where, withinDays, by }: RepeatVisitArguments,
    context: CallContext,
  ): Promise<RepeatVisitStats> => {
    const windowDays = checkUpTo(MAX_WINDOW_DAYS, 'withinDays', withinDays ?? 30);
    const filter = filterContextOf(hub, 'Inspection', context);
    const { condition, registry } = await filterToFeed(where, 'where', filter);
    const wanted: RowCondition = { all: [condition, NOT_JOINT] };
    const parts = await hub.fan.tally(
      {
        kind: 'Inspection',
        where: wanted,
        by: [{ subject: true }, { field: 'department' }, { field: 'date' }],
        measures: [],
        interfaces: contributorsOf(hub.fan, 'Inspection', wanted),
      },
      context,
    );
    const refs = parts.flatMap(({ data }) => data ?? []).flatMap(({ key: [ref] }) => ref ?? []);
    const resolved = await hub.identities.resolve(refs, context);
    const book = createCoverageBook();
    for (const part of parts) book.add(outcomeOf(part), countOf(part));
    for (const outcome of [registry, resolved.failure]) if (outcome !== null) book.add(outcome, 0);
    return { buckets: countRepeats(visitsBySubject(parts, resolved), windowDays, by), coverage: book.list() };
  };
}

interface Visit {
  readonly date: string;
  readonly department: string;
}

interface Visited {
  readonly identity: SubjectIdentity | null;
  count: number;
  /** Those that can be compared: dated, and by a department that is known. */
  readonly visits: Visit[];
}

/** Rows about nobody known are left out: whether they repeat anything cannot be told. */
function visitsBySubject(
  parts: readonly FeedPart<readonly FeedTally[]>[],
  { byRef, failure }: Resolved,
): readonly Visited[] {
  const subjects = new Map<string, Visited>();
  for (const { key, count } of parts.flatMap(({ data }) => data ?? [])) {
    const [ref = null, department = null, date = null] = key;
    if (ref === null) continue;
    const identity = byRef.get(ref) ?? null;
    if (identity === null && failure === null) continue;
    const id = identity?.id ?? ref;
    const visited = subjects.get(id) ?? { identity, count: 0, visits: [] };
    subjects.set(id, visited);
    visited.count += count;
    // Two unidentified departments may be the same one.
    if (date !== null && department !== null && department !== 'UNKNOWN')
      visited.visits.push({ date, department });
  }
  return [...subjects.values()];
}

function countRepeats(
  subjects: readonly Visited[],
  windowDays: number,
  by: string,
): readonly RepeatVisitBucket[] {
  const attribute = SUBJECT_DIMENSIONS.get(by)?.attribute;
  const buckets = new Map<string | null, { subjects: number; repeated: number; visits: number }>();
  for (const { identity, count, visits } of subjects) {
    const key = identity === null || attribute === undefined ? null : identity[attribute];
    const bucket = buckets.get(key) ?? { subjects: 0, repeated: 0, visits: 0 };
    buckets.set(key, bucket);
    bucket.subjects++;
    bucket.visits += count;
    if (isRepeated(visits, windowDays)) bucket.repeated++;
  }
  return [...buckets]
    .sort(([left], [right]) => compareBucketKeys([left], [right]))
    .map(([key, bucket]) => ({ key, ...bucket, repeatRate: bucket.repeated / bucket.subjects }));
}

/**
 * Whether two departments came within the window. Sorted by day, it is enough to look at neighbours: between
 * any two visits by different departments there are two neighbouring ones by different departments.
 */
export function isRepeated(visits: readonly Visit[], windowDays: number): boolean {
  const sorted = [...visits].sort((left, right) =>
    left.date < right.date ? -1 : left.date > right.date ? 1 : 0,
  );
  return sorted.some((visit, index) => {
    const next = sorted[index + 1];
    return (
      next !== undefined &&
      next.department !== visit.department &&
      daysBetween(visit.date, next.date) <= windowDays
    );
  });
}
