import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedDimension, FeedPart, FeedTally, InterfaceInfo } from '../../feed/feed.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { addDecimals } from '../../values/numbers/decimal.js';
import { canAnswer, canMatch } from '../fan/can-contribute.js';
import type { CoverageBook } from '../fan/coverage.js';
import { mapBounded } from '../fan/map-bounded.js';
import { countOf, outcomeOf } from '../fan/row-reader.js';
import type { Hub } from '../hub.js';
import { registryFailed } from './ask-registry.js';
import type { Resolved } from './identities.js';

/** What is known of one subject's rows of one kind. */
export interface SubjectTally {
  readonly count: number;
  /** Departments that are known; two unidentified ones may be the same. */
  readonly departments: ReadonlySet<string>;
  /** Departments by calendar month `yyyy-MM`, when asked for. */
  readonly months: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sum of fines in yuan, when asked for. */
  readonly fine: string;
}

export const NO_ROWS: SubjectTally = { count: 0, departments: new Set(), months: new Map(), fine: '0.00' };

export interface SubjectTallyRequest {
  readonly kind: RowKind;
  readonly where: RowCondition;
  readonly months: boolean;
  readonly fines: boolean;
  /** Only these; null: everybody. */
  readonly subjects: readonly SubjectIdentity[] | null;
  /**
   * The query itself names the subjects. Those that another step found do not let a source take part that answers for
   * keys alone: whether it does must not depend on how many they are.
   */
  readonly named: boolean;
}

/** Collects what an answer rests on. */
export interface JoinNotes {
  readonly coverage: CoverageBook;
  /** Rows that could not be attributed to a subject, by interface. */
  readonly unresolved: Map<string, number>;
}

/** Subjects whose keys are sent to the departments in one call. */
const SUBJECTS_PER_CALL = 500;
const CALLS_AT_ONCE = 2;

/**
 * Counts rows by canonical subject.
 *
 * @throws SUBGRAPH_UNAVAILABLE when the registry does not answer: who is who cannot be guessed.
 */
export async function tallySubjects(
  hub: Hub,
  request: SubjectTallyRequest,
  notes: JoinNotes,
  context: CallContext,
): Promise<ReadonlyMap<string, SubjectTally>> {
  const able = hub.fan
    .interfacesOf(request.kind)
    .filter((info) => (request.named && request.subjects !== null) || canAnswer(info, request.where));
  const batches = await mapBounded(splitSubjects(request), CALLS_AT_ONCE, (where) =>
    tallyOnce(hub, able, { ...request, where }, context),
  );
  const parts = batches.flat();
  for (const part of parts) notes.coverage.add(outcomeOf(part), countOf(part));
  const refs = parts.flatMap(({ data }) => data ?? []).flatMap(({ key: [ref] }) => ref ?? []);
  const resolved = await hub.identities.resolve(refs, context);
  if (resolved.failure !== null) throw registryFailed();
  return foldSubjects(request, parts, resolved, notes);
}

/** One filter per batch of subjects; the subjects stand first, so that sources are asked by their keys. */
function splitSubjects({ where, subjects }: SubjectTallyRequest): readonly RowCondition[] {
  if (subjects === null) return [where];
  return Array.from({ length: Math.ceil(subjects.length / SUBJECTS_PER_CALL) }, (_, index) => {
    const batch = subjects.slice(index * SUBJECTS_PER_CALL, (index + 1) * SUBJECTS_PER_CALL);
    return { all: [{ subject: [...new Set(batch.flatMap(({ keys }) => keys))] }, where] };
  });
}

function tallyOnce(
  hub: Hub,
  able: readonly InterfaceInfo[],
  { kind, where, months, fines }: SubjectTallyRequest,
  context: CallContext,
): Promise<readonly FeedPart<readonly FeedTally[]>[]> {
  const by: FeedDimension[] = [{ subject: true }, { field: 'department' }];
  if (months) by.push({ field: 'date', truncate: 'month' });
  const interfaces = able.filter((info) => canMatch(info, where));
  return hub.fan.tally(
    {
      kind,
      where,
      by,
      measures: fines ? [{ field: 'fine' }] : [],
      interfaces: interfaces.map(({ name }) => name),
    },
    context,
  );
}

interface Folding {
  count: number;
  readonly departments: Set<string>;
  readonly months: Map<string, Set<string>>;
  fine: string;
}

function foldSubjects(
  { months, fines }: SubjectTallyRequest,
  parts: readonly FeedPart<readonly FeedTally[]>[],
  { byRef }: Resolved,
  { unresolved }: JoinNotes,
): ReadonlyMap<string, SubjectTally> {
  const subjects = new Map<string, Folding>();
  for (const { interface: name, data = [] } of parts) {
    for (const { key, count, measures } of data) {
      const [ref = null, department = null, month = null] = key;
      const id = ref === null ? undefined : byRef.get(ref)?.id;
      if (id === undefined) {
        unresolved.set(name, (unresolved.get(name) ?? 0) + count);
        continue;
      }
      const folding = subjects.get(id) ?? {
        count: 0,
        departments: new Set<string>(),
        months: new Map<string, Set<string>>(),
        fine: '0.00',
      };
      subjects.set(id, folding);
      folding.count += count;
      if (fines) folding.fine = addDecimals(folding.fine, measures[0]?.sum ?? '0');
      if (department === null || department === 'UNKNOWN') continue;
      folding.departments.add(department);
      if (!months || month === null) continue;
      const ofMonth = folding.months.get(month) ?? new Set<string>();
      folding.months.set(month, ofMonth.add(department));
    }
  }
  return subjects;
}
