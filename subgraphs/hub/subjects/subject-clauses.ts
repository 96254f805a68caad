import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { badInput } from '../filter/bad-input.js';
import { filterContextOf, filterToFeed } from '../filter/filter-to-feed.js';
import { type IntRange, readIntRange } from '../filter/int-range.js';
import type { Hub } from '../hub.js';
import { NO_ROWS, type SubjectTally } from './subject-tally.js';

type Input = Readonly<Record<string, unknown>>;

/** What a subject's rows of one kind must be like. */
export interface Clause {
  readonly name: ClauseName;
  readonly kind: RowKind;
  readonly where: RowCondition;
  /** Set when departments must meet within one calendar month. */
  readonly sameMonth: IntRange | null;
  accepts(tally: SubjectTally): boolean;
  /** Subjects without any such row satisfy it too: it can only take away from others' answers. */
  readonly admitsNone: boolean;
  readonly also: readonly InterfaceOutcome[];
}

export type ClauseName = 'inspections' | 'cases' | 'licences';

const KINDS: { readonly [name in ClauseName]: RowKind } = {
  inspections: 'Inspection',
  cases: 'Case',
  licences: 'Licence',
};
export const CLAUSE_NAMES: readonly ClauseName[] = ['inspections', 'cases', 'licences'];

/** Fields of a clause that are not part of the filter of rows. */
const HAVING = new Set(['where', 'departments', 'sameMonth', 'count']);

/** @throws BAD_USER_INPUT */
export async function readClause(
  hub: Hub,
  name: ClauseName,
  input: Input,
  path: string,
  context: CallContext,
): Promise<Clause> {
  const kind = KINDS[name];
  const filter = filterContextOf(hub, kind, context);
  const shortcuts = Object.fromEntries(Object.entries(input).filter(([field]) => !HAVING.has(field)));
  const filters = [
    await filterToFeed(shortcuts, path, filter),
    await filterToFeed(input.where as Input | null | undefined, `${path}.where`, filter),
  ];
  const accepts = readHaving(input, path);
  return {
    name,
    kind,
    where: { all: filters.map(({ condition }) => condition) },
    sameMonth: input.sameMonth === true ? readIntRange(input.departments, `${path}.departments`) : null,
    accepts,
    admitsNone: accepts(NO_ROWS),
    also: filters.flatMap(({ registry }) => registry ?? []),
  };
}

/** Months in which the departments met, in order. */
export function metMonths(tally: SubjectTally, sameMonth: IntRange): readonly string[] {
  return [...tally.months]
    .filter(([, departments]) => sameMonth(departments.size))
    .map(([month]) => month)
    .sort();
}

function readHaving(input: Input, path: string): (tally: SubjectTally) => boolean {
  const count = readIntRange(input.count, `${path}.count`);
  const departments = readIntRange(input.departments, `${path}.departments`);
  if (input.sameMonth === true && departments === null) {
    throw badInput(
      `${path}.sameMonth`,
      '须与 departments 同时使用，如 departments: {gte: 2}。',
      'must be given together with departments, such as departments: {gte: 2}.',
    );
  }
  if (count === null && departments === null) return (tally) => tally.count > 0;
  return (tally) => {
    if (count !== null && !count(tally.count)) return false;
    if (departments === null) return true;
    return input.sameMonth === true
      ? metMonths(tally, departments).length > 0
      : departments(tally.departments.size);
  };
}
