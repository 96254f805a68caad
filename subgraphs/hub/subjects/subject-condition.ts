import type { SubjectTraits } from '../../feed/registry-port.js';
import type { Clause } from './read-clause.js';
import type { FacetClause } from './read-facet.js';

/** A `SubjectFilter` of the schema, read; what stands below `and` is part of it. Everything must hold. */
export interface SubjectCondition {
  /** Canonical ids; null: anybody. */
  readonly ids: ReadonlySet<string> | null;
  /** What the registry filters by. */
  readonly register: SubjectTraits;
  readonly clauses: readonly Clause[];
  readonly facets: readonly FacetClause[];
  /** Each is satisfied by an owner, not necessarily the same one. */
  readonly owners: readonly SubjectCondition[];
  /** One of each group must hold. Groups of which the registry can judge every member are in `register`. */
  readonly anyOf: readonly (readonly SubjectCondition[])[];
  /** None of them may hold; what the registry can judge is in `register`. */
  readonly noneOf: readonly SubjectCondition[];
  /** Where it stands, for messages. */
  readonly path: string;
}

/** Both must hold. */
export function combine(left: SubjectCondition, right: SubjectCondition): SubjectCondition {
  return {
    ids: intersectIds(left.ids, right.ids),
    register: combineTraits(left.register, right.register),
    clauses: [...left.clauses, ...right.clauses],
    facets: [...left.facets, ...right.facets],
    owners: [...left.owners, ...right.owners],
    anyOf: [...left.anyOf, ...right.anyOf],
    noneOf: [...left.noneOf, ...right.noneOf],
    path: left.path,
  };
}

/** Both must hold. */
export function combineTraits(left: SubjectTraits, right: SubjectTraits): SubjectTraits {
  if (isFree(left)) return right;
  return isFree(right) ? left : { all: [left, right] };
}

/** @param left, right null: anybody. */
export function intersectIds(
  left: ReadonlySet<string> | null,
  right: ReadonlySet<string> | null,
): ReadonlySet<string> | null {
  if (left === null || right === null) return left ?? right;
  return new Set([...left].filter((id) => right.has(id)));
}

/** Whether the register lets everybody through. */
export function isFree(register: SubjectTraits): boolean {
  return Object.keys(register).length === 0;
}

/** Whether it asks for what the register does not say: then what it lacks could refute it. */
export function deniesTraits({ not, present = {}, all = [], any = [] }: SubjectTraits): boolean {
  return not !== undefined || Object.values(present).includes(false) || [...all, ...any].some(deniesTraits);
}

/** Whether the registry can judge all of it. */
export function isOfRegister({ ids, clauses, facets, owners, anyOf, noneOf }: SubjectCondition): boolean {
  return ids === null && [clauses, facets, owners, anyOf, noneOf].every(({ length }) => length === 0);
}

/** Whether it names subjects, finds them by their rows, or has the register list them: not only takes away from others. */
export function givesSubjects(condition: SubjectCondition): boolean {
  const { ids, register, clauses, facets, owners, anyOf } = condition;
  return (
    ids !== null ||
    !isFree(register) ||
    [...clauses, ...facets].some(({ admitsNone }) => !admitsNone) ||
    owners.some(givesSubjects) ||
    anyOf.some((members) => members.every(givesSubjects))
  );
}

/** Of each kind of rows, the first clause: orders and evidence mean that. */
export function firstClauses({ clauses }: SubjectCondition): ReadonlyMap<string, Clause> {
  return new Map([...clauses].reverse().map((clause) => [clause.kind, clause]));
}
