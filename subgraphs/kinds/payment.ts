import { declareKind } from './kind.js';

export const payment = declareKind({
  name: 'Payment',
  plural: 'payments',
  words: {
    type: '罚没缴款. One receipt of the treasury for a fine or what was confiscated.',
    list: '罚没缴款清单，默认按日期从新到旧. Receipts, newest first unless ordered otherwise.',
    stats:
      '罚没缴款统计；by 为空列表时为总计. Receipts counted and added up by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '缴款主体；来源未写明标识时为空. Who paid; null when the source gives no number.',
    list: '该主体的罚没缴款. Receipts of this subject.',
    optional: true,
  },
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '执收单位. Who collects it.',
    },
    number: { type: 'Text', level: 'L1', documentNumber: true, words: '缴款书编号. Number of the receipt.' },
    decisionNo: {
      type: 'Text',
      level: 'L1',
      documentNumber: true,
      words: '处罚决定书文号. Number of the decision that it pays.',
    },
    date: { type: 'Date', level: 'L1', required: true, words: '缴款日期. Day of the payment.' },
    paid: {
      type: 'Decimal',
      level: 'L1',
      required: true,
      words: '金额（元），退付为负. Yuan; a refund is negative.',
    },
    interest: {
      type: 'Decimal',
      level: 'L1',
      words: '其中加处罚款（元）. Of it, the penalty for late payment, in yuan.',
    },
    channel: { type: 'Text', level: 'L1', few: true, words: '缴款渠道. Channel.' },
    state: { type: 'Code', level: 'L1', enum: 'PaymentState', required: true, words: '缴款状态. State.' },
  },
  day: 'date',
  order: [{ field: 'date', direction: 'desc' }],
  ordered: [],
  derived: {},
  limits: {},
  links: {
    case: {
      to: 'Case',
      words: '所缴罚款的案件. The case whose fine it pays.',
      by: [
        ['decisionNo', 'decisionNo'],
        ['decisionNo', 'caseCode'],
      ],
    },
  },
  followUps: {},
});
