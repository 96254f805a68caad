import type { PenaltyCase, World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { overdueOf, quarterOf } from './legal-clocks.js';
import { addYuan } from './money.js';

interface FinesOfQuarter {
  readonly department: string;
  /** Of the decision: `2026-Q2`. */
  readonly quarter: string;
  readonly count: number;
  /** Yuan. */
  readonly fine: string;
  readonly paid: string;
  /** Fine less paid of overdue cases. */
  readonly overdue: string;
}

/** Question 21: fines decided, collected and overdue. By department, then by quarter. */
export function finesByQuarter(
  world: World,
  options: { readonly today?: string } = {},
): readonly FinesOfQuarter[] {
  const { today = world.today } = options;
  const groups = new Map<string, { department: string; quarter: string; cases: PenaltyCase[] }>();
  for (const each of world.cases) {
    if (each.decidedAt === null) continue;
    const { department } = each;
    const quarter = quarterOf(each.decidedAt);
    const group = groups.get(`${department} ${quarter}`);
    if (group === undefined) groups.set(`${department} ${quarter}`, { department, quarter, cases: [each] });
    else group.cases.push(each);
  }
  return [...groups.values()]
    .map(({ department, quarter, cases }) => ({
      department,
      quarter,
      count: cases.length,
      fine: addYuan(cases.map(({ fine }) => fine)),
      paid: addYuan(cases.map(({ paid }) => paid)),
      overdue: addYuan(cases.map((each) => overdueOf(each, today))),
    }))
    .sort((a, b) => compareTexts(a.department, b.department) || compareTexts(a.quarter, b.quarter));
}
