import { PUBLICATION_WORKING_DAYS, publicationLag } from './credit-record/publication-lag.js';
import { declareKind } from './kind.js';

export const creditRecord = declareKind({
  name: 'CreditRecord',
  plural: 'creditRecords',
  words: {
    type: '公共信用记录. One record of the public credit platform.',
    list: '信用记录清单，默认按日期从新到旧. Credit records, newest first unless ordered otherwise.',
    stats:
      '信用记录统计；by 为空列表时为总计. Credit records counted by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '信用主体. Whom it is about.',
    list: '该主体的信用记录. Credit records of this subject.',
  },
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '认定部门. The department whose decision it rests on.',
    },
    number: { type: 'Text', level: 'L1', documentNumber: true, words: '记录编号. Number of the record.' },
    kind: {
      type: 'Code',
      level: 'L1',
      enum: 'CreditRecordKind',
      required: true,
      words: '记录类型. Kind of record.',
    },
    date: {
      type: 'Date',
      level: 'L1',
      required: true,
      words: '公示（列入、评定）日期. Published, entered into the list, or graded.',
    },
    decisionNo: {
      type: 'Text',
      level: 'L1',
      documentNumber: true,
      words: '决定书文号. Number of the decision.',
    },
    decidedAt: { type: 'Date', level: 'L1', words: '决定日期. Decided.' },
    endsAt: {
      type: 'Date',
      level: 'L1',
      words: '公示截止（移出）日期；空为未定. End of the publication; null: open.',
    },
    status: {
      type: 'Code',
      level: 'L1',
      enum: 'CreditStatus',
      required: true,
      words: '记录状态. State of the record.',
    },
    authority: {
      type: 'Text',
      level: 'L1',
      few: true,
      words: '认定机关，按来源原样. Authority, as the source words it.',
    },
    grade: { type: 'Code', level: 'L1', enum: 'CreditGrade', words: '公共信用评价等级. Grade.' },
    fine: { type: 'Decimal', level: 'L1', words: '罚款（元）. Fine in yuan.' },
    reason: { type: 'Text', level: 'L2', words: '事由. Why.' },
  },
  day: 'date',
  order: [{ field: 'date', direction: 'desc' }],
  ordered: [['decidedAt', 'date']],
  derived: { publicationLagWorkingDays: publicationLag },
  limits: {
    publicationLate: {
      of: 'publicationLagWorkingDays',
      words:
        '未在时限内公示的决定，工作日算法见 Case.publicationLagWorkingDays. Decisions that were not published in time.',
      input: 'CreditPublicationLag',
      inputWords: '公示时限. A limit for publication.',
      parameter: 'workingDays',
      parameterWords: '决定后的工作日数，1 至 250. Working days after the decision, 1 to 250.',
      default: PUBLICATION_WORKING_DAYS,
      min: 1,
      max: 250,
    },
  },
  links: {
    case: {
      to: 'Case',
      words: '所公示的案件. The case that it publishes.',
      by: [['decisionNo', 'decisionNo']],
    },
  },
  followUps: {},
  shortcuts: ['kind', 'status', 'grade', 'department'],
});
