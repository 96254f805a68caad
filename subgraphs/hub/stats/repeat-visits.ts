import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedPart, FeedTally } from '../../feed/feed.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import { declarationOf } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { SUBJECT_DIMENSIONS } from '../../kinds/surface/dimensions.js';
import { isAbsent, outcomeOf } from '../../port/interface-outcome.js';
import { aged } from '../fan/aged-fan.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createCoverageBook, type InterfaceCoverage } from '../fan/coverage.js';
import { countOf } from '../fan/list-reader.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import { filterContextOf, filterToFeed } from '../filter/filter-to-feed.js';
import { type AgeArguments, readAge } from '../filter/read-age.js';
import type { Hub } from '../hub.js';
import { refusePersons } from '../persons/refuse-persons.js';
import { smallCellsOf } from '../persons/small-cells.js';
import { selectionOf } from '../rows/selection.js';
import type { Resolved } from '../subjects/identities.js';
import { isRepeated, readVisitWindow, type Visit } from '../subjects/repeated-visits.js';
import { compareBucketKeys } from './bucket-order.js';

interface RepeatVisitArguments extends AgeArguments {
  readonly where?: Readonly<Record<string, unknown>> | null;
  readonly withinDays?: number | null;
  readonly by: string;
}

interface RepeatVisitBucket {
  readonly key: string | null;
  readonly subjects: number;
  readonly repeated: number;
  readonly visits: number;
  /** Null while an interface gives nothing. */
  readonly repeatRate: number | null;
}

interface RepeatVisitStats {
  readonly buckets: readonly RepeatVisitBucket[];
  readonly coverage: readonly InterfaceCoverage[];
}

/** `Query.repeatVisits`. */
export function repeatVisitsResolver(whole: Hub) {
  return async (
    _parent: unknown,
    { where, withinDays, by, ...age }: RepeatVisitArguments,
    context: CallContext,
    info: GraphQLResolveInfo,
  ): Promise<RepeatVisitStats> => {
    const hub = aged(whole, readAge(age));
    const windowDays = readVisitWindow(withinDays, 'withinDays');
    const filter = filterContextOf(hub, 'Inspection', context);
    const { condition, registry, traits } = await filterToFeed(where, 'where', filter);
    if (traits.ofPersons && smallCellsOf(context.caller) !== null) throw refusePersons('joined', 'where');
    const { subjects, rests } = await readVisits(hub, condition, context);
    const book = createCoverageBook();
    for (const { rows, ...outcome } of rests) book.add(outcome, rows);
    if (registry !== null) book.add(registry, 0);
    const coverage = book.list();
    tellCoverage(coverage, selectionOf(info).has('coverage'), context, info);
    // Whoever was visited once may have been visited again where nothing is known.
    const isWhole = !coverage.some(isAbsent);
    return { buckets: countRepeats(subjects, windowDays, by, isWhole), coverage };
  };
}

/** Who was visited, and what that rests on. */
interface ReadVisits {
  readonly subjects: readonly Visited[];
  readonly rests: readonly InterfaceCoverage[];
}

/** Visits that satisfy a condition, by whom they were paid to; joint checks are none. */
export async function readVisits(
  hub: Hub,
  condition: RowCondition,
  context: CallContext,
): Promise<ReadVisits> {
  const { visits } = declarationOf('Inspection');
  const where: RowCondition = visits === undefined ? condition : { all: [condition, { not: visits.except }] };
  const parts = await hub.fan.tally(
    {
      kind: 'Inspection',
      where,
      by: [{ subject: true }, { field: 'department' }, { field: 'date' }],
      measures: [],
      interfaces: contributorsOf(hub.fan, 'Inspection', where),
    },
    context,
  );
  const refs = parts.flatMap(({ data }) => data ?? []).flatMap(({ key: [ref] }) => ref ?? []);
  const resolved = await hub.identities.resolve(refs, context);
  const book = createCoverageBook();
  for (const part of parts) book.add(outcomeOf(part), countOf(part));
  if (resolved.failure !== null) book.add(resolved.failure, 0);
  return { subjects: visitsBySubject(parts, resolved), rests: book.list() };
}

export interface Visited {
  /** Canonical id, or a ref while the registry does not answer. */
  readonly id: string;
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
    const visited = subjects.get(id) ?? { id, identity, count: 0, visits: [] };
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
  isWhole: boolean,
): readonly RepeatVisitBucket[] {
  const attribute = SUBJECT_DIMENSIONS.get(by)?.attribute;
  const buckets = new Map<string | null, { subjects: number; repeated: number; visits: number }>();
  for (const { id, identity, count, visits } of subjects) {
    const key = attribute === 'id' ? id : ((attribute && identity?.[attribute]) ?? null);
    const bucket = buckets.get(key) ?? { subjects: 0, repeated: 0, visits: 0 };
    buckets.set(key, bucket);
    bucket.subjects++;
    bucket.visits += count;
    if (isRepeated(visits, windowDays)) bucket.repeated++;
  }
  return [...buckets]
    .sort(([left], [right]) => compareBucketKeys([left], [right]))
    .map(([key, bucket]) => ({
      key,
      ...bucket,
      repeatRate: isWhole ? bucket.repeated / bucket.subjects : null,
    }));
}
