import { DECIDE_WITHIN_DAYS } from '../../kinds/case/decision-clock.js';
import { DECIDED_STAGES, PUBLISH_WITHIN_WORKING_DAYS } from '../../kinds/case/publication.js';
import { inForceOn } from '../../kinds/enforcement-item.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { addDays } from '../../values/dates/calendar.js';
import type { Count, IndicatorDeclaration, Period } from './indicator.js';

const TEAMS_OF_COUNTY = ['COMPREHENSIVE', 'PROFESSIONAL', 'MARINE', 'TOWNSHIP'];

const within = (field: string, { first, last }: Period): RowCondition => ({ field, from: first, to: last });
const both = (...all: readonly RowCondition[]): RowCondition => ({ all });

/** Items of a list that are in force at the end of the period. */
const inForce =
  (lists: readonly string[], more: RowCondition = { all: [] }) =>
  ({ last }: Period): RowCondition =>
    both({ field: 'list', in: lists }, inForceOn(last), more);

/** 行政处罚法 art. 58, as far as a case system ticks it: heard, or of great weight. */
const MUST_BE_REVIEWED: RowCondition = {
  any: [
    { field: 'hearing', in: [true] },
    { field: 'major', in: [true] },
  ],
};
/** Outcomes of a review or lawsuit by which a decision does not stand as it was. */
const LOST = ['REVOKED', 'CHANGED', 'DECLARED_UNLAWFUL'];
const PENALTIES: RowCondition = { field: 'powerKind', in: ['PENALTY'] };

const count = (kind: Count['kind'], where: Count['where'], of: Count['of'] = 'rows'): Count => ({
  kind,
  where,
  of,
});
const inspections = (more: RowCondition = { all: [] }): Count =>
  count('Inspection', (period) => both(within('date', period), more));
const decisions = (of: Count['of'] = 'rows', more: RowCondition = { all: [] }): Count =>
  count(
    'Case',
    (period) => both(within('decidedAt', period), { field: 'stage', in: DECIDED_STAGES }, more),
    of,
  );
/** What of reviews and lawsuits ended within the period, with one of these outcomes. */
const concluded = (outcomes: readonly string[]): Count =>
  count('Case', (period) => ({
    any: ['administrativeReview', 'litigation'].map((field) =>
      both({ field, in: outcomes }, within(`${field}EndedAt`, period)),
    ),
  }));
const jointChecks = (sum: string): Count =>
  count('JointCheck', (period) => both(within('date', period), { field: 'state', in: ['DONE'] }), { sum });
const visited = (withinDays: number | null): Count =>
  count('Inspection', (period) => within('date', period), { visited: { withinDays } });
const onDuty = (more: RowCondition = { all: [] }): Count =>
  count('Officer', () => both({ field: 'state', in: ['ON_DUTY'] }, more));

/** The indicators of domain §1.7 that the county's sources can tell, in the order of its families. */
export const INDICATORS: readonly IndicatorDeclaration[] = [
  {
    code: 'PUBLISHED_LISTS',
    family: 'SYSTEM',
    words: '公布事项清单的执法主体 ÷ 执法主体. Bodies with a list in force, of all that enforce.',
    numerator: count('EnforcementItem', inForce(['COMPREHENSIVE', 'PROFESSIONAL', 'TOWNSHIP']), {
      values: 'department',
    }),
    denominator: count('Team', () => ({ field: 'kind', in: TEAMS_OF_COUNTY }), { values: 'department' }),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'COMPREHENSIVE_SHARE',
    family: 'SYSTEM',
    words:
      '综合行政执法事项占比：县目录中的处罚事项 ÷ 全部处罚事项. Penalty items of the comprehensive list, of all.',
    numerator: count('EnforcementItem', inForce(['COMPREHENSIVE'], PENALTIES)),
    denominator: count('EnforcementItem', inForce(['POWER'], PENALTIES)),
    unit: 'PERCENT',
    target: '20',
  },
  {
    code: 'ITEM_ACTIVATION',
    family: 'DUTY',
    words:
      '事项激活率：近 12 个月检查用到的监管事项 ÷ 监管事项. Items of supervision inspected by within 12 months.',
    numerator: count('Inspection', ({ last }) => ({ field: 'date', from: addDays(last, -364), to: last }), {
      values: 'itemCode',
    }),
    denominator: count('EnforcementItem', inForce(['SUPERVISION']), { values: 'code' }),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'JOINT_PLAN_COMPLETION',
    family: 'DUTY',
    words: '综合查一次计划完成率：已完成 ÷ 未取消的任务. Joint checks done, of those not called off.',
    numerator: count('JointCheck', (period) =>
      both(within('date', period), { field: 'state', in: ['DONE'] }),
    ),
    denominator: count('JointCheck', (period) =>
      both(within('date', period), { not: { field: 'state', in: ['CANCELLED'] } }),
    ),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'DECIDED_IN_TIME',
    family: 'QUALITY',
    words: '90 日内作出决定的案件 ÷ 作出决定的案件. Decided within 90 days, of all decided.',
    numerator: decisions('rows', { field: 'elapsedDays', to: String(DECIDE_WITHIN_DAYS) }),
    denominator: decisions(),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'LEGAL_REVIEW',
    family: 'QUALITY',
    words:
      '法制审核率：经法制审核的 ÷ 应当审核的（作出决定的听证案件和重大案件，以办案系统所载为限）. Decisions legally reviewed, of those in cases heard or major, as far as case systems tell.',
    numerator: decisions('rows', both(MUST_BE_REVIEWED, { field: 'legalReview', in: [true] })),
    denominator: decisions('rows', MUST_BE_REVIEWED),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'REMEDIES_LOST',
    family: 'QUALITY',
    words:
      '复议诉讼败诉率：撤销、变更或确认违法的案件 ÷ 当月复议或诉讼审结的案件. Cases lost, of those whose administrative review or lawsuit ended in the month.',
    numerator: concluded(LOST),
    denominator: concluded([...LOST, 'UPHELD', 'DISMISSED', 'WITHDRAWN']),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'PUBLISHED_IN_TIME',
    family: 'QUALITY',
    words:
      '7 个工作日内公示的决定 ÷ 应公示的决定. Decisions published within 7 working days, of those that must be.',
    numerator: decisions(
      'rows',
      both(
        { field: 'publicationLagWorkingDays', to: String(PUBLISH_WITHIN_WORKING_DAYS) },
        { not: { field: 'publishedAt', isNull: true } },
      ),
    ),
    // One that has some days left yet is not late.
    denominator: decisions(
      'rows',
      both(
        { not: { field: 'publicationLagWorkingDays', isNull: true } },
        {
          any: [
            { not: { field: 'publishedAt', isNull: true } },
            { field: 'publicationLagWorkingDays', from: String(PUBLISH_WITHIN_WORKING_DAYS + 1) },
          ],
        },
      ),
    ),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'CERTIFIED_STAFF',
    family: 'TEAM',
    words: '持证率：持有效执法证的在岗人员 ÷ 在岗人员. Staff on duty with a valid certificate.',
    numerator: onDuty({ field: 'certified', in: [true] }),
    denominator: onDuty(),
    unit: 'PERCENT',
    target: null,
    todayOnly: true,
  },
  {
    code: 'TOWNSHIP_STAFF',
    family: 'TEAM',
    words: '乡镇执法力量占比：派驻乡镇的在岗人员 ÷ 在岗人员. Staff on duty that is deployed to townships.',
    numerator: onDuty({ not: { field: 'township', isNull: true } }),
    denominator: onDuty(),
    unit: 'PERCENT',
    target: '50',
    todayOnly: true,
  },
  {
    code: 'TOWNSHIP_CERTIFIED_STAFF',
    family: 'TEAM',
    words:
      '乡镇持证执法力量占比：派驻乡镇的持证人员 ÷ 持证人员. Certified staff that is deployed to townships.',
    numerator: onDuty(both({ field: 'certified', in: [true] }, { not: { field: 'township', isNull: true } })),
    denominator: onDuty({ field: 'certified', in: [true] }),
    unit: 'PERCENT',
    target: null,
    todayOnly: true,
  },
  {
    code: 'CASES_PER_OFFICER',
    family: 'PERFORMANCE',
    words: '人均办案数：当月立案 ÷ 持证在岗人员. Cases filed, per certified officer on duty.',
    numerator: count('Case', (period) => within('filedAt', period)),
    denominator: onDuty({ field: 'certified', in: [true] }),
    unit: 'RATIO',
    target: null,
    todayOnly: true,
  },
  {
    code: 'FINES_COLLECTED',
    family: 'PERFORMANCE',
    words: '罚款收缴率：当月决定的罚款中已缴 ÷ 当月决定的罚款. Fines paid, of those decided in the month.',
    numerator: decisions({ sum: 'paid' }),
    denominator: decisions({ sum: 'fine' }),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'JOINT_SHARE',
    family: 'PERFORMANCE',
    words: '综合查一次占比：综合查一次的检查 ÷ 检查. Inspections that were joint checks.',
    numerator: inspections({ field: 'jointCheck', in: [true] }),
    denominator: inspections(),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'APP_USE',
    family: 'PERFORMANCE',
    words: '掌上执法率：掌上执法录入的检查 ÷ 检查. Inspections captured with the mobile app.',
    numerator: count('Inspection', (period) => within('date', period), { matched: 'Inspection.mobile' }),
    denominator: inspections(),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'VISITS_REDUCED',
    family: 'PERFORMANCE',
    words:
      '检查减少率：综合查一次减少的检查 ÷ 合并前应开展的检查. Visits that joint checks saved, of those there would have been.',
    numerator: jointChecks('visitsAvoided'),
    denominator: jointChecks('visitsPlanned'),
    unit: 'PERCENT',
    target: null,
  },
  {
    code: 'REPEAT_VISITS',
    family: 'PERFORMANCE',
    words:
      '入企重复率：综合查一次以外、30 日内被两个以上部门检查的主体 ÷ 被检查的主体. Subjects visited by two departments within 30 days, of those visited.',
    numerator: visited(30),
    denominator: visited(null),
    unit: 'PERCENT',
    target: null,
  },
];
