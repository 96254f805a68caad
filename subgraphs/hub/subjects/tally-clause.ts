import type { CallContext } from '../../../runtime/call/call-context.js';
import { type InterfaceOutcome, isAbsent } from '../../port/interface-outcome.js';
import { type CoverageBook, createCoverageBook } from '../fan/coverage.js';
import type { Hub } from '../hub.js';
import { registryFailed } from './ask-registry.js';
import type { Clause } from './read-clause.js';
import { type SubjectTallies, type SubjectTally, tallySubjects } from './tally-subjects.js';

/** Up to so many subjects found by one step are handed to the next as keys. */
export const MAX_HANDED_ON = 2000;

/** Collects what an answer rests on. */
export interface JoinNotes {
  readonly coverage: CoverageBook;
  /** Rows that could not be attributed to a subject, by interface. */
  readonly unresolved: Map<string, number>;
}

export interface JoinRequest {
  readonly notes: JoinNotes;
  /** Hand subjects on from step to step. Not when unresolved rows are to be counted, for they have no subject. */
  readonly handOn: boolean;
  /** Fields to add up as evidence. */
  readonly amounts: ReadonlyMap<Clause, readonly string[]>;
  /** The query itself names the subjects, see `SubjectTallyRequest`. */
  readonly named: boolean;
  /** Whether the registry lacks none of the interfaces that it is built from. */
  readonly isRegisterWhole: boolean;
}

/** @param rests what the answer rests on in any case. */
export function createNotes(rests: readonly InterfaceOutcome[] = []): JoinNotes {
  const coverage = createCoverageBook();
  for (const outcome of rests) coverage.add(outcome, 0);
  return { coverage, unresolved: new Map() };
}

/** Whether nothing that was noted is missing. */
export function isWhole({ coverage }: JoinNotes): boolean {
  return !coverage.list().some(isAbsent);
}

export function addNotes(to: JoinNotes, { coverage, unresolved }: JoinNotes): void {
  for (const { rows, ...outcome } of coverage.list()) to.coverage.add(outcome, rows);
  for (const [name, rows] of unresolved) to.unresolved.set(name, (to.unresolved.get(name) ?? 0) + rows);
}

export interface ClauseTallies {
  readonly bySubject: ReadonlyMap<string, SubjectTally>;
  /** No interface is missing that may hold such rows. */
  readonly isWhole: boolean;
}

/**
 * Counts the rows of a clause by subject, and notes what that rests on.
 *
 * @param within only these matter; null: everybody.
 */
export async function tallyClause(
  hub: Hub,
  clause: Clause,
  within: ReadonlySet<string> | null,
  { notes, handOn, amounts, named }: JoinRequest,
  context: CallContext,
): Promise<ClauseTallies> {
  const small = handOn && within !== null && within.size <= MAX_HANDED_ON ? within : null;
  const { bySubject, rests, unresolved } = await tallySubjects(
    hub,
    {
      kind: clause.kind,
      interfaces: hub.fan.interfacesOf(clause.kind),
      where: clause.where,
      days: clause.visits ? 'day' : clause.sameMonth === null ? null : 'month',
      sums: [...new Set([...clause.sums, ...(amounts.get(clause) ?? [])])],
      subjects: small === null ? null : await identify(hub, small, context),
      named,
    },
    context,
  );
  for (const outcome of clause.also) notes.coverage.add(outcome, 0);
  noteTallies(notes, { rests, unresolved });
  return { bySubject, isWhole: ![...clause.also, ...rests.map(({ outcome }) => outcome)].some(isAbsent) };
}

export function noteTallies(
  { coverage, unresolved: known }: JoinNotes,
  { rests, unresolved }: Pick<SubjectTallies, 'rests' | 'unresolved'>,
): void {
  for (const { outcome, rows } of rests) coverage.add(outcome, rows);
  for (const [name, rows] of unresolved) known.set(name, (known.get(name) ?? 0) + rows);
}

/** Who subjects are, for departments. */
export async function identify(hub: Hub, ids: ReadonlySet<string>, context: CallContext) {
  const { byRef, failure } = await hub.identities.resolve(ids, context);
  if (failure !== null) throw registryFailed();
  return [...byRef.values()];
}
