import { declareKind } from './kind.js';
import { runningDays } from './running-days.js';

export const dispute = declareKind({
  name: 'Dispute',
  plural: 'disputes',
  words: {
    type: '执法职责争议. One dispute over who is competent.',
    list: '执法职责争议清单，默认按提出日期从新到旧. Disputes, last raised first unless ordered otherwise.',
    stats:
      '执法职责争议统计；by 为空列表时为总计. Disputes counted by dimensions; in total when `by` is empty.',
  },
  subject: null,
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '提出单位. Who raised it.',
    },
    number: { type: 'Text', level: 'L1', documentNumber: true, words: '争议编号. Number of the dispute.' },
    kind: {
      type: 'Code',
      level: 'L1',
      enum: 'DisputeKind',
      required: true,
      words: '争议类型. Kind of dispute.',
    },
    parties: {
      type: 'Codes',
      level: 'L2',
      enum: 'Department',
      one: 'party',
      words: '争议各方. Its parties.',
    },
    itemCode: { type: 'Text', level: 'L1', documentNumber: true, words: '事项代码. Code of the item.' },
    matter: { type: 'Text', level: 'L2', words: '争议事项. What it is about.' },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '所在乡镇代码（9 位）. Township, nine digits.',
    },
    date: { type: 'Date', level: 'L1', required: true, words: '提出日期. Raised.' },
    decidedAt: { type: 'Date', level: 'L1', words: '裁定日期. Decided.' },
    designated: { type: 'Code', level: 'L2', enum: 'Department', words: '指定管辖部门. Who was designated.' },
    state: { type: 'Code', level: 'L2', enum: 'DisputeState', required: true, words: '处理状态. State.' },
    decision: { type: 'Text', level: 'L2', words: '处理意见. What was decided.' },
    basis: { type: 'Text', level: 'L2', words: '处理依据. Basis of the decision.' },
    amendedAt: {
      type: 'Date',
      level: 'L1',
      words: '据此调整事项清单的日期. When the item list was amended for it.',
    },
  },
  day: 'date',
  order: [{ field: 'date', direction: 'desc' }],
  ordered: [
    ['date', 'decidedAt'],
    ['decidedAt', 'amendedAt'],
  ],
  derived: {
    decisionDays: runningDays({
      from: 'date',
      to: 'decidedAt',
      words: '提出至裁定的天数，未裁定则至今. Days from raising it to the decision, or to today.',
    }),
  },
  limits: {},
  links: {
    items: {
      to: 'EnforcementItem',
      many: true,
      acrossDepartments: true,
      words: '该事项在各清单、各版本中的条目. The item in all lists and editions.',
      by: [['itemCode', 'code']],
    },
  },
  followUps: {},
});
