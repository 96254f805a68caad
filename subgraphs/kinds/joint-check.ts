import { declareKind } from './kind.js';

export const jointCheck = declareKind({
  name: 'JointCheck',
  plural: 'jointChecks',
  words: {
    type: '综合查一次任务. One joint check: several departments visit one subject together.',
    list: '综合查一次任务清单，默认按日期从新到旧. Joint checks, newest first unless ordered otherwise.',
    stats:
      '综合查一次统计；by 为空列表时为总计. Joint checks counted by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '检查对象. Who is visited.',
    list: '对该主体的综合查一次任务. Joint checks of this subject.',
  },
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '牵头部门. Who leads it.',
    },
    number: { type: 'Text', level: 'L1', documentNumber: true, words: '任务编号. Number of the task.' },
    plan: {
      type: 'Text',
      level: 'L1',
      documentNumber: true,
      words: '计划编号. Number of the plan that it belongs to.',
    },
    planName: { type: 'Text', level: 'L1', words: '计划名称. Name of the plan.' },
    scenario: {
      type: 'Code',
      level: 'L1',
      enum: 'JointScenario',
      words: '场景：同一行业、同一区域、同一对象. Same industry, same area or same object.',
    },
    date: {
      type: 'Date',
      level: 'L1',
      required: true,
      words: '检查日期（未开展的为计划日期）. Day of the visit, or planned.',
    },
    state: {
      type: 'Code',
      level: 'L1',
      enum: 'JointCheckState',
      required: true,
      words: '任务状态. State of the task.',
    },
    participants: {
      type: 'Codes',
      level: 'L1',
      enum: 'Department',
      one: 'participant',
      words: '参与部门. Departments that take part.',
    },
    items: {
      type: 'Texts',
      level: 'L1',
      one: 'item',
      words: '检查事项编码. Codes of the items that are checked.',
    },
    officers: {
      type: 'Texts',
      level: 'L2',
      one: 'officer',
      person: true,
      words: '检查人员. Names of the officers.',
    },
    equipment: {
      type: 'Texts',
      level: 'L1',
      one: 'equipmentItem',
      words: '装备. Equipment: vehicles, vessels, devices.',
    },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '所在乡镇代码（9 位）. Township, nine digits.',
    },
    visitsPlanned: {
      type: 'Integer',
      level: 'L1',
      words: '合并前应开展的检查次数. Visits that would have taken place without it.',
    },
    visitsAvoided: { type: 'Integer', level: 'L1', words: '减少的检查次数. Visits that it avoids.' },
    problems: { type: 'Integer', level: 'L2', words: '发现问题数. Problems found.' },
  },
  day: 'date',
  order: [{ field: 'date', direction: 'desc' }],
  ordered: [],
  derived: {
    done: {
      type: 'Boolean',
      level: 'L1',
      words: '是否已完成. Whether it took place.',
      inputs: ['state'],
      requires: ['state'],
      value: (values) => values.get('state') === 'DONE',
      narrow: (comparison) =>
        'in' in comparison && comparison.in.length === 1 && comparison.in[0] === true
          ? { condition: { field: 'state', in: ['DONE'] }, exact: true }
          : null,
    },
  },
  limits: {},
  links: {},
  followUps: {},
});
