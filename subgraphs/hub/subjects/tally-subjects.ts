import type { CallContext } from '../../../runtime/call/call-context.js';
import { chunksOf } from '../../../runtime/chunks-of.js';
import type { FeedDimension, FeedPart, FeedTally, InterfaceInfo } from '../../feed/feed.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import { declarationOf, type Kind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { type InterfaceOutcome, outcomeOf } from '../../port/interface-outcome.js';
import { addDecimals } from '../../values/numbers/decimal.js';
import { canAnswer, canMatch } from '../fan/can-contribute.js';
import { countOf } from '../fan/list-reader.js';
import { mapBounded } from '../fan/map-bounded.js';
import type { Hub } from '../hub.js';
import { registryFailed } from './ask-registry.js';
import type { Resolved } from './identities.js';
import type { Visit } from './repeated-visits.js';

/** What is known of one subject's rows of one kind. */
export interface SubjectTally {
  readonly count: number;
  /** Departments that are known; two unidentified ones may be the same. */
  readonly departments: ReadonlySet<string>;
  /** Departments by calendar month `yyyy-MM`, when days were asked for. */
  readonly months: ReadonlyMap<string, ReadonlySet<string>>;
  /** What rows add up to, by field, as far as it was asked for. See `sumOf`. */
  readonly sums: ReadonlyMap<string, string>;
  /** Days and departments that are known, when single days were asked for. */
  readonly visits: readonly Visit[];
}

export const NO_ROWS: SubjectTally = {
  count: 0,
  departments: new Set(),
  months: new Map(),
  sums: new Map(),
  visits: [],
};

/** What rows add up to; `0.00` of no values. */
export function sumOf({ sums }: SubjectTally, field: string): string {
  return sums.get(field) ?? '0.00';
}

export interface SubjectTallyRequest {
  /** Null: of interfaces that feed no kind. */
  readonly kind: Kind | null;
  /** Whose rows they may be, all of that kind. */
  readonly interfaces: readonly InterfaceInfo[];
  readonly where: RowCondition;
  /** How closely the kind's day is looked at; null: not at all. */
  readonly days: 'month' | 'day' | null;
  /** Fields to add up. */
  readonly sums: readonly string[];
  /** Only these; null: everybody. */
  readonly subjects: readonly SubjectIdentity[] | null;
  /**
   * The query itself names the subjects. Those that another step found do not let a source take part that answers for
   * keys alone: whether it does must not depend on how many they are.
   */
  readonly named: boolean;
}

export interface SubjectTallies {
  /** By canonical id; subjects without rows are absent. */
  readonly bySubject: ReadonlyMap<string, SubjectTally>;
  /** The interfaces that this rests on: without one of them, nobody's rows are known to be absent. */
  readonly rests: readonly { readonly outcome: InterfaceOutcome; readonly rows: number }[];
  /** Rows that could not be attributed to a subject, by interface. */
  readonly unresolved: ReadonlyMap<string, number>;
}

/** Subjects whose keys are sent to the departments in one call. */
export const SUBJECTS_PER_CALL = 500;
const CALLS_AT_ONCE = 2;

/**
 * Counts rows by canonical subject.
 *
 * @throws SUBGRAPH_UNAVAILABLE when the registry does not answer: who is who cannot be guessed.
 */
export async function tallySubjects(
  hub: Hub,
  request: SubjectTallyRequest,
  context: CallContext,
): Promise<SubjectTallies> {
  const able = request.interfaces.filter(
    (info) => (request.named && request.subjects !== null) || canAnswer(info, request.where),
  );
  const batches = await mapBounded(splitSubjects(request), CALLS_AT_ONCE, (where) =>
    tallyOnce(hub, able, { ...request, where }, context),
  );
  const parts = batches.flat();
  const refs = parts.flatMap(({ data }) => data ?? []).flatMap(({ key: [ref] }) => ref ?? []);
  const resolved = await hub.identities.resolve(refs, context);
  if (resolved.failure !== null) throw registryFailed();
  return {
    ...foldSubjects(request, parts, resolved),
    rests: parts.map((part) => ({ outcome: outcomeOf(part), rows: countOf(part) })),
  };
}

/** One filter per batch of subjects; the subjects stand first, so that sources are asked by their keys. */
function splitSubjects({ where, subjects }: SubjectTallyRequest): readonly RowCondition[] {
  if (subjects === null) return [where];
  return chunksOf(subjects, SUBJECTS_PER_CALL).map((batch) => ({
    all: [{ subject: [...new Set(batch.flatMap(({ keys }) => keys))] }, where],
  }));
}

function tallyOnce(
  hub: Hub,
  able: readonly InterfaceInfo[],
  { kind, where, days, sums }: SubjectTallyRequest,
  context: CallContext,
): Promise<readonly FeedPart<readonly FeedTally[]>[]> {
  const day = kind === null ? null : declarationOf(kind).day;
  const by: FeedDimension[] = [{ subject: true }, { field: 'department' }];
  if (day !== null && days !== null)
    by.push(days === 'month' ? { field: day, truncate: 'month' } : { field: day });
  const interfaces = able.filter((info) => canMatch(info, where));
  return hub.fan.tally(
    {
      kind,
      where,
      by,
      measures: sums.map((field) => ({ field })),
      interfaces: interfaces.map(({ name }) => name),
    },
    context,
  );
}

interface Folding extends SubjectTally {
  count: number;
  readonly departments: Set<string>;
  readonly months: Map<string, Set<string>>;
  readonly sums: Map<string, string>;
  readonly visits: Visit[];
}

function foldSubjects(
  request: SubjectTallyRequest,
  parts: readonly FeedPart<readonly FeedTally[]>[],
  { byRef }: Resolved,
): Omit<SubjectTallies, 'rests'> {
  const bySubject = new Map<string, Folding>();
  const unresolved = new Map<string, number>();
  for (const { interface: name, data = [] } of parts) {
    for (const tally of data) {
      const [ref = null] = tally.key;
      const id = ref === null ? undefined : byRef.get(ref)?.id;
      if (id === undefined) {
        unresolved.set(name, (unresolved.get(name) ?? 0) + tally.count);
        continue;
      }
      const folding = bySubject.get(id) ?? {
        count: 0,
        departments: new Set<string>(),
        months: new Map<string, Set<string>>(),
        sums: new Map<string, string>(),
        visits: [],
      };
      bySubject.set(id, folding);
      addTally(folding, tally, request);
    }
  }
  return { bySubject, unresolved };
}

function addTally(folding: Folding, { key, count, measures }: FeedTally, request: SubjectTallyRequest): void {
  const [, department = null, date = null] = key;
  folding.count += count;
  for (const [index, field] of request.sums.entries())
    folding.sums.set(field, addDecimals(sumOf(folding, field), measures[index]?.sum ?? '0'));
  if (department === null || department === 'UNKNOWN') return;
  folding.departments.add(department);
  if (request.days === null || date === null) return;
  const month = date.slice(0, 'yyyy-MM'.length);
  folding.months.set(month, (folding.months.get(month) ?? new Set<string>()).add(department));
  if (request.days === 'day') folding.visits.push({ date, department });
}
