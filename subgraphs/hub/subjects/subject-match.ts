import { subjectStub } from '../rows/row-node.js';
import type { Evidence } from './semi-join.js';
import { type Clause, type ClauseName, metMonths } from './subject-clauses.js';
import { NO_ROWS, type SubjectTally } from './subject-tally.js';

/** `SubjectMatch` of the schema; null where the query has no such clause. */
export interface SubjectMatch {
  readonly inspectedBy: readonly string[] | null;
  readonly months: readonly string[] | null;
  readonly inspectionCount: number | null;
  readonly penalisedBy: readonly string[] | null;
  readonly caseCount: number | null;
  readonly totalFine: string | null;
  readonly owners: readonly ReturnType<typeof subjectStub>[] | null;
}

/** Why a subject is in the list; of several clauses of one kind, the first tells. */
export function matchOf(id: string, { tallies, owners }: Evidence): SubjectMatch {
  const inspections = tallyOf(id, 'inspections', tallies);
  const cases = tallyOf(id, 'cases', tallies);
  const sameMonth = inspections?.clause.sameMonth ?? null;
  const months = inspections === null || sameMonth === null ? null : metMonths(inspections.tally, sameMonth);
  return {
    inspectedBy: inspections === null ? null : inspectedBy(inspections.tally, months),
    months,
    inspectionCount: inspections?.tally.count ?? null,
    penalisedBy: cases === null ? null : [...cases.tally.departments].sort(),
    caseCount: cases?.tally.count ?? null,
    totalFine: cases?.tally.fine ?? null,
    owners: owners === null ? null : [...(owners.get(id) ?? [])].sort().map(subjectStub),
  };
}

/** With a same-month clause, the departments that met in those months. */
function inspectedBy(tally: SubjectTally, months: readonly string[] | null): readonly string[] {
  if (months === null) return [...tally.departments].sort();
  return [...new Set(months.flatMap((month) => [...(tally.months.get(month) ?? [])]))].sort();
}

function tallyOf(
  id: string,
  name: ClauseName,
  tallies: Evidence['tallies'],
): { readonly clause: Clause; readonly tally: SubjectTally } | null {
  const [first] = [...tallies].filter(([clause]) => clause.name === name);
  if (first === undefined) return null;
  const [clause, found] = first;
  return { clause, tally: found.get(id) ?? NO_ROWS };
}
