import type { CallContext } from '../../../runtime/call/call-context.js';
import { looksAtNames } from '../../feed/looks-at-names.js';
import type { SubjectFilter } from '../../feed/registry-port.js';
import { contributorsOf } from '../fan/can-contribute.js';
import { createListReader, totalCounted } from '../fan/list-reader.js';
import type { Hub } from '../hub.js';
import { askRegistry } from './ask-registry.js';
import { enumerateSubjects } from './enumerate-subjects.js';
import { findOwned, type OwnersByOwned, uniteOwners } from './find-owned.js';
import type { Clause, TallyJudge } from './read-clause.js';
import { askedOf, type FacetClause } from './read-facet.js';
import { refuseAbsence } from './refuse-absence.js';
import { type Step, smallestFirst, uncounted } from './smallest-first.js';
import {
  deniesTraits,
  givesSubjects,
  intersectIds,
  isFree,
  type SubjectCondition,
} from './subject-condition.js';
import {
  addNotes,
  type ClauseTallies,
  createNotes,
  isWhole,
  type JoinRequest,
  MAX_HANDED_ON,
  tallyClause,
  type Within,
} from './tally-clause.js';
import { tallyFacet } from './tally-facet.js';
import { NO_ROWS, SUBJECTS_PER_CALL, type SubjectTally } from './tally-subjects.js';

/** Why subjects are in the answer: what every one of them satisfies. Alternatives and what is excluded are no reason. */
export interface Evidence {
  /** What each clause found, by canonical id. */
  readonly tallies: ReadonlyMap<Clause, ReadonlyMap<string, SubjectTally>>;
  /** Owners that satisfied one of the owner clauses; null without such a clause. */
  readonly owners: OwnersByOwned | null;
}

export interface Joined {
  /** Subjects that satisfy all but the register's filter; null: nothing restricts them. */
  readonly ids: ReadonlySet<string> | null;
  readonly evidence: Evidence;
}

const NOBODY: Joined = { ids: new Set(), evidence: { tallies: new Map(), owners: null } };

interface Join {
  readonly hub: Hub;
  readonly condition: SubjectCondition;
  readonly request: JoinRequest;
  readonly context: CallContext;
  /** Clauses whose rows of everybody have been counted. */
  readonly counted: ReadonlyMap<Clause, ClauseTallies>;
}

/**
 * Finds the subjects that satisfy a condition, the smallest side first. What only takes away comes last.
 *
 * Only those are given of whom it is certain: while an interface is missing, nobody satisfies what its rows could refute.
 *
 * @param within only these are looked at; null: anybody.
 * @throws BAD_USER_INPUT when there is nothing to take away from: then the answer is almost everybody.
 * @throws SOURCE_TOO_LARGE when that is taken from the register, and more than 100,000 subjects are in it.
 */
export async function semiJoin(
  hub: Hub,
  condition: SubjectCondition,
  within: ReadonlySet<string> | null,
  asked: JoinRequest,
  context: CallContext,
): Promise<Joined> {
  if (!asked.isRegisterWhole && deniesTraits(condition.register)) return NOBODY;
  const request = { ...asked, named: asked.named || condition.ids !== null };
  const counted = await countWhole(hub, condition, request, context);
  const join: Join = { hub, condition, request, context, counted };
  const tallies = new Map<Clause, ReadonlyMap<string, SubjectTally>>();
  const owned: OwnersByOwned[] = [];
  const steps = [
    ...condition.clauses.map((clause) => clauseStep(join, clause, tallies)),
    ...condition.facets.map((facet) => facetStep(join, facet)),
    ...condition.owners.map((owner) => ownerStep(join, owner, owned)),
    ...condition.anyOf.map((members) => alternativesStep(join, members)),
    ...condition.noneOf.map((member) => oppositeStep(join, member)),
  ];
  const giving = steps.filter(({ gives }) => gives);
  let ids = intersectIds(condition.ids, within) ?? (giving.length > 0 ? await fewOfRegister(join) : null);
  const isFew = ids !== null && ids.size <= SUBJECTS_PER_CALL;
  const ordered = isFew ? giving.map(uncounted) : await smallestFirst(giving);
  for (const { step, rows } of ordered) ids = await step.run({ ids, rows });
  const takingAway = steps.filter(({ gives }) => !gives);
  if (takingAway.length > 0) ids ??= await everybodyOf(join);
  for (const step of takingAway) ids = await step.run({ ids, rows: null });
  return { ids, evidence: { tallies, owners: uniteOwners(owned) } };
}

/**
 * The clauses of a join that hands nobody on: none of them depends on what another one finds, so that they are counted at the
 * same time, and none is counted twice to find the smallest.
 */
async function countWhole(
  hub: Hub,
  { clauses }: SubjectCondition,
  request: JoinRequest,
  context: CallContext,
): Promise<Join['counted']> {
  if (request.handOn) return new Map();
  const everybody: Within = { ids: null, rows: null };
  const counted = await Promise.all(
    clauses.map(async (clause) => {
      const found = await tallyClause(hub, clause, everybody, request, context);
      return [clause, found] as const;
    }),
  );
  return new Map(counted);
}

/** Whom the register lists, where they are few enough that departments are asked for them in one call; null otherwise. */
async function fewOfRegister({
  hub,
  condition,
  request,
  context,
}: Join): Promise<ReadonlySet<string> | null> {
  const { register } = condition;
  // Names are looked through one by one.
  if (!request.handOn || isFree(register) || looksAtNames(register)) return null;
  const size = await askRegistry(() => hub.registry.count(register, context));
  // Of an empty list nobody would be asked, and coverage would name none of those on whom the answer rests.
  if (size === 0 || size > SUBJECTS_PER_CALL) return null;
  return askRegistry(() => enumerateSubjects(hub.registry, register, context));
}

/** Whom the register lists. */
async function everybodyOf({ hub, condition, context }: Join): Promise<ReadonlySet<string>> {
  if (isFree(condition.register)) throw refuseAbsence(condition);
  return askRegistry(() => enumerateSubjects(hub.registry, condition.register, context));
}

function clauseStep(
  join: Join,
  clause: Clause,
  tallies: Map<Clause, ReadonlyMap<string, SubjectTally>>,
): Step {
  const { hub, request, context, counted } = join;
  return {
    gives: !clause.admitsNone,
    estimate: async () => counted.get(clause)?.bySubject.size ?? (await countRows(join, clause)),
    run: async (within) => {
      const found = counted.get(clause) ?? (await tallyClause(hub, clause, within, request, context));
      tallies.set(clause, found.bySubject);
      return accepted(clause, found, within.ids, request);
    },
  };
}

function facetStep(join: Join, facet: FacetClause): Step {
  const { hub, request, context } = join;
  return {
    gives: !facet.admitsNone,
    estimate: () => countFacetRows(join, facet),
    run: async (within) =>
      accepted(facet, await tallyFacet(hub, facet, within, request, context), within.ids, request),
  };
}

/** @param current those who come into question; null: everybody. */
function accepted(
  judge: TallyJudge,
  { bySubject, isWhole: areAllThere }: ClauseTallies,
  current: ReadonlySet<string> | null,
  { isRegisterWhole }: JoinRequest,
): ReadonlySet<string> {
  // Without the whole register, rows may be about a subject under a name that nobody links to it.
  const isCertain = areAllThere && isRegisterWhole;
  if (!isCertain && !judge.standsWithMore) return new Set();
  const candidates = current ?? bySubject.keys();
  return new Set([...candidates].filter((id) => judge.accepts(bySubject.get(id) ?? NO_ROWS)));
}

function ownerStep(join: Join, owner: SubjectCondition, owned: OwnersByOwned[]): Step {
  const { hub, request, context } = join;
  return {
    gives: givesSubjects(owner),
    // Where nobody is handed on, whose owners are looked at is known before all that owners do.
    estimate: () =>
      request.handOn ? estimateSubjects(join, owner) : Promise.resolve(Number.POSITIVE_INFINITY),
    run: async ({ ids: current }) => {
      const isSmall = current !== null && current.size <= MAX_HANDED_ON;
      const found = await findOwned(
        hub,
        {
          within: current,
          fromOwned: isSmall || !givesSubjects(owner),
          satisfy: (among) => satisfying(hub, owner, among, { ...request, named: false }, context),
        },
        context,
      );
      owned.push(found);
      return new Set(found.keys());
    },
  };
}

function alternativesStep(join: Join, members: readonly SubjectCondition[]): Step {
  const { hub, request, context } = join;
  return {
    gives: members.every(givesSubjects),
    estimate: async () => {
      const sizes = await Promise.all(members.map((member) => estimateSubjects(join, member)));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    run: async ({ ids: current }) => {
      const found = new Set<string>();
      for (const member of members)
        for (const id of await satisfying(hub, member, current, request, context)) found.add(id);
      return found;
    },
  };
}

function oppositeStep({ hub, request, context }: Join, member: SubjectCondition): Step {
  return {
    gives: false,
    estimate: () => Promise.resolve(Number.POSITIVE_INFINITY),
    run: async ({ ids: current }) => {
      const notes = createNotes();
      const found = await satisfying(hub, member, current, { ...request, notes }, context);
      addNotes(request.notes, notes);
      if (!isWhole(notes) || !request.isRegisterWhole) return new Set();
      return new Set([...(current ?? [])].filter((id) => !found.has(id)));
    },
  };
}

async function countRows({ hub, context }: Join, { kind, where }: Clause): Promise<number> {
  const interfaces = contributorsOf(hub.fan, kind, where);
  const counted = await createListReader(hub.fan).count({ kind, where, interfaces }, context);
  return totalCounted(counted) ?? Number.POSITIVE_INFINITY;
}

/** One that answers for keys alone comes last: it has to be told of whom. */
async function countFacetRows({ hub, context }: Join, facet: FacetClause): Promise<number> {
  const { filledBy } = facet;
  if (filledBy.some(({ lookupOnly }) => lookupOnly)) return Number.POSITIVE_INFINITY;
  const reader = createListReader(hub.fan);
  const counts = await Promise.all(
    filledBy.map(async (info) => {
      const { kind, name } = info;
      const where = askedOf(info, facet);
      return totalCounted(await reader.count({ kind, where, interfaces: [name] }, context));
    }),
  );
  return counts.reduce<number>((sum, count) => sum + (count ?? Number.POSITIVE_INFINITY), 0);
}

/** An upper bound of how many subjects satisfy a condition. */
async function estimateSubjects(join: Join, condition: SubjectCondition): Promise<number> {
  if (condition.ids !== null) return condition.ids.size;
  const positive = condition.clauses.filter(({ admitsNone }) => !admitsNone);
  const facets = condition.facets.filter(({ admitsNone }) => !admitsNone);
  const sizes = await Promise.all([
    ...positive.map((clause) => countRows(join, clause)),
    ...facets.map((facet) => countFacetRows(join, facet)),
  ]);
  return Math.min(Number.POSITIVE_INFINITY, ...sizes);
}

/** Subjects that satisfy a condition altogether, the register's filter included. */
async function satisfying(
  hub: Hub,
  condition: SubjectCondition,
  within: ReadonlySet<string> | null,
  request: JoinRequest,
  context: CallContext,
): Promise<ReadonlySet<string>> {
  const { ids } = await semiJoin(hub, condition, within, request, context);
  if (ids === null && isFree(condition.register)) throw refuseAbsence(condition);
  if (ids !== null && (ids.size === 0 || isFree(condition.register))) return ids;
  const where: SubjectFilter = { ...condition.register, ...(ids !== null && { ids: [...ids] }) };
  return askRegistry(() => enumerateSubjects(hub.registry, where, context));
}
