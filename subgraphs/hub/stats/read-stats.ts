import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedDimension, FeedTally, Measured } from '../../feed/feed.js';
import { addMeasured, NOTHING_MEASURED } from '../../feed/measured.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import { isAbsent, outcomeOf } from '../../port/interface-outcome.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createCoverageBook, type InterfaceCoverage } from '../fan/coverage.js';
import { countOf } from '../fan/list-reader.js';
import type { Hub } from '../hub.js';
import type { Resolved } from '../subjects/identities.js';
import { bucketKeyOf } from './bucket-key.js';
import { type FollowUps, originFieldsOf, originOf, readFollowUps } from './follow-ups.js';
import { readMedians } from './read-medians.js';
import type { StatsQuery } from './stats-query.js';

export interface StatsBucket {
  readonly key: readonly (string | null)[];
  readonly count: number;
  /** Null when they were not asked for. */
  readonly subjects: number | null;
  /** By name of the measure. */
  readonly measured: ReadonlyMap<string, Measured & { readonly median: string | null }>;
  /** Rows that led to something, by name of the follow-up; null while an interface that may hold it gives nothing. */
  readonly followed: ReadonlyMap<string, number | null>;
}

export interface Stats {
  /** In no order. */
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
  const { kind, where, by, followUps } = query;
  const layout = layOut(query);
  const interfaces = contributorsOf(hub.fan, kind, where);
  const measures = [...query.measures.values()];
  const parts = await hub.fan.tally({ kind, where, by: layout.by, measures, interfaces }, context);
  const tallies = parts.flatMap(({ data }) => data ?? []);
  const refs =
    layout.subjectAt === null ? null : tallies.flatMap(({ key }) => key[layout.subjectAt ?? 0] ?? []);
  const origins = tallies.map((tally) => layout.originOf(tally));
  const [resolved, followed] = await Promise.all([
    refs === null ? null : hub.identities.resolve(refs, context),
    Promise.all(followUps.map((wanted) => readFollowUps(hub, wanted, origins, context))),
  ]);
  const medians = await readMedians(hub, query, resolved, context);
  const book = createCoverageBook();
  for (const part of [...parts, ...followed.flatMap((one) => one.parts)])
    book.add(outcomeOf(part), countOf(part));
  for (const outcome of medians.rests) book.add(outcome, 0);
  for (const outcome of query.also) book.add(outcome, 0);
  if (resolved?.failure != null) book.add(resolved.failure, 0);
  const folded = foldBuckets(query, layout, tallies, resolved, followed);
  if (by.length === 0 && folded.size === 0) folded.set('[]', emptyBucket(query, []));
  return {
    buckets: [...folded.entries()].map(([text, bucket]) =>
      finish(query, bucket, followed, (name) => medians.of(name, text)),
    ),
    coverage: book.list(),
  };
}

/** Where the parts of a tally's key stand: dimensions of rows, the subject, what follow-ups are told from. */
interface Layout {
  readonly by: readonly FeedDimension[];
  readonly subjectAt: number | null;
  originOf(tally: FeedTally): ReturnType<typeof originOf>;
}

function layOut({ kind, by, subjects, followUps }: StatsQuery): Layout {
  const rows = by.flatMap((one) => (one.of === 'row' ? [one.dimension] : []));
  const bySubject = subjects || by.some((one) => one.of === 'subject');
  const origin = followUps.length === 0 ? [] : originFieldsOf(kind, followUps);
  const start = rows.length + (bySubject ? 1 : 0);
  return {
    by: [...rows, ...(bySubject ? [{ subject: true } as const] : []), ...origin.map((field) => ({ field }))],
    subjectAt: bySubject ? rows.length : null,
    originOf: ({ key }) => originOf(origin, key.slice(start)),
  };
}

interface OpenBucket {
  readonly key: readonly (string | null)[];
  count: number;
  readonly subjects: Set<string>;
  measured: readonly Measured[];
  readonly followed: number[];
}

function emptyBucket({ measures, followUps }: StatsQuery, key: OpenBucket['key']): OpenBucket {
  return {
    key,
    count: 0,
    subjects: new Set(),
    measured: [...measures].map(() => NOTHING_MEASURED),
    followed: followUps.map(() => 0),
  };
}

function foldBuckets(
  query: StatsQuery,
  layout: Layout,
  tallies: readonly FeedTally[],
  resolved: Resolved | null,
  followed: readonly FollowUps[],
): Map<string, OpenBucket> {
  const buckets = new Map<string, OpenBucket>();
  for (const tally of tallies) {
    const ref = layout.subjectAt === null ? null : (tally.key[layout.subjectAt] ?? null);
    const identity = ref === null ? undefined : resolved?.byRef.get(ref);
    const key = bucketKeyOf(query.by, tally.key, ref, identity);
    const text = JSON.stringify(key);
    const bucket = buckets.get(text) ?? emptyBucket(query, key);
    buckets.set(text, bucket);
    bucket.count += tally.count;
    bucket.measured = bucket.measured.map((before, index) => addMeasured(before, tally.measures[index]));
    const subject = subjectId(ref, identity, resolved);
    if (subject !== null) bucket.subjects.add(subject);
    for (const [index, { follow }] of followed.entries()) {
      if (follow(layout.originOf(tally)))
        bucket.followed[index] = (bucket.followed[index] ?? 0) + tally.count;
    }
  }
  return buckets;
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

function finish(
  { subjects, measures, followUps }: StatsQuery,
  bucket: OpenBucket,
  followed: readonly FollowUps[],
  medianOf: (measure: string) => string | null,
): StatsBucket {
  return {
    key: bucket.key,
    count: bucket.count,
    subjects: subjects ? bucket.subjects.size : null,
    measured: new Map(
      [...measures.keys()].map((name, index) => [
        name,
        { ...(bucket.measured[index] ?? NOTHING_MEASURED), median: medianOf(name) },
      ]),
    ),
    followed: new Map(
      followUps.map(({ name }, index) => {
        const isWhole = followed[index]?.parts.some(isAbsent) === false;
        return [name, isWhole ? (bucket.followed[index] ?? 0) : null];
      }),
    ),
  };
}
