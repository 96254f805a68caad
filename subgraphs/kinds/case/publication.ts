import { type DerivedDeclaration, type Present, type RowValues, textOf } from '../derived.js';
import type { RowCondition } from '../row-condition.js';

/** Stages in which there is a decision that has to be published (行政处罚法 art. 48). */
export const DECIDED_STAGES = ['DECIDED', 'SERVED', 'EXECUTING', 'CLOSED', 'UNDER_REVIEW', 'LITIGATION'];
/** Decisions are to be published within so many working days. */
export const PUBLISH_WITHIN_WORKING_DAYS = 7;
/** A decision that is or was public, whenever that was. */
const PUBLIC_STATES = ['PUBLISHED', 'WITHDRAWN', 'DELETED'];

const INPUTS = ['stage', 'decidedAt', 'publishedAt', 'publication'] as const;

export const publicationLagWorkingDays: DerivedDeclaration<(typeof INPUTS)[number]> = {
  type: 'Integer',
  level: 'L1',
  words: [
    '决定至公示（未公示则至今）的工作日数，休息日公示的计入其后一个工作日；未作出决定、无需公示或公示日期不明时为空。',
    '工作日按国务院办公厅节假日安排计算，已收录 2023 至 2026 年，其他年份仅扣除周末.',
    'Working days from the decision to its publication, or to today while it is not published; null without a decision',
    'that has to be published, or when it was published on an unknown day. What comes on a day off counts with the next',
    'working day. Holidays and days worked instead are known for',
    '2023 to 2026; in other years only weekends are left out.',
  ].join('\n'),
  inputs: INPUTS,
  // An interface that does not hold when a decision was published cannot tell that it was not.
  requires: ['decidedAt', 'publishedAt'],
  value: lagOf,
  narrow: (comparison, present) => {
    if (!('from' in comparison) || comparison.from === undefined) return null;
    return { condition: { all: whereLagging(Number(comparison.from), present) }, exact: false };
  },
};

/** The least number of working days within which the decision was published; today counts while it is not. */
function lagOf(values: RowValues, { today, workingDays }: Present): number | null {
  const decidedAt = textOf(values, 'decidedAt');
  if (decidedAt === null || !DECIDED_STAGES.includes(textOf(values, 'stage') ?? '')) return null;
  const publishedAt = textOf(values, 'publishedAt');
  if (publishedAt !== null && publishedAt <= today) return workingDays.countTo(decidedAt, publishedAt);
  if (publishedAt === null && PUBLIC_STATES.includes(textOf(values, 'publication') ?? '')) return null;
  return workingDays.countTo(decidedAt, today);
}

/** Necessary for a lag of at least `days`: that many working days have passed since the decision. */
function whereLagging(days: number, { today, workingDays }: Present): readonly RowCondition[] {
  const decided: RowCondition = { field: 'stage', in: DECIDED_STAGES };
  return days < 2
    ? [decided]
    : [decided, { field: 'decidedAt', to: workingDays.latestBefore(today, days - 1) }];
}
