import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';
import { type InterfaceOutcome, isAbsent } from '../../port/interface-outcome.js';
import { type CoverageBook, createCoverageBook } from '../fan/coverage.js';
import type { Hub } from '../hub.js';
import { registryFailed } from './ask-registry.js';
import type { Clause } from './read-clause.js';
import { type SubjectTallies, type SubjectTally, tallySubjects } from './tally-subjects.js';

/** Up to so many subjects found by one step are handed to the next as keys. */
export const MAX_HANDED_ON = 2000;

/** Up to so many rows of everybody are read in the place of those of subjects that have more keys than that. */
const MAX_READ_WHOLE = 10_000;

/** Those who come into question when a step begins. */
export interface Within {
  /** Only these matter; null: everybody. */
  readonly ids: ReadonlySet<string> | null;
  /** How many rows the step reads of everybody; null: that was not counted. */
  readonly rows: number | null;
}

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

/** Counts the rows of a clause by subject, and notes what that rests on. */
export async function tallyClause(
  hub: Hub,
  clause: Clause,
  within: Within,
  { notes, handOn, amounts, named }: JoinRequest,
  context: CallContext,
): Promise<ClauseTallies> {
  const { bySubject, rests, unresolved } = await tallySubjects(
    hub,
    {
      kind: clause.kind,
      interfaces: hub.fan.interfacesOf(clause.kind),
      where: clause.where,
      days: clause.visits ? 'day' : clause.sameMonth === null ? null : 'month',
      sums: [...new Set([...clause.sums, ...(amounts.get(clause) ?? [])])],
      subjects: handOn ? await handedOn(hub, within, named, context) : null,
      named,
    },
    context,
  );
  for (const outcome of clause.also) notes.coverage.add(outcome, 0);
  noteTallies(notes, { rests, unresolved });
  return { bySubject, isWhole: ![...clause.also, ...rests.map(({ outcome }) => outcome)].some(isAbsent) };
}

/**
 * The subjects whose keys are sent to the departments; null: the rows of everybody are read, which are many subjects' rows, or
 * fewer than keys would be compared with each of them.
 */
export async function handedOn(
  hub: Hub,
  { ids, rows }: Within,
  named: boolean,
  context: CallContext,
): Promise<readonly SubjectIdentity[] | null> {
  if (ids === null || ids.size > MAX_HANDED_ON) return null;
  const isWorthIt = (keys: number): boolean =>
    named || rows === null || keys <= rows || rows > MAX_READ_WHOLE;
  if (!isWorthIt(ids.size)) return null;
  const subjects = await identify(hub, ids, context);
  return isWorthIt(subjects.reduce((sum, { keys }) => sum + keys.length, 0)) ? subjects : null;
}

export function noteTallies(
  { coverage, unresolved: known }: JoinNotes,
  { rests, unresolved }: Pick<SubjectTallies, 'rests' | 'unresolved'>,
): void {
  for (const { outcome, rows } of rests) coverage.add(outcome, rows);
  for (const [name, rows] of unresolved) known.set(name, (known.get(name) ?? 0) + rows);
}

/** Who subjects are, for departments. */
export async function identify(
  hub: Hub,
  ids: ReadonlySet<string>,
  context: CallContext,
): Promise<readonly SubjectIdentity[]> {
  const { byRef, failure } = await hub.identities.resolve(ids, context);
  if (failure !== null) throw registryFailed();
  return [...byRef.values()];
}
