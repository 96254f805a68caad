import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { addDecimals } from '../../values/numbers/decimal.js';
import type { CoverageBook } from '../fan/coverage.js';
import type { Hub } from '../hub.js';
import { readStats, type StatsBucket } from '../stats/read-stats.js';
import { readVisits } from '../stats/repeat-visits.js';
import { measureName } from '../stats/stats-query.js';
import { isRepeated } from '../subjects/repeated-visits.js';
import type { Count, Period } from './indicator.js';
import type { ReadMatched } from './read-matched.js';

/** Amounts of one side of a fraction by department; null: an interface that it rests on gave nothing. */
export type Side = ReadonlyMap<string, string> | null;

/** The department of what all departments have together. */
export const WHOLE = '';

/** What all sides of one request are counted with. */
export interface Measuring {
  readonly hub: Hub;
  readonly byDepartment: boolean;
  /** Is told what the sides rest on. */
  readonly book: CoverageBook;
  readonly readMatched: ReadMatched;
  readonly context: CallContext;
}

/** Counts one side for the county as a whole, and by department where that is asked for. */
export async function measureSide(
  { kind, where, of }: Count,
  period: Period,
  measuring: Measuring,
): Promise<Side> {
  const { hub, byDepartment, book, context } = measuring;
  if (of !== 'rows' && 'visited' in of) return measureVisits(where(period), of.visited.withinDays, measuring);
  if (of !== 'rows' && 'matched' in of) return measureMatched(kind, where(period), of.matched, measuring);
  const values = of !== 'rows' && 'values' in of ? of.values : null;
  const sum = of !== 'rows' && 'sum' in of ? { field: of.sum } : null;
  const fields = [...(byDepartment ? ['department'] : []), ...(values === null ? [] : [values])];
  const { buckets, coverage } = await readStats(
    hub,
    {
      kind,
      where: where(period),
      by: [...new Set(fields)].map((field) => ({ of: 'row', dimension: { field }, words: '' })),
      subjects: false,
      measures: sum === null ? new Map() : new Map([[measureName(sum), sum]]),
      medians: new Set(),
      followUps: [],
      orderBy: [],
      first: null,
      also: [],
    },
    context,
  );
  for (const { rows, ...outcome } of coverage) book.add(outcome, rows);
  if (coverage.length === 0 || coverage.some(isAbsent)) return null;
  return addUp(buckets, values, sum === null ? null : measureName(sum), byDepartment);
}

async function measureMatched(
  kind: RowKind,
  where: RowCondition,
  facet: string,
  { readMatched, byDepartment, book, context }: Measuring,
): Promise<Side> {
  const { departments, rests } = await readMatched(kind, where, facet, context);
  for (const { rows, ...outcome } of rests) book.add(outcome, rows);
  if (departments === null) return null;
  const amounts = new Map<string, string>([[WHOLE, '0']]);
  for (const [department, rows] of departments) {
    for (const of of byDepartment ? [WHOLE, department] : [WHOLE])
      amounts.set(of, addDecimals(amounts.get(of) ?? '0', String(rows)));
  }
  return amounts;
}

async function measureVisits(
  where: RowCondition,
  withinDays: number | null,
  { hub, byDepartment, book, context }: Measuring,
): Promise<Side> {
  const { subjects, rests } = await readVisits(hub, where, context);
  for (const { rows, ...outcome } of rests) book.add(outcome, rows);
  if (rests.length === 0 || rests.some(isAbsent)) return null;
  const counted =
    withinDays === null ? subjects : subjects.filter(({ visits }) => isRepeated(visits, withinDays));
  const amounts = new Map([[WHOLE, String(counted.length)]]);
  if (!byDepartment) return amounts;
  for (const { visits } of counted) {
    for (const department of new Set(visits.map((visit) => visit.department)))
      amounts.set(department, addDecimals(amounts.get(department) ?? '0', '1'));
  }
  return amounts;
}

function addUp(
  buckets: readonly StatsBucket[],
  values: string | null,
  sum: string | null,
  byDepartment: boolean,
): Side {
  const amounts = new Map<string, string>([[WHOLE, '0']]);
  const seen = new Map<string, Set<string>>();
  const add = (department: string, amount: string): void => {
    amounts.set(department, addDecimals(amounts.get(department) ?? '0', amount));
  };
  for (const { key, count, measured } of buckets) {
    const department = byDepartment ? (key[0] ?? 'UNKNOWN') : WHOLE;
    for (const of of new Set([WHOLE, department])) {
      if (values === null) {
        add(of, sum === null ? String(count) : (measured.get(sum)?.sum ?? '0'));
        continue;
      }
      const value = key.at(-1) ?? null;
      const known = seen.get(of) ?? new Set<string>();
      seen.set(of, known);
      if (value !== null && value !== 'UNKNOWN') known.add(value);
    }
  }
  for (const [of, known] of seen) amounts.set(of, String(known.size));
  return amounts;
}
