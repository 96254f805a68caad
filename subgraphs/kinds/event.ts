import { declareKind } from './kind.js';

export const event = declareKind({
  name: 'Event',
  plural: 'events',
  words: {
    type: '基层治理事件. One event of the grass-roots platforms, smart city management or the police line.',
    list: '跨平台事件清单，默认按日期从新到旧. Events of all platforms, merged; newest first unless ordered otherwise.',
    stats: '事件统计；by 为空列表时为总计. Events counted by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '涉及主体；事件未写明标识时为空. Whom it is about; null when the event gives no number.',
    list: '涉及该主体的事件. Events about this subject, as far as they tell whom they are about.',
    optional: true,
  },
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '处置部门. Who deals with it.',
    },
    number: { type: 'Text', level: 'L1', documentNumber: true, words: '事件编号. Number of the event.' },
    source: {
      type: 'Code',
      level: 'L1',
      enum: 'ComplaintSource',
      required: true,
      words: '来源渠道. Channel it came through.',
    },
    category: { type: 'Code', level: 'L1', enum: 'EventCategory', words: '事件类别. What it is about.' },
    createdAt: { type: 'DateTime', level: 'L1', words: '上报时间. When it was reported.' },
    date: { type: 'Date', level: 'L1', required: true, words: '上报日期. The day on which it was reported.' },
    acceptedAt: { type: 'DateTime', level: 'L2', words: '受理时间. When it was accepted.' },
    deadline: { type: 'DateTime', level: 'L2', words: '处置时限. To be dealt with by.' },
    repliedAt: { type: 'DateTime', level: 'L2', words: '处置反馈时间. When the result came back.' },
    closedAt: { type: 'DateTime', level: 'L2', words: '办结时间. When it was closed.' },
    state: { type: 'Code', level: 'L2', enum: 'ComplaintState', words: '处置状态. How far it has got.' },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '所在乡镇代码（9 位）. Township, nine digits.',
    },
    grid: { type: 'Text', level: 'L1', few: true, words: '网格编码. Code of the grid.' },
    place: { type: 'Text', level: 'L2', words: '地点. Place.' },
    content: {
      type: 'Text',
      level: 'L3',
      words: '事件描述，电话与证件号码已隐去. What happened; telephone and citizen numbers are hidden.',
    },
    targetName: {
      type: 'Text',
      level: 'L2',
      words: '涉及对象名称，如事件所写. Whom it is about, as the event words it.',
    },
    complaintNumber: {
      type: 'Text',
      level: 'L2',
      documentNumber: true,
      words: '来源工单编号. Number of the ticket that it came from.',
    },
    inspectionNumber: {
      type: 'Text',
      level: 'L2',
      documentNumber: true,
      words: '由此开展的检查编号. Number of the inspection that followed.',
    },
    caseNumber: {
      type: 'Text',
      level: 'L2',
      documentNumber: true,
      words: '由此立案的案件编号. Number of the case that followed.',
    },
  },
  day: 'date',
  order: [{ field: 'date', direction: 'desc' }],
  ordered: [['createdAt', 'closedAt']],
  derived: {},
  limits: {},
  links: {
    complaint: {
      to: 'Complaint',
      words: '来源工单. The ticket that it came from.',
      by: [['complaintNumber', 'number']],
    },
    inspection: {
      to: 'Inspection',
      words: '由此开展的检查. The inspection that followed.',
      by: [['inspectionNumber', 'number']],
    },
    case: {
      to: 'Case',
      words: '由此立案的案件. The case that followed.',
      by: [
        ['caseNumber', 'caseCode'],
        ['caseNumber', 'decisionNo'],
      ],
    },
  },
  followUps: {
    toInspection: {
      link: 'inspection',
      words: '引发检查的事件数；事件之前的检查不算. Events that led to an inspection, no earlier than they.',
      day: 'date',
    },
    toCase: {
      link: 'case',
      words: '引发立案的事件数；事件之前立案的不算. Events that led to a case, filed no earlier than they.',
      day: 'filedAt',
    },
  },
});
