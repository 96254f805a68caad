import { declareKind } from './kind.js';

export const complaint = declareKind({
  name: 'Complaint',
  plural: 'complaints',
  words: {
    type: '投诉举报工单. One complaint, report or request.',
    list: '跨部门投诉举报工单清单，默认按日期从新到旧. Complaints of all departments, merged; newest first unless ordered otherwise.',
    stats:
      '投诉举报统计；by 为空列表时为总计. Complaints counted by dimensions; in total when `by` is empty.\ninspectedWithinDays：投诉后几日内的检查算作由其引发；投诉之前的检查不算. How many days after a complaint an inspection\ncounts as its outcome; one before it never does.',
  },
  subject: {
    words: '被反映对象；工单未写明标识时为空. Whom it is about; null when the ticket gives no number.',
    list: '涉及该主体的投诉举报工单. Complaints about this subject, as far as they tell whom they are about.',
    optional: true,
  },
  ofPersons: true,
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '承办单位. Who has to deal with it.',
    },
    number: { type: 'Text', level: 'L1', documentNumber: true, words: '工单编号. Number of the ticket.' },
    kind: {
      type: 'Code',
      level: 'L1',
      enum: 'ComplaintKind',
      required: true,
      words: '类型. Kind of ticket.',
    },
    source: { type: 'Code', level: 'L1', enum: 'ComplaintSource', words: '来源. Where it came from.' },
    category: { type: 'Code', level: 'L1', enum: 'ComplaintCategory', words: '事项分类. What it is about.' },
    createdAt: { type: 'DateTime', level: 'L1', words: '提出时间. When it was made.' },
    date: { type: 'Date', level: 'L1', required: true, words: '提出日期. The day on which it was made.' },
    acceptedAt: { type: 'DateTime', level: 'L2', words: '受理时间. When it was accepted.' },
    deadline: { type: 'DateTime', level: 'L2', words: '办理时限. To be answered by.' },
    repliedAt: { type: 'DateTime', level: 'L2', words: '答复时间. When it was answered.' },
    closedAt: { type: 'DateTime', level: 'L2', words: '办结时间. When it was closed.' },
    state: { type: 'Code', level: 'L2', enum: 'ComplaintState', words: '办理状态. How far it has got.' },
    satisfaction: {
      type: 'Integer',
      level: 'L2',
      few: true,
      words: '满意度，1 至 5. Satisfaction, 1 (worst) to 5.',
    },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '所在乡镇代码（9 位）. Township, nine digits.',
    },
    place: { type: 'Text', level: 'L2', words: '地点. Place.' },
    content: {
      type: 'Text',
      level: 'L3',
      words: '反映内容，电话与证件号码已隐去. What was said; telephone and citizen numbers are hidden.',
    },
    targetName: {
      type: 'Text',
      level: 'L2',
      words: '被反映对象名称，如工单所写. Whom it is about, as the ticket words it.',
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
  ordered: [],
  derived: {},
  limits: {},
  links: {
    event: {
      to: 'Event',
      words: '由此派生的事件. The event that it became.',
      by: [['number', 'complaintNumber']],
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
      words: '引发检查的工单数. Complaints that led to an inspection in time.',
      day: 'date',
      within: { argument: 'inspectedWithinDays', default: 10, max: 3660 },
    },
    toCase: {
      link: 'case',
      words:
        '引发立案的工单数；投诉之前立案的不算. Complaints that led to a case, filed no earlier than they.',
      day: 'filedAt',
    },
  },
});
