import { dayNumber, isoDay } from '../days.js';
import { departmentOf, type NumberFamily } from '../departments.js';
import type { CasePlan } from './case-plan.js';

/** Running numbers of all cases: per department and year, in the order of filing and of decision. */
export interface CaseNumbers {
  readonly filed: Int32Array;
  /** 0 where there is no decision. */
  readonly decided: Int32Array;
}

interface Numbered {
  readonly index: number;
  readonly day: number;
  readonly series: string;
}

/** Walks over all plans once; needs two 32-bit numbers per case afterwards. */
export function numberCases(count: number, planOf: (index: number) => CasePlan): CaseNumbers {
  const filed: Numbered[] = [];
  const decided: Numbered[] = [];
  for (let index = 0; index < count; index += 1) {
    const plan = planOf(index);
    const filedIn = isoDay(plan.filedDay).slice(0, 4);
    filed.push({ index, day: plan.filedDay, series: `${plan.department}${filedIn}` });
    if (plan.decidedDay === null) continue;
    const decidedIn = isoDay(plan.decidedDay).slice(0, 4);
    const day = plan.firstOfYear ? dayNumber(`${decidedIn}-01-01`) : plan.decidedDay;
    decided.push({ index, day, series: `${plan.department}${plan.process}${decidedIn}` });
  }
  return { filed: number(filed, count), decided: number(decided, count) };
}

function number(entries: Numbered[], count: number): Int32Array {
  entries.sort((a, b) => a.day - b.day || a.index - b.index);
  const last = new Map<string, number>();
  const numbers = new Int32Array(count);
  for (const { index, series } of entries) {
    const next = (last.get(series) ?? 0) + 1;
    last.set(series, next);
    numbers[index] = next;
  }
  return numbers;
}

/** `嵊综执罚决字〔2026〕第001号` */
export function formatDecisionNo(plan: CasePlan, year: string, running: number): string {
  const department = departmentOf(plan.department);
  const family: NumberFamily = plan.process === 'SIMPLE' ? department.simple : department.ordinary;
  return `${family.prefix}〔${year}〕${family.ordinal}${String(running).padStart(family.width, '0')}号`;
}

/** Code of the authority, year, seven digits. */
export function formatCaseCode(plan: CasePlan, running: number): string {
  const year = isoDay(plan.filedDay).slice(0, 4);
  return `${departmentOf(plan.department).uscc}${year}${String(running).padStart(7, '0')}`;
}
