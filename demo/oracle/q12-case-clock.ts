import type { World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { elapsedDays, remainingDays } from './legal-clocks.js';

interface CaseClock {
  readonly caseCode: string;
  readonly department: string;
  readonly team: string;
  readonly stage: string;
  readonly filedAt: string;
  readonly elapsedDays: number;
  /** Of the 90; negative when they are over. */
  readonly remainingDays: number;
}

const BEFORE_DECISION = ['CLUE', 'FILED', 'INVESTIGATING', 'REVIEW', 'NOTICE', 'HEARING', 'COLLECTIVE'];

interface CaseClockOptions {
  /** Default: the world's. */
  readonly today?: string;
  /** On file for more than so many days. Default 60. */
  readonly moreThanDays?: number;
}

/** Question 12: cases under way for too long. Oldest first; on one day by case code. */
export function caseClocks(world: World, options: CaseClockOptions = {}): readonly CaseClock[] {
  const { today = world.today, moreThanDays = 60 } = options;
  const late = [...world.cases].filter(
    (each) =>
      each.decidedAt === null &&
      BEFORE_DECISION.includes(each.stage) &&
      elapsedDays(each, today) > moreThanDays,
  );
  return late
    .map((each) => ({
      caseCode: each.caseCode,
      department: each.department,
      team: each.team,
      stage: each.stage,
      filedAt: each.filedAt,
      elapsedDays: elapsedDays(each, today),
      remainingDays: remainingDays(each, today),
    }))
    .sort((a, b) => compareTexts(a.filedAt, b.filedAt) || compareTexts(a.caseCode, b.caseCode));
}
