import { addDays } from '../world/days.js';
import type { World } from '../world/world.js';
import { compareTexts } from './by-subject.js';

interface Unpublished {
  readonly caseCode: string;
  readonly decisionNo: string | null;
  readonly department: string;
  readonly decidedAt: string;
  /** Null: not yet, or never. */
  readonly publishedAt: string | null;
  /** To the publication, or to today without one; what comes on a day off is too late for the working day before. */
  readonly lagWorkingDays: number;
}

interface PublicationOptions {
  /** Default: the world's. */
  readonly today?: string;
  /** Default 7. */
  readonly withinWorkingDays?: number;
  /** The calendar, with its holidays and the weekends that are worked. @param day `yyyy-MM-dd` */
  readonly isWorkingDay: (day: string) => boolean;
}

/**
 * Question 13: decisions that stand and were published late, or not at all though they should have been by now. A
 * decision that was withdrawn need not be published. Earliest decision first; on one day by case code.
 */
export function unpublishedDecisions(world: World, options: PublicationOptions): readonly Unpublished[] {
  const { today = world.today, withinWorkingDays = 7, isWorkingDay } = options;
  const late = [...world.cases].flatMap((each): readonly Unpublished[] => {
    const { caseCode, decisionNo, department, decidedAt, publishedAt, stage } = each;
    if (decidedAt === null || stage === 'WITHDRAWN') return [];
    const lagWorkingDays = workingDaysAfter(decidedAt, publishedAt ?? today, isWorkingDay);
    if (lagWorkingDays <= withinWorkingDays) return [];
    return [{ caseCode, decisionNo, department, decidedAt, publishedAt, lagWorkingDays }];
  });
  return late.sort((a, b) => compareTexts(a.decidedAt, b.decidedAt) || compareTexts(a.caseCode, b.caseCode));
}

/** Working days within which a day comes. Every day is looked at, so that nothing clever can be wrong. */
export function workingDaysAfter(from: string, to: string, isWorkingDay: (day: string) => boolean): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1;
  return to > from && !isWorkingDay(to) ? count + 1 : count;
}
