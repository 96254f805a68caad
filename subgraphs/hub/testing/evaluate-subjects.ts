import type { ArrayRow } from './array-condition.js';
import type { ArrayInterface } from './array-feed.js';
import type { ArraySubject } from './array-registry.js';
import { SUBJECTS } from './subject-county.js';
import { CLAUSES, type ClauseInput, type ClauseName, type SubjectWhere } from './subject-filters.js';
import { TODAY } from './test-present.js';

const KINDS = {
  inspections: 'Inspection',
  cases: 'Case',
  licences: 'Licence',
  complaints: 'Complaint',
} as const;
const DAYS = { inspections: 'date', cases: 'decidedAt', licences: 'validTo', complaints: 'date' } as const;
const FIELDS: Readonly<Record<string, string>> = { FINE: 'fine', PAID: 'paid', SATISFACTION: 'satisfaction' };

/** Rows of a subject that a clause looks at. */
export function clauseRows(
  interfaces: readonly ArrayInterface[],
  { keys }: ArraySubject,
  name: ClauseName,
  clause: ClauseInput,
): readonly ArrayRow[] {
  return interfaces
    .filter(({ kind }) => kind === KINDS[name])
    .flatMap(({ rows }) => rows)
    .filter(({ subject, values }) => {
      if (subject === null || !keys.includes(subject)) return false;
      if (clause.where !== undefined && String(values.date) < '2026-01-01') return false;
      if (clause.department?.includes(String(values.department)) === false) return false;
      if (clause.type?.includes(String(values.type)) === false) return false;
      const expired = String(values.validTo) < TODAY && values.state !== 'CANCELLED';
      if (clause.expired !== undefined && clause.expired !== expired) return false;
      return clause.repeatVisits === undefined || values.jointCheck !== true;
    });
}

/** Hundredths of what rows add up to. */
export function centsOf(rows: readonly ArrayRow[], of: string): number {
  return rows.reduce((sum, { values }) => sum + Math.round(Number(values[FIELDS[of] ?? ''] ?? 0) * 100), 0);
}

function clauseHolds(rows: readonly ArrayRow[], name: ClauseName, clause: ClauseInput): boolean {
  const within = ({ gte = 0, lte = 99 }: { readonly gte?: number; readonly lte?: number }, number: number) =>
    number >= gte && number <= lte;
  const known = rows.filter(({ values }) => values.department !== 'UNKNOWN');
  const departments = (list: readonly ArrayRow[]) =>
    new Set(list.map(({ values }) => values.department)).size;
  const { count, some, none, departments: wanted, sameMonth, sum = [], repeatVisits } = clause;
  const tests: boolean[] = [];
  if (count !== undefined) tests.push(within(count, rows.length));
  if (some !== undefined) tests.push(rows.length > 0 === some);
  if (none !== undefined) tests.push((rows.length === 0) === none);
  const monthOf = ({ values }: ArrayRow): string => String(values[DAYS[name]] ?? '').slice(0, 7);
  if (wanted !== undefined && sameMonth !== true) tests.push(within(wanted, departments(known)));
  if (wanted !== undefined && sameMonth === true) {
    const months = new Set(known.map(monthOf).filter((month) => month !== ''));
    tests.push(
      [...months].some((month) => within(wanted, departments(known.filter((row) => monthOf(row) === month)))),
    );
  }
  for (const { of, gte, lte } of sum) {
    const cents = centsOf(rows, of);
    tests.push(
      gte === undefined || cents >= Number(gte) * 100,
      lte === undefined || cents <= Number(lte) * 100,
    );
  }
  if (repeatVisits !== undefined) {
    const days = (repeatVisits.withinDays ?? 30) * 86_400_000;
    const day = ({ values }: ArrayRow): number => Date.parse(String(values.date));
    const meets = (a: ArrayRow, b: ArrayRow) =>
      a.values.department !== b.values.department && Math.abs(day(a) - day(b)) <= days;
    tests.push(known.some((a) => known.some((b) => meets(a, b))));
  }
  return tests.length === 0 ? rows.length > 0 : tests.every(Boolean);
}

/** Whether a subject satisfies a filter, by looking at all its rows. */
export function satisfiesWhere(
  interfaces: readonly ArrayInterface[],
  subject: ArraySubject,
  where: SubjectWhere,
): boolean {
  const holds = (part: SubjectWhere, of = subject): boolean => satisfiesWhere(interfaces, of, part);
  const { name, township, state, industry, kind, keys, owners } = subject;
  const among = (list: readonly string[] | undefined, value: string | null) =>
    list === undefined || (value !== null && list.includes(value));
  const present = (wanted: boolean | undefined, value: string | null) =>
    wanted === undefined || wanted === (value !== null);
  return (
    (where.and ?? []).every((part) => holds(part)) &&
    (where.or === undefined || where.or.some((part) => holds(part))) &&
    (where.not === undefined || !holds(where.not)) &&
    (where.id === undefined || keys.some((key) => where.id?.includes(key))) &&
    among(where.kind, kind) &&
    among(where.state, state) &&
    among(where.township, township) &&
    among(where.industry, industry) &&
    among(where.name, name) &&
    present(where.statePresent, state) &&
    present(where.townshipPresent, township) &&
    present(where.industryPresent, industry) &&
    (industry ?? '').startsWith(where.industryStartsWith ?? '') &&
    (name ?? '').includes(where.nameContains ?? '') &&
    (name ?? '').startsWith(where.nameStartsWith ?? '') &&
    CLAUSES.every((one) => {
      const clause = where[one];
      return clause === undefined || clauseHolds(clauseRows(interfaces, subject, one, clause), one, clause);
    }) &&
    (where.owner === undefined ||
      owners.some((id) =>
        SUBJECTS.some((other) => other.id === id && where.owner !== undefined && holds(where.owner, other)),
      ))
  );
}

/** The clause that orders and evidence of a kind mean. */
export function firstClause(where: SubjectWhere, name: ClauseName): ClauseInput | undefined {
  if (where[name] !== undefined) return where[name];
  for (const part of where.and ?? []) {
    const found = firstClause(part, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a filter has evidence to show. */
export function hasEvidence(where: SubjectWhere): boolean {
  return (
    where.owner !== undefined ||
    CLAUSES.some((name) => where[name] !== undefined) ||
    (where.and ?? []).some(hasEvidence)
  );
}
