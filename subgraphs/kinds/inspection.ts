import { declareKind } from './kind.js';

export const inspection = declareKind({
  name: 'Inspection',
  plural: 'inspections',
  words: {
    type: '行政检查. One inspection.',
    list: '跨部门检查清单，默认按日期从新到旧. Inspections of all departments, merged; newest first unless ordered otherwise.',
    stats: '检查统计；by 为空列表时为总计. Inspections counted by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '检查对象. Who was inspected.',
    list: '对该主体的检查. Inspections of this subject.',
  },
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '实施部门. The department that inspected.',
    },
    number: { type: 'Text', level: 'L1', documentNumber: true, words: '检查编号. Number of the inspection.' },
    date: { type: 'Date', level: 'L1', required: true, words: '检查日期. Day of the inspection.' },
    checkedAt: { type: 'DateTime', level: 'L2', words: '检查时间. Moment of the inspection.' },
    kind: { type: 'Code', level: 'L1', enum: 'InspectionKind', words: '检查类型. Kind of inspection.' },
    result: {
      type: 'Code',
      level: 'L2',
      enum: 'InspectionResult',
      required: true,
      words: '检查结果；多项时取最重. The gravest when there are several.',
    },
    results: { type: 'Codes', level: 'L2', enum: 'InspectionResult', words: '全部检查结果. All results.' },
    rawResult: { type: 'Text', level: 'L2', words: '来源中的原值. As the source has it.' },
    disposals: { type: 'Codes', level: 'L2', enum: 'Disposal', words: '后续处置. What followed.' },
    officers: {
      type: 'Texts',
      level: 'L2',
      one: 'officer',
      person: true,
      words: '检查人员. Names of the officers.',
    },
    certNos: {
      type: 'Texts',
      level: 'L2',
      one: 'certNo',
      person: true,
      words: '执法证号. Numbers of their certificates.',
    },
    itemCode: { type: 'Text', level: 'L1', few: true, words: '监管事项编码. Code of the supervised item.' },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '所在乡镇代码（9 位）. Township, nine digits.',
    },
    jointCheck: { type: 'Boolean', level: 'L1', words: '是否综合查一次. Whether it was a joint check.' },
    reportedAt: { type: 'DateTime', level: 'L2', words: '报送时间. When it was reported.' },
    caseNumber: {
      type: 'Text',
      level: 'L2',
      documentNumber: true,
      words: '由此立案的案件编号. Number of the case that followed.',
    },
  },
  day: 'date',
  order: [{ field: 'date', direction: 'desc' }],
  ordered: [['checkedAt', 'reportedAt']],
  derived: {},
  limits: {},
  links: {
    case: {
      to: 'Case',
      words: '由此立案的案件. The case that followed.',
      by: [
        ['caseNumber', 'caseCode'],
        ['caseNumber', 'decisionNo'],
        ['number', 'inspectionNumber'],
      ],
    },
    complaint: {
      to: 'Complaint',
      words: '引发该检查的投诉举报工单. The complaint that led to it.',
      by: [['number', 'inspectionNumber']],
    },
    event: {
      to: 'Event',
      words: '引发该检查的事件. The event that led to it.',
      by: [['number', 'inspectionNumber']],
    },
    officerRecords: {
      to: 'Officer',
      many: true,
      acrossDepartments: true,
      words: '检查人员的证件登记，按执法证号. The officers’ certificates, by their numbers.',
      by: [['certNos', 'certNo']],
    },
    transfers: {
      to: 'Transfer',
      many: true,
      acrossDepartments: true,
      words: '由此移送的线索. Clues that it handed over.',
      by: [['number', 'inspectionNumber']],
    },
  },
  followUps: {},
  // Joint checks are the remedy for repeat visits, not an instance of them.
  visits: {
    except: {
      any: [
        { field: 'jointCheck', in: [true] },
        { field: 'kind', in: ['JOINT'] },
      ],
    },
    words: '综合查一次不计. Joint checks are left out.',
  },
});
