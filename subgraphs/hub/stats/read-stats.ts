import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedCondition, FeedDimension, FeedPart, FeedTally } from '../../feed/feed.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { addDecimals } from '../../values/numbers/decimal.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createCoverageBook, type InterfaceCoverage } from '../fan/coverage.js';
import { countOf, outcomeOf } from '../fan/row-reader.js';
import type { RowKind } from '../filter/filter-to-feed.js';
import type { Hub } from '../hub.js';
import type { Resolved } from '../subjects/identities.js';
import { compareBucketKeys } from './bucket-order.js';
import type { StatsDimension } from './stats-dimensions.js';

export interface StatsQuery {
  readonly kind: RowKind;
  readonly where: FeedCondition;
  readonly by: readonly StatsDimension[];
  /** Count different subjects too. */
  readonly subjects: boolean;
  readonly sums: readonly string[];
  readonly overdueOn?: string;
  readonly also: readonly InterfaceOutcome[];
}

export interface StatsBucket {
  readonly key: readonly (string | null)[];
  readonly count: number;
  /** Null when they were not asked for. */
  readonly subjects: number | null;
  /** In the order of `StatsQuery.sums`, and the overdue amount after them. */
  readonly sums: readonly string[];
}

export interface Stats {
  readonly buckets: readonly StatsBucket[];
  readonly coverage: readonly InterfaceCoverage[];
}

/**
 * Adds up the departments' partial aggregates.
 *
 * Without any dimension there is exactly one bucket, even of no rows. Rows that are about nobody known count,
 * but not as a subject.
 */
export async function readStats(hub: Hub, query: StatsQuery, context: CallContext): Promise<Stats> {
  const { kind, where, sums, overdueOn } = query;
  const bySubject = query.subjects || query.by.some((one) => one.of === 'subject');
  const rowDimensions = query.by.flatMap((one) => (one.of === 'row' ? [one.dimension] : []));
  const by: readonly FeedDimension[] = bySubject ? [...rowDimensions, { subject: true }] : rowDimensions;
  const parts = await hub.fan.tally(
    {
      kind,
      where,
      by,
      sums,
      ...(overdueOn !== undefined && { overdueOn }),
      interfaces: contributorsOf(hub.fan, kind, where),
    },
    context,
  );
  const resolved = bySubject ? await hub.identities.resolve(refsOf(parts, by.length - 1), context) : null;
  return {
    buckets: foldBuckets(query, parts, resolved),
    coverage: statsCoverage(query, parts, resolved),
  };
}

type TallyPart = FeedPart<readonly FeedTally[]>;

/** The subject refs of tallies, which stand at `index` of their keys. */
function refsOf(parts: readonly TallyPart[], index: number): readonly string[] {
  return parts.flatMap(({ data }) => data ?? []).flatMap(({ key }) => key[index] ?? []);
}

interface Folding {
  readonly key: readonly (string | null)[];
  count: number;
  readonly subjects: Set<string>;
  sums: readonly string[];
}

function foldBuckets(
  query: StatsQuery,
  parts: readonly TallyPart[],
  resolved: Resolved | null,
): readonly StatsBucket[] {
  const zeros = [...query.sums, ...(query.overdueOn === undefined ? [] : ['overdue'])].map(() => '0.00');
  const buckets = new Map<string, Folding>();
  const bucketOf = (key: readonly (string | null)[]): Folding => {
    const text = JSON.stringify(key);
    const bucket = buckets.get(text) ?? { key, count: 0, subjects: new Set<string>(), sums: zeros };
    buckets.set(text, bucket);
    return bucket;
  };
  if (query.by.length === 0) bucketOf([]);
  for (const tally of parts.flatMap(({ data }) => data ?? [])) {
    const ref = resolved === null ? null : (tally.key.at(-1) ?? null);
    const identity = ref === null ? undefined : resolved?.byRef.get(ref);
    const bucket = bucketOf(keyOf(query.by, tally, identity));
    bucket.count += tally.count;
    bucket.sums = bucket.sums.map((sum, index) => addDecimals(sum, tally.sums[index] ?? '0'));
    const subject = subjectId(ref, identity, resolved);
    if (subject !== null) bucket.subjects.add(subject);
  }
  return [...buckets.values()]
    .sort((left, right) => compareBucketKeys(left.key, right.key))
    .map(({ subjects, ...bucket }) => ({ ...bucket, subjects: query.subjects ? subjects.size : null }));
}

function keyOf(
  by: readonly StatsDimension[],
  tally: FeedTally,
  identity: SubjectIdentity | undefined,
): readonly (string | null)[] {
  let next = 0;
  return by.map((dimension) => {
    if (dimension.of === 'row') return tally.key[next++] ?? null;
    return identity === undefined ? null : dimension.read(identity);
  });
}

/** Without a registry every ref is a subject of its own; with one, an unreadable ref is nobody. */
function subjectId(
  ref: string | null,
  identity: SubjectIdentity | undefined,
  resolved: Resolved | null,
): string | null {
  if (identity !== undefined) return identity.id;
  return resolved?.failure == null ? null : ref;
}

function statsCoverage(
  query: StatsQuery,
  parts: readonly TallyPart[],
  resolved: Resolved | null,
): readonly InterfaceCoverage[] {
  const book = createCoverageBook();
  for (const part of parts) book.add(outcomeOf(part), countOf(part));
  for (const outcome of query.also) book.add(outcome, 0);
  if (resolved?.failure != null) book.add(resolved.failure, 0);
  return book.list();
}
