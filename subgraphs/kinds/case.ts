import { elapsedDays, remainingDays } from './case/decision-clock.js';
import { overdue, unpaid } from './case/payment.js';
import { PUBLISH_WITHIN_WORKING_DAYS, publicationLagWorkingDays } from './case/publication.js';
import { declareKind } from './kind.js';

export const penaltyCase = declareKind({
  name: 'Case',
  plural: 'cases',
  words: {
    type: '行政处罚案件. One penalty case.',
    list: '跨部门案件清单，默认按立案日期从新到旧. Cases of all departments, merged; last filed first unless ordered otherwise.',
    stats:
      '案件统计；by 为空列表时为总计. Cases counted and fines added up by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '当事人. Who is penalised.',
    list: '该主体的案件. Penalty cases of this subject.',
  },
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '办案部门. The department in charge.',
    },
    caseCode: { type: 'Text', level: 'L1', documentNumber: true, words: '案件编号. Number of the case.' },
    decisionNo: {
      type: 'Text',
      level: 'L1',
      documentNumber: true,
      words: '处罚决定书文号. Number of the decision.',
    },
    name: { type: 'Text', level: 'L2', words: '案由. What it is about.' },
    stage: { type: 'Code', level: 'L2', enum: 'CaseStage', required: true, words: '阶段. Stage.' },
    process: { type: 'Code', level: 'L2', enum: 'CaseProcess', words: '程序. Procedure.' },
    source: { type: 'Code', level: 'L2', enum: 'CaseSource', words: '案件来源. Where it came from.' },
    filedAt: { type: 'Date', level: 'L2', words: '立案日期. Filed.' },
    decidedAt: { type: 'Date', level: 'L1', words: '决定日期. Decided.' },
    servedAt: { type: 'Date', level: 'L1', words: '送达日期. Served.' },
    closedAt: { type: 'Date', level: 'L2', words: '结案日期. Closed.' },
    publishedAt: { type: 'Date', level: 'L1', words: '公示日期. Published.' },
    publication: {
      type: 'Code',
      level: 'L1',
      enum: 'PublicationStatus',
      words: '公示状态. State of publication.',
    },
    penalties: { type: 'Codes', level: 'L1', enum: 'PenaltyKind', words: '处罚种类. Kinds of penalty.' },
    fine: { type: 'Decimal', level: 'L1', words: '罚款（元）. Fine in yuan.' },
    confiscated: { type: 'Decimal', level: 'L1', words: '没收金额（元）. Confiscated, in yuan.' },
    paid: { type: 'Decimal', level: 'L1', words: '实缴（元）. Paid, in yuan.' },
    paidAt: { type: 'Date', level: 'L1', words: '缴款日期. Paid on.' },
    /** The fine may be paid later by approval (行政处罚法 art. 66). */
    postponed: {
      type: 'Boolean',
      level: 'L2',
      words: '是否批准延期或分期缴纳. Whether later payment was approved.',
    },
    hearing: { type: 'Boolean', level: 'L2', words: '是否听证. Whether a hearing was held.' },
    legalReview: { type: 'Boolean', level: 'L2', words: '是否法制审核. Whether legally reviewed.' },
    major: { type: 'Boolean', level: 'L1', words: '是否重大案件. Whether a major case.' },
    administrativeReview: {
      type: 'Code',
      level: 'L2',
      enum: 'RemedyOutcome',
      words: '行政复议结果. What an administrative review of the decision came to.',
    },
    administrativeReviewEndedAt: { type: 'Date', level: 'L2', words: '行政复议审结日期. The review ended.' },
    litigation: {
      type: 'Code',
      level: 'L2',
      enum: 'RemedyOutcome',
      words: '行政诉讼结果. What a lawsuit against the decision came to.',
    },
    litigationEndedAt: { type: 'Date', level: 'L2', words: '行政诉讼审结日期. The lawsuit ended.' },
    itemCode: { type: 'Text', level: 'L1', few: true, words: '事项编码. Code of the item.' },
    officers: {
      type: 'Texts',
      level: 'L2',
      one: 'officer',
      person: true,
      words: '执法人员. Names of the officers.',
    },
    team: { type: 'Text', level: 'L2', few: true, words: '办案队伍. The team in charge.' },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '所在乡镇代码（9 位）. Township, nine digits.',
    },
    inspectionNumber: {
      type: 'Text',
      level: 'L2',
      documentNumber: true,
      words: '来源检查编号. Number of the inspection it came from.',
    },
  },
  day: 'decidedAt',
  order: [{ field: 'filedAt', direction: 'desc' }],
  ordered: [
    ['filedAt', 'decidedAt'],
    ['decidedAt', 'servedAt'],
    ['filedAt', 'closedAt'],
  ],
  derived: {
    unpaid,
    overdue,
    elapsedDays,
    remainingDays,
    publicationLagWorkingDays,
    decided: {
      type: 'Boolean',
      level: 'L1',
      words: '是否已作出决定. Whether decided.',
      inputs: ['decidedAt'],
      requires: ['decidedAt'],
      value: (values) => typeof values.get('decidedAt') === 'string',
      narrow: (comparison) =>
        'in' in comparison && comparison.in.length === 1
          ? { condition: { field: 'decidedAt', isNull: comparison.in[0] !== true }, exact: true }
          : null,
    },
  },
  limits: {
    publicationLate: {
      of: 'publicationLagWorkingDays',
      words:
        '决定后未在时限内公示（含至今未公示且时限已过），工作日算法见 Case.publicationLagWorkingDays.\nDecisions that were not published in time, or are not published yet though the time is over.',
      input: 'PublicationLag',
      inputWords: '公示时限. A limit for publication.',
      parameter: 'workingDays',
      parameterWords: '决定后的工作日数，1 至 250. Working days after the decision, 1 to 250.',
      default: PUBLISH_WITHIN_WORKING_DAYS,
      min: 1,
      max: 250,
    },
  },
  links: {
    inspection: {
      to: 'Inspection',
      words: '来源检查. The inspection it came from.',
      by: [
        ['inspectionNumber', 'number'],
        ['caseCode', 'caseNumber'],
        ['decisionNo', 'caseNumber'],
      ],
    },
    complaint: {
      to: 'Complaint',
      words: '引发该案的投诉举报工单. The complaint that led to it.',
      by: [
        ['caseCode', 'caseNumber'],
        ['decisionNo', 'caseNumber'],
      ],
    },
    event: {
      to: 'Event',
      words: '引发该案的事件. The event that led to it.',
      by: [
        ['caseCode', 'caseNumber'],
        ['decisionNo', 'caseNumber'],
      ],
    },
    payments: {
      to: 'Payment',
      many: true,
      words: '罚没缴款. What the treasury received for it.',
      by: [
        ['decisionNo', 'decisionNo'],
        ['caseCode', 'decisionNo'],
      ],
    },
    creditRecords: {
      to: 'CreditRecord',
      many: true,
      words: '信用公示记录. How the credit platform published it.',
      by: [['decisionNo', 'decisionNo']],
    },
    transfers: {
      to: 'Transfer',
      many: true,
      acrossDepartments: true,
      words: '移送记录. How it was handed over.',
      by: [
        ['caseCode', 'caseNumber'],
        ['decisionNo', 'caseNumber'],
      ],
    },
  },
  followUps: {},
  shortcuts: ['department', 'unpaid', 'decidedAt'],
});
