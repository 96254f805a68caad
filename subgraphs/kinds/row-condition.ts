/**
 * A filter over the fields of a kind, as the hub sends it to every department; a derived field is named like any other.
 *
 * Two-valued like `Condition`: a comparison with an absent value is false and its `not` is true.
 */
export type RowCondition =
  | { readonly all: readonly RowCondition[] }
  | { readonly any: readonly RowCondition[] }
  | { readonly not: RowCondition }
  | FieldCondition
  /** Rows of these subjects: keys as the registry hands them out (see `subject-key.ts`). */
  | { readonly subject: readonly string[] }
  /** Rows with these global ids (`FeedRow.id`). */
  | { readonly ids: readonly string[] }
  /** Rows of these interfaces. */
  | { readonly interface: readonly string[] }
  /**
   * Rows that may be newer than what was read up to a mark; none of an interface that is not named. More rows may
   * satisfy it, so it stands only beside the condition that it narrows.
   */
  | { readonly newerThan: readonly InterfaceMark[] };

/** Up to where an interface has been read, as it said itself (`FeedPage.mark`). */
export interface InterfaceMark {
  readonly interface: string;
  readonly mark: string;
}

/** A comparison with one field. Of a list, one element must satisfy it. */
export type FieldCondition =
  | { readonly field: string; readonly in: readonly (string | boolean)[] }
  /** Both ends belong to the range; dates, date-times, decimals and integers, as texts. */
  | { readonly field: string; readonly from?: string; readonly to?: string }
  | { readonly field: string; readonly isNull: boolean }
  | { readonly field: string; readonly contains: string }
  | { readonly field: string; readonly startsWith: string }
  /** Document numbers, compared after normalisation. */
  | { readonly field: string; readonly sameNumber: string };

/** What to make of each sort of condition; `all`, `any` and `not` are given what was made of their parts. */
interface ConditionCases<T> {
  all(parts: readonly T[], where: { readonly all: readonly RowCondition[] }): T;
  any(parts: readonly T[], where: { readonly any: readonly RowCondition[] }): T;
  not(part: T): T;
  field(condition: FieldCondition): T;
  subject(keys: readonly string[]): T;
  ids(ids: readonly string[]): T;
  interface(names: readonly string[]): T;
  newerThan(marks: readonly InterfaceMark[]): T;
}

/**
 * Walks a condition from its leaves to its root. Every walk over conditions goes through here, so that a new sort of
 * condition does not compile until each of them says what it means.
 *
 * @example the fields that a condition compares
 * foldCondition<readonly string[]>(where, { all: flat, any: flat, not: (part) => part, field: ({ field }) => [field], … })
 */
export function foldCondition<T>(where: RowCondition, cases: ConditionCases<T>): T {
  const fold = (part: RowCondition): T => foldCondition(part, cases);
  if ('all' in where) return cases.all(where.all.map(fold), where);
  if ('any' in where) return cases.any(where.any.map(fold), where);
  if ('not' in where) return cases.not(fold(where.not));
  if ('field' in where) return cases.field(where);
  if ('subject' in where) return cases.subject(where.subject);
  if ('ids' in where) return cases.ids(where.ids);
  if ('newerThan' in where) return cases.newerThan(where.newerThan);
  return cases.interface(where.interface);
}

/** The same condition with some of its leaves replaced. */
export function mapLeaves(
  where: RowCondition,
  leaf: (condition: RowCondition) => RowCondition,
): RowCondition {
  if ('all' in where) return { all: where.all.map((part) => mapLeaves(part, leaf)) };
  if ('any' in where) return { any: where.any.map((part) => mapLeaves(part, leaf)) };
  if ('not' in where) return { not: mapLeaves(where.not, leaf) };
  return leaf(where);
}

/** The parts of a filter that all must hold. */
export function conjunctsOf(where: RowCondition): readonly RowCondition[] {
  return 'all' in where ? where.all.flatMap(conjunctsOf) : [where];
}

/** Every leaf of a condition, wherever it stands. */
export function leavesOf(where: RowCondition): readonly RowCondition[] {
  if ('all' in where) return where.all.flatMap(leavesOf);
  if ('any' in where) return where.any.flatMap(leavesOf);
  return 'not' in where ? leavesOf(where.not) : [where];
}

/** A condition that is met at the first level where `some` of the parts of an `all`, or every part of an `any`, meet it. */
export function holdsFor(where: RowCondition, leaf: (condition: RowCondition) => boolean): boolean {
  if ('all' in where) return where.all.some((part) => holdsFor(part, leaf));
  if ('any' in where) return where.any.length > 0 && where.any.every((part) => holdsFor(part, leaf));
  return leaf(where);
}
