import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectFilter } from '../../feed/registry-port.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createRowReader } from '../fan/row-reader.js';
import { badInput } from '../filter/bad-input.js';
import type { Hub } from '../hub.js';
import { askRegistry, registryFailed } from './ask-registry.js';
import { enumerateSubjects } from './enumerate-subjects.js';
import type { Clause } from './subject-clauses.js';
import { intersectIds, joins, type SubjectCondition } from './subject-condition.js';
import { type JoinNotes, NO_ROWS, type SubjectTally, tallySubjects } from './subject-tally.js';

/** Up to so many subjects found by one step are handed to the next as keys. */
const MAX_HANDED_ON = 2000;

/** Why subjects are in the answer. */
export interface Evidence {
  /** What each clause found, by clause in the order of the query, and canonical id. */
  readonly tallies: ReadonlyMap<Clause, ReadonlyMap<string, SubjectTally>>;
  /** Owners that satisfied one of the owner clauses, by canonical id of what they own; null without such a clause. */
  readonly owners: ReadonlyMap<string, readonly string[]> | null;
}

export interface Joined {
  /** Subjects that satisfy every clause; null: nothing restricts them. The register's filter is still to be applied. */
  readonly ids: ReadonlySet<string> | null;
  readonly evidence: Evidence;
}

export interface JoinRequest {
  readonly notes: JoinNotes;
  /** Hand subjects on from step to step. Not when unresolved rows are to be counted, for they have no subject. */
  readonly handOn: boolean;
  /** Add up fines of cases. */
  readonly fines: boolean;
}

interface Step {
  readonly estimate: () => Promise<number>;
  /** @param within only these may be answered; null: anybody. @returns those of them that satisfy the step. */
  readonly run: (within: ReadonlySet<string> | null) => Promise<ReadonlySet<string>>;
}

/**
 * Finds the subjects that satisfy every clause, the smallest side first.
 *
 * @param within only these are looked at; null: anybody.
 * @throws BAD_USER_INPUT when only the absence of rows is asked for: then the answer is almost everybody.
 */
export async function semiJoin(
  hub: Hub,
  condition: SubjectCondition,
  within: ReadonlySet<string> | null,
  request: JoinRequest,
  context: CallContext,
): Promise<Joined> {
  const tallies = new Map<Clause, ReadonlyMap<string, SubjectTally>>();
  const owned: ReadonlyMap<string, readonly string[]>[] = [];
  const named = condition.ids !== null;
  const clauseStep = (clause: Clause): Step => ({
    estimate: () => countRows(hub, clause, context),
    run: async (current) => {
      const found = await tallyClause(hub, clause, { within: current, named }, request, context);
      tallies.set(clause, found);
      const candidates = clause.admitsNone ? (current ?? []) : (current ?? found.keys());
      return new Set([...candidates].filter((id) => clause.accepts(found.get(id) ?? NO_ROWS)));
    },
  });
  const ownerStep = (owner: SubjectCondition): Step => ({
    estimate: () => estimateSubjects(hub, owner, context),
    run: async (current) => {
      const found = await findOwned(hub, owner, current, request, context);
      owned.push(found);
      return new Set(found.keys());
    },
  });
  const steps = [
    ...condition.clauses.filter(({ admitsNone }) => !admitsNone).map(clauseStep),
    ...condition.owners.map(ownerStep),
  ];
  let ids = intersectIds(condition.ids, within);
  for (const step of await smallestFirst(steps)) ids = await step.run(ids);
  const takingAway = condition.clauses.filter(({ admitsNone }) => admitsNone);
  if (takingAway.length > 0 && ids === null) throw onlyAbsence(condition.path);
  for (const clause of takingAway) ids = await clauseStep(clause).run(ids);
  const inOrder = condition.clauses.map((clause) => [clause, tallies.get(clause) ?? new Map()] as const);
  return { ids, evidence: { tallies: new Map(inOrder), owners: uniteOwners(owned) } };
}

async function smallestFirst(steps: readonly Step[]): Promise<readonly Step[]> {
  if (steps.length < 2) return steps;
  const estimated = await Promise.all(steps.map(async (step) => ({ step, size: await step.estimate() })));
  return estimated.sort((left, right) => left.size - right.size).map(({ step }) => step);
}

async function countRows(hub: Hub, { kind, where }: Clause, context: CallContext): Promise<number> {
  const interfaces = contributorsOf(hub.fan, kind, where);
  const { total } = await createRowReader(hub.fan).count({ kind, where, interfaces }, context);
  return total ?? Number.POSITIVE_INFINITY;
}

function uniteOwners(
  found: readonly ReadonlyMap<string, readonly string[]>[],
): ReadonlyMap<string, readonly string[]> | null {
  const [only, ...others] = found;
  if (only === undefined) return null;
  return new Map(
    [...only].map(([id, owners]) => [
      id,
      [...new Set([owners, ...others.map((map) => map.get(id) ?? [])].flat())],
    ]),
  );
}

/** An upper bound of how many subjects satisfy a condition. */
async function estimateSubjects(
  hub: Hub,
  condition: SubjectCondition,
  context: CallContext,
): Promise<number> {
  if (condition.ids !== null) return condition.ids.size;
  const positive = condition.clauses.filter(({ admitsNone }) => !admitsNone);
  const sizes = await Promise.all(positive.map((clause) => countRows(hub, clause, context)));
  return Math.min(Number.POSITIVE_INFINITY, ...sizes);
}

async function tallyClause(
  hub: Hub,
  clause: Clause,
  { within, named }: { readonly within: ReadonlySet<string> | null; readonly named: boolean },
  { notes, handOn, fines }: JoinRequest,
  context: CallContext,
): Promise<ReadonlyMap<string, SubjectTally>> {
  for (const outcome of clause.also) notes.coverage.add(outcome, 0);
  const small = handOn && within !== null && within.size <= MAX_HANDED_ON ? within : null;
  return tallySubjects(
    hub,
    {
      kind: clause.kind,
      where: clause.where,
      months: clause.sameMonth !== null,
      fines: fines && clause.kind === 'Case',
      subjects: small === null ? null : await identify(hub, small, context),
      named,
    },
    notes,
    context,
  );
}

async function identify(hub: Hub, ids: ReadonlySet<string>, context: CallContext) {
  const { byRef, failure } = await hub.identities.resolve(ids, context);
  if (failure !== null) throw registryFailed();
  return [...byRef.values()];
}

/** Which subjects have an owner that satisfies a condition, and which owners those are. */
async function findOwned(
  hub: Hub,
  owner: SubjectCondition,
  within: ReadonlySet<string> | null,
  request: JoinRequest,
  context: CallContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (within !== null && within.size <= MAX_HANDED_ON) {
    const ownersOf = await relations(hub, within, false, context);
    const candidates = new Set([...ownersOf.values()].flat());
    const fitting = await satisfying(hub, owner, candidates, request, context);
    return keepFilled([...ownersOf].map(([id, all]) => [id, all.filter((one) => fitting.has(one))]));
  }
  const fitting = await satisfying(hub, owner, null, request, context);
  const owned = await relations(hub, fitting, true, context);
  const ownersOf = new Map<string, string[]>();
  for (const [one, subjects] of owned) {
    for (const subject of subjects) {
      if (within !== null && !within.has(subject)) continue;
      const known = ownersOf.get(subject);
      if (known === undefined) ownersOf.set(subject, [one]);
      else known.push(one);
    }
  }
  return ownersOf;
}

/** Subjects that satisfy a condition altogether, the register's filter included. */
async function satisfying(
  hub: Hub,
  condition: SubjectCondition,
  within: ReadonlySet<string> | null,
  request: JoinRequest,
  context: CallContext,
): Promise<ReadonlySet<string>> {
  const isFree = Object.keys(condition.register).length === 0;
  if (isFree && within === null && condition.ids === null && !joins(condition)) {
    throw badInput(condition.path, '至少写一项条件。', 'must have a condition.');
  }
  const { ids } = await semiJoin(hub, condition, within, request, context);
  if (ids?.size === 0 || (isFree && ids !== null)) return ids;
  const where: SubjectFilter = { ...condition.register, ...(ids !== null && { ids: [...ids] }) };
  return askRegistry(() => enumerateSubjects(hub.registry, where, context));
}

async function relations(hub: Hub, ids: ReadonlySet<string>, reverse: boolean, context: CallContext) {
  if (ids.size === 0) return new Map<string, readonly string[]>();
  return askRegistry(() => hub.registry.related([...ids], 'OWNER', reverse, context));
}

function keepFilled(
  entries: readonly (readonly [string, readonly string[]])[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(entries.filter(([, list]) => list.length > 0));
}

function onlyAbsence(path: string): Error {
  return badInput(
    path,
    '不能只问“没有”：至少一个条件应要求存在记录，或给出 id。',
    'must not ask for the absence of rows alone: let one clause require rows, or name ids.',
  );
}
