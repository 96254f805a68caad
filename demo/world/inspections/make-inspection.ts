import { type Random, randomFor } from '../../random.js';
import { isoDay } from '../days.js';
import { departmentOf, type EnforcingDepartment, systemOfInspections } from '../departments.js';
import { drawTownship } from '../townships.js';
import type { Inspection } from '../world.js';
import { drawOfficers, homeOf, type WorldBase } from '../world-base.js';
import type { InspectionPlan } from './inspection-plan.js';

/** Codes that departments write and no list holds. */
const UNKNOWN_RESULTS = ['Z9', '待定', '99'];

/** @param penalised whether the case that followed ended in a penalty. */
export function makeInspection(
  base: WorldBase,
  index: number,
  plan: InspectionPlan,
  penalised: boolean,
): Inspection {
  const random = randomFor(base.seed, 'inspection', index);
  const department = departmentOf(plan.department);
  const date = isoDay(plan.day);
  const unknownResult =
    plan.unknownResult ?? (plan.case === null && random.chance(0.006) ? random.pick(UNKNOWN_RESULTS) : null);
  const results = unknownResult === null ? drawResults(random, department, plan) : [];
  return {
    index,
    heldBy: systemOfInspections(department, base.size),
    department: plan.department,
    number: `JC330922${department.digits}${date.replaceAll('-', '')}${String(index).padStart(8, '0')}`,
    subject: plan.subject,
    date,
    time: `${String(random.int(8, 17)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}`,
    kind: plan.kind,
    results,
    unknownResult,
    disposals: disposalsOf(results, plan.case !== null, penalised),
    officers: drawOfficers(base, random, plan.department, date),
    itemCode: `00330922${department.digits}${String(random.int(1, 40)).padStart(4, '0')}`,
    township: plan.subject === null ? drawTownship(random).code : placeOf(base, random, plan),
    jointCheck: plan.jointCheck,
    case: plan.case,
  };
}

/** Mostly at home; vessels are met in other ports as well. */
function placeOf(base: WorldBase, random: Random, plan: InspectionPlan): string {
  if (plan.subject === null || random.chance(plan.subject.kind === 'vessel' ? 0.2 : 0.02)) {
    return drawTownship(random).code;
  }
  return homeOf(base, plan.subject);
}

function drawResults(
  random: Random,
  department: EnforcingDepartment,
  plan: InspectionPlan,
): readonly string[] {
  if (plan.case !== null) return findings(random, department);
  const hundredth = random.int(0, 99);
  if (hundredth < 66) return ['NO_ISSUE'];
  if (hundredth < 78) return ['RECTIFIED'];
  if (hundredth < 84) return ['ISSUE_PENDING'];
  if (hundredth < 87) return ['NOT_APPLICABLE'];
  if (hundredth < 90) return [plan.subject?.kind === 'organisation' ? 'UNREACHABLE' : 'NO_ISSUE'];
  if (hundredth < 92) return [plan.subject?.kind === 'organisation' ? 'CLOSED' : 'NO_ISSUE'];
  return findings(random, department);
}

/** One finding, or several in the order in which they were written down. */
function findings(random: Random, { findings: own }: EnforcingDepartment): readonly string[] {
  const first = random.pick(own);
  if (!random.chance(0.25)) return [first];
  const second = random.pick(['ISSUE_OTHER_DEPT', 'RECTIFIED', 'ISSUE_PUBLICITY', 'ISSUE_OTHER']);
  if (second === first) return [first];
  return random.chance(0.5) ? [first, second] : [second, first];
}

const HARMLESS = new Set(['NO_ISSUE', 'NOT_APPLICABLE', 'CLOSED', 'UNREACHABLE']);

function disposalsOf(results: readonly string[], hasCase: boolean, penalised: boolean): readonly string[] {
  if (results.length === 0) return [];
  if (hasCase) return penalised ? ['TO_CASE', 'PENALISED'] : ['TO_CASE'];
  if (results.every((result) => HARMLESS.has(result))) return ['NONE'];
  const disposals = ['ORDER_RECTIFY'];
  if (results.includes('ISSUE_OTHER_DEPT')) disposals.push('NOTIFY_OTHER_DEPT');
  if (results.includes('OBSTRUCTED')) disposals.push('STOPPED');
  return disposals;
}
