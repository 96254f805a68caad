import { numbersOf } from '../../kinds/surface/numbers.js';
import { SUBJECT_CLAUSES } from '../../kinds/surface/subject-clauses.js';
import { subjectStub } from '../rows/row-node.js';
import type { Selection } from '../rows/selection.js';
import { type Clause, metMonths } from './read-clause.js';
import type { Evidence } from './semi-join.js';
import { firstClauses, type SubjectCondition } from './subject-condition.js';
import { NO_ROWS, type SubjectTally, sumOf } from './tally-subjects.js';

/** `SubjectMatch` of the schema; null where the query has no such clause. */
export type SubjectMatch = Readonly<Record<string, unknown>>;

type Arguments = Readonly<Record<string, unknown>>;

/** What a query asks to be added up, by the clause that tells it. */
export function amountsAsked(
  condition: SubjectCondition,
  match: Selection,
): ReadonlyMap<Clause, readonly string[]> {
  const asked = new Map<Clause, readonly string[]>();
  for (const [kind, clause] of firstClauses(condition)) {
    const surface = SUBJECT_CLAUSES.find((one) => one.kind === kind);
    const calls = surface === undefined ? [] : match.calls(surface.amount);
    const fields = calls.flatMap(({ args }) => numbersOf(clause.kind).get(String(args.of))?.field ?? []);
    const fines = kind === 'Case' && match.has('totalFine') ? ['fine'] : [];
    asked.set(clause, [...fines, ...fields]);
  }
  return asked;
}

/** Why a subject is in the list; of several clauses of one kind, the first tells. */
export function matchOf(
  id: string,
  condition: SubjectCondition,
  { tallies, owners }: Evidence,
): SubjectMatch {
  const firsts = firstClauses(condition);
  const tallyOf = (kind: string): SubjectTally | null => {
    const clause = firsts.get(kind);
    return clause === undefined ? null : (tallies.get(clause)?.get(id) ?? NO_ROWS);
  };
  const [inspections, cases] = [tallyOf('Inspection'), tallyOf('Case')];
  const sameMonth = firsts.get('Inspection')?.sameMonth ?? null;
  const months = inspections === null || sameMonth === null ? null : metMonths(inspections, sameMonth);
  const ofClauses = SUBJECT_CLAUSES.flatMap(({ kind, count, amount }) => [
    [count, tallyOf(kind)?.count ?? null] as const,
    [amount, ({ of }: Arguments) => amountOf(kind, tallyOf(kind), of)] as const,
  ]);
  return {
    ...Object.fromEntries(ofClauses),
    inspectedBy: inspections === null ? null : inspectedBy(inspections, months),
    months,
    penalisedBy: cases === null ? null : [...cases.departments].sort(),
    totalFine: cases === null ? null : sumOf(cases, 'fine'),
    owners: owners === null ? null : [...(owners.get(id) ?? [])].sort().map(subjectStub),
  };
}

function amountOf(kind: Clause['kind'], tally: SubjectTally | null, of: unknown): string | null {
  const number = numbersOf(kind).get(String(of));
  if (tally === null || number === undefined) return null;
  const sum = sumOf(tally, number.field);
  return number.type === 'Integer' ? sum.replace(/\.00$/, '') : sum;
}

/** With a same-month clause, the departments that met in those months. */
function inspectedBy(tally: SubjectTally, months: readonly string[] | null): readonly string[] {
  if (months === null) return [...tally.departments].sort();
  return [...new Set(months.flatMap((month) => [...(tally.months.get(month) ?? [])]))].sort();
}
