import type { CasePlan } from './cases/case-plan.js';
import { dayNumber, isoDay } from './days.js';
import type { InspectionPlan } from './inspections/inspection-plan.js';
import type { Inspection } from './world.js';
import { ORGANISATION, PERSON, VESSEL } from './world-base.js';

/** Cases and inspections that every size and seed holds, as the first of their lists. */
interface Landmarks {
  readonly cases: readonly CasePlan[];
  readonly inspections: readonly InspectionPlan[];
}

/** Index of 嵊综执罚决字〔2026〕第001号 among the cases, and of 海晏's overdue fine of the market bureau. */
const CASE_001 = 0;
const OVERDUE_MARKET_FINE = 1;
/** Index of the inspection that led to it, among the inspections. */
export const INSPECTION_001 = 2;
/** A case of the environment bureau against 海晏 that no inspection led to. */
export const COMPLAINED_OF = 2;

const TOGETHER = { kind: 'JOINT', jointCheck: true } as const;

/**
 * 海晏渔业 has 嵊综执罚决字〔2026〕第001号 and an overdue fine; its vessel was inspected by two departments in one
 * month; three organisations were punished by three departments within 24 months; some cases are late; of four
 * decisions one was published in time, one late, one never, and one need not be yet.
 */
export function makeLandmarks(today: number): Landmarks {
  // With today in the first quarter, last year's first decision is the one that has run its course.
  const year = isoDay(today - 90).slice(0, 4);
  const newYear = dayNumber(`${year}-01-01`);
  const month = dayNumber(`${isoDay(dayNumber(`${isoDay(today).slice(0, 7)}-01`) - 1).slice(0, 7)}-01`);
  return { cases: landmarkCases(today, newYear), inspections: landmarkInspections(today, newYear, month) };
}

function landmarkCases(today: number, newYear: number): readonly CasePlan[] {
  const ordinary = { process: 'ORDINARY', exit: null, payment: 'IN_TIME', inspectionDay: null } as const;
  const punished = (
    department: string,
    organisation: number,
    daysAgo: number,
    fineCents: number,
  ): CasePlan => ({
    ...ordinary,
    department,
    subject: ORGANISATION(organisation),
    filedDay: today - daysAgo - 40,
    decidedDay: today - daysAgo,
    fineCents,
  });
  const late = (department: string, subject: CasePlan['subject'], daysAgo: number): CasePlan => ({
    ...ordinary,
    department,
    subject,
    filedDay: today - daysAgo,
    decidedDay: null,
    fineCents: 0,
  });
  return [
    {
      ...ordinary,
      department: 'COMPREHENSIVE',
      subject: ORGANISATION(0),
      filedDay: newYear - 42,
      decidedDay: newYear + 3,
      inspectionDay: newYear - 47,
      firstOfYear: true,
      publishedAfterDays: 5,
      fineCents: 8_000_00,
    },
    { ...punished('MARKET', 0, 100, 20_000_00), payment: 'NEVER', inspectionDay: today - 144 },
    { ...punished('ENVIRONMENT', 0, 300, 50_000_00), source: 'COMPLAINT' },
    { ...punished('MARKET', 1, 120, 6_000_00), publishedAfterDays: 30 },
    punished('HEALTH', 1, 333, 3_500_00),
    punished('EMERGENCY', 1, 610, 12_000_00),
    punished('COMPREHENSIVE', 2, 75, 2_000_00),
    { ...punished('CULTURE', 2, 260, 5_000_00), publishedAfterDays: null },
    punished('TRANSPORT', 2, 500, 10_000_50),
    late('COMPREHENSIVE', ORGANISATION(3), 65),
    late('MARKET', ORGANISATION(6), 78),
    late('MARINE', VESSEL(1), 97),
    { ...punished('COMPREHENSIVE', 7, 90, 30_000_00), payment: 'POSTPONED' },
    { ...punished('TRANSPORT', 8, 130, 15_000_00), payment: 'PARTLY' },
    { ...punished('MARKET', 9, 200, 9_000_00), exit: 'WITHDRAWN' },
    // Owners of vessels that are, or nearly are, candidates for a joint check.
    { ...punished('MARKET', 10, 100, 5_000_00), payment: 'NEVER' },
    { ...punished('MARKET', 11, 160, 7_000_00), payment: 'PARTLY' },
    // A shop that registered anew, whose decision has some days left until it must be published.
    { ...punished('MARKET', 4, 4, 2_500_00), publishedAfterDays: 6 },
    // The two people of one name.
    { ...punished('COMPREHENSIVE', 0, 140, 200_00), subject: PERSON(1) },
    { ...punished('COMPREHENSIVE', 0, 150, 500_00), subject: PERSON(2), payment: 'NEVER' },
  ];
}

function landmarkInspections(today: number, newYear: number, month: number): readonly InspectionPlan[] {
  const plain = { kind: 'PATROL', jointCheck: false, case: null } as const satisfies Partial<Inspection>;
  return [
    { ...plain, department: 'MARINE', subject: VESSEL(0), day: month + 11 },
    { ...plain, department: 'TRANSPORT', subject: VESSEL(0), day: month + 19 },
    { ...plain, department: 'COMPREHENSIVE', subject: ORGANISATION(0), day: newYear - 47, case: CASE_001 },
    { ...plain, department: 'MARKET', subject: ORGANISATION(0), day: today - 144, case: OVERDUE_MARKET_FINE },
    { ...plain, ...TOGETHER, department: 'MARKET', subject: ORGANISATION(1), day: month + 4 },
    { ...plain, ...TOGETHER, department: 'HEALTH', subject: ORGANISATION(1), day: month + 4 },
    { ...plain, department: 'MARINE', subject: VESSEL(7), day: month + 1 },
    { ...plain, department: 'EMERGENCY', subject: VESSEL(7), day: month + 8 },
    { ...plain, department: 'TRANSPORT', subject: VESSEL(8), day: month + 3 },
    { ...plain, department: 'COMPREHENSIVE', subject: VESSEL(8), day: month + 3 },
    // Two months, and no expired certificate.
    { ...plain, department: 'MARINE', subject: VESSEL(9), day: month },
    { ...plain, department: 'TRANSPORT', subject: VESSEL(9), day: month - 1 },
    { ...plain, department: 'MARINE', subject: VESSEL(10), day: month + 5 },
    { ...plain, department: 'FIRE_RESCUE', subject: VESSEL(10), day: month + 6 },
    { ...plain, department: 'MARINE', subject: null, day: month + 14 },
    { ...plain, department: 'TRANSPORT', subject: null, day: month + 2 },
    { ...plain, department: 'EMERGENCY', subject: ORGANISATION(2), day: month + 7, unknownResult: 'Z9' },
  ];
}
