import { declareKind } from './kind.js';
import { runningDays } from './running-days.js';

export const transfer = declareKind({
  name: 'Transfer',
  plural: 'transfers',
  words: {
    type: '案件移送与抄告. One case or clue that one authority hands to another.',
    list: '案件移送清单，默认按移送日期从新到旧. Transfers, last sent first unless ordered otherwise.',
    stats: '案件移送统计；by 为空列表时为总计. Transfers counted by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '所涉主体；来源未写明标识时为空. Whom it is about; null when the source gives no number.',
    list: '涉及该主体的移送. Transfers about this subject.',
    optional: true,
  },
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '移送单位. Who hands it over.',
    },
    number: { type: 'Text', level: 'L1', documentNumber: true, words: '移送书文号. Number of the transfer.' },
    kind: {
      type: 'Code',
      level: 'L1',
      enum: 'TransferKind',
      required: true,
      words: '移送类型. Kind of transfer.',
    },
    counterparty: {
      type: 'Text',
      level: 'L2',
      few: true,
      words: '受移送单位，按来源原样. Who receives it, as the source words it.',
    },
    to: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      words: '受移送部门；司法机关为空. The department that receives it.',
    },
    caseNumber: {
      type: 'Text',
      level: 'L2',
      documentNumber: true,
      words: '案件编号或决定书文号. Number of the case.',
    },
    inspectionNumber: {
      type: 'Text',
      level: 'L2',
      documentNumber: true,
      words: '检查编号. Number of the inspection.',
    },
    reason: { type: 'Text', level: 'L3', words: '移送理由. Why.' },
    legalBasis: { type: 'Text', level: 'L2', words: '移送依据. Legal basis.' },
    reportedAt: { type: 'Date', level: 'L2', words: '提出移送日期. When the transfer was proposed.' },
    approvedAt: { type: 'Date', level: 'L2', words: '批准移送日期. When it was approved.' },
    date: { type: 'Date', level: 'L1', required: true, words: '移送日期. Day on which it was sent.' },
    acceptedAt: { type: 'Date', level: 'L2', words: '接收日期. Received.' },
    repliedAt: { type: 'Date', level: 'L2', words: '回复日期. Answered.' },
    result: {
      type: 'Code',
      level: 'L2',
      enum: 'TransferResult',
      required: true,
      words: '移送结果. Outcome.',
    },
  },
  day: 'date',
  order: [{ field: 'date', direction: 'desc' }],
  ordered: [
    ['reportedAt', 'approvedAt'],
    ['approvedAt', 'date'],
    ['date', 'repliedAt'],
  ],
  derived: {
    decisionDays: runningDays({
      from: 'reportedAt',
      to: 'approvedAt',
      words: '提出至批准的天数，未批准则至今. Days from the proposal to the approval, or to today.',
    }),
    sendingDays: runningDays({
      from: 'approvedAt',
      to: 'date',
      words: '批准至移送的天数. Days from the approval to the sending.',
    }),
    replyDays: runningDays({
      from: 'date',
      to: 'repliedAt',
      words: '移送至回复的天数，未回复则至今. Days from the sending to the answer, or to today.',
    }),
  },
  limits: {
    replyLate: {
      of: 'replyDays',
      words:
        '超过期限回复或仍未回复的移送. Transfers that were answered late, or are not answered though the time is over.',
      input: 'TransferReplyLimit',
      inputWords: '回复期限. A limit for the answer.',
      parameter: 'days',
      parameterWords: '移送后的天数，1 至 365. Days after the sending, 1 to 365.',
      default: 10,
      min: 1,
      max: 365,
    },
  },
  links: {
    case: {
      to: 'Case',
      words: '所移送的案件. The case that is handed over.',
      by: [
        ['caseNumber', 'caseCode'],
        ['caseNumber', 'decisionNo'],
      ],
    },
    inspection: {
      to: 'Inspection',
      words: '发现线索的检查. The inspection that found it.',
      by: [['inspectionNumber', 'number']],
    },
  },
  followUps: {},
});
