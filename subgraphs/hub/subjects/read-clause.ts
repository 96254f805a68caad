import type { CallContext } from '../../../runtime/call/call-context.js';
import { declarationOf } from '../../kinds/kinds.js';
import { isOfPerson } from '../../kinds/of-persons.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { numbersOf } from '../../kinds/surface/numbers.js';
import type { ClauseSurface } from '../../kinds/surface/subject-clauses.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { compareDecimals } from '../../values/numbers/decimal.js';
import { badInput } from '../filter/bad-input.js';
import { filterContextOf, filterToFeed } from '../filter/filter-to-feed.js';
import { type IntRange, readIntRange } from '../filter/int-range.js';
import { isGiven } from '../filter/is-given.js';
import { readRange } from '../filter/read-range.js';
import type { Hub } from '../hub.js';
import { refusePersons } from '../persons/refuse-persons.js';
import { smallCellsOf } from '../persons/small-cells.js';
import { isRepeated, readVisitWindow } from './repeated-visits.js';
import { NO_ROWS, type SubjectTally, sumOf } from './tally-subjects.js';

type Input = Readonly<Record<string, unknown>>;

/** Whom a condition on a subject's rows lets through, by what was counted of them. */
export interface TallyJudge {
  accepts(tally: SubjectTally): boolean;
  /** Subjects without any such row satisfy it too: it can only take away from others' answers. */
  readonly admitsNone: boolean;
  /** Whoever satisfies it goes on to, whatever rows may be added: rows that nobody can see do not matter. */
  readonly standsWithMore: boolean;
}

/** What a subject's rows of one kind must be like. */
export interface Clause extends TallyJudge, Pick<ClauseSurface, 'kind' | 'name'> {
  readonly where: RowCondition;
  /** Set when departments must meet within one calendar month. */
  readonly sameMonth: IntRange | null;
  /** Fields whose sums it looks at. */
  readonly sums: readonly string[];
  /** Whether it looks at single visits. */
  readonly visits: boolean;
  /** What reading the clause itself rested on. */
  readonly also: readonly InterfaceOutcome[];
}

/** @throws BAD_USER_INPUT @throws FORBIDDEN by persons, for a caller who must not see small counts of them. */
export async function readClause(
  hub: Hub,
  { kind, name, shortcuts }: ClauseSurface,
  input: Input,
  path: string,
  context: CallContext,
): Promise<Clause> {
  const filter = filterContextOf(hub, kind, context);
  const { visits } = declarationOf(kind);
  const given = Object.fromEntries(shortcuts.map((shortcut) => [shortcut.name, input[shortcut.name]]));
  const filters = [
    await filterToFeed(given, path, filter),
    await filterToFeed(input.where as Input | null | undefined, `${path}.where`, filter),
  ];
  const sums = readSums(kind, input.sum, `${path}.sum`);
  const isOfPersons =
    filters.some(({ traits }) => traits.ofPersons) || sums.some(({ field }) => isOfPerson(kind, field));
  if (isOfPersons && smallCellsOf(context.caller) !== null) throw refusePersons('joined', path);
  const repeats = visits !== undefined && isGiven(input.repeatVisits);
  const tests = [
    ...readCounts(input, path),
    ...readDepartments(input, path),
    ...sums.map(({ test }) => test),
    ...(repeats ? [readRepeats(input.repeatVisits, `${path}.repeatVisits`)] : []),
  ];
  const conditions = filters.map(({ condition }) => condition);
  return {
    kind,
    name,
    where: { all: repeats ? [...conditions, { not: visits.except }] : conditions },
    sameMonth: input.sameMonth === true ? readIntRange(input.departments, `${path}.departments`) : null,
    sums: sums.map(({ field }) => field),
    visits: repeats,
    ...judgeBy(tests),
    also: filters.flatMap(({ registry }) => registry ?? []),
  };
}

/** Months in which the departments met, in order. */
export function metMonths(tally: SubjectTally, sameMonth: IntRange): readonly string[] {
  return [...tally.months]
    .filter(([, departments]) => sameMonth.has(departments.size))
    .map(([month]) => month)
    .sort();
}

type TallyTest = Omit<TallyJudge, 'admitsNone'>;

/** Every test must hold; without any, there must be a row. */
export function judgeBy(tests: readonly TallyTest[]): TallyJudge {
  const accepts = (tally: SubjectTally): boolean =>
    tests.length === 0 ? tally.count > 0 : tests.every((test) => test.accepts(tally));
  return {
    accepts,
    admitsNone: accepts(NO_ROWS),
    standsWithMore: tests.every((test) => test.standsWithMore),
  };
}

/** The tests `count`, `some` and `none` of a condition on rows. */
export function readCounts({ count, some, none }: Input, path: string): readonly TallyTest[] {
  const range = readIntRange(count, `${path}.count`);
  return [
    ...(range === null ? [] : [inRange(range, ({ count: rows }) => rows)]),
    ...(isGiven(some) ? [hasRows(some === true)] : []),
    ...(isGiven(none) ? [hasRows(none !== true)] : []),
  ];
}

function inRange(range: IntRange, read: (tally: SubjectTally) => number): TallyTest {
  return {
    accepts: (tally) => range.has(read(tally)),
    standsWithMore: range.to === Number.POSITIVE_INFINITY,
  };
}

function hasRows(wanted: boolean): TallyTest {
  return { accepts: ({ count }) => count > 0 === wanted, standsWithMore: wanted };
}

function readDepartments(input: Input, path: string): readonly TallyTest[] {
  const departments = readIntRange(input.departments, `${path}.departments`);
  if (departments === null) {
    if (input.sameMonth !== true) return [];
    throw badInput(
      `${path}.sameMonth`,
      '须与 departments 同时使用，如 departments: {gte: 2}。',
      'must be given together with departments, such as departments: {gte: 2}.',
    );
  }
  if (input.sameMonth !== true) return [inRange(departments, (tally) => tally.departments.size)];
  return [
    {
      accepts: (tally) => metMonths(tally, departments).length > 0,
      standsWithMore: departments.to === Number.POSITIVE_INFINITY,
    },
  ];
}

function readSums(
  kind: Clause['kind'],
  sums: unknown,
  path: string,
): readonly { readonly field: string; readonly test: TallyTest }[] {
  if (!isGiven(sums)) return [];
  const items = (Array.isArray(sums) ? sums : [sums]) as readonly Input[];
  if (items.length === 0) throw badInput(path, '不能为空列表。', 'must not be an empty list.');
  return items.map((item, index) => {
    const field = numbersOf(kind).get(String(item.of))?.field;
    if (field === undefined) throw badInput(`${path}[${index}].of`, '没有这个数值。', 'must name a number.');
    const { from, to } = readRange(item, `${path}[${index}]`, 'sums');
    const accepts = (tally: SubjectTally): boolean =>
      (from === undefined || compareDecimals(sumOf(tally, field), from) >= 0) &&
      (to === undefined || compareDecimals(sumOf(tally, field), to) <= 0);
    // A row may take away from a sum.
    return { field, test: { accepts, standsWithMore: false } };
  });
}

function readRepeats(window: unknown, path: string): TallyTest {
  const days = readVisitWindow((window as Input).withinDays, `${path}.withinDays`);
  return { accepts: (tally) => isRepeated(tally.visits, days), standsWithMore: true };
}
