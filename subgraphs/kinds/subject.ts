import { declareKind } from './kind.js';

/** Whom registers know; its lists are the registry's, not the hub's merged rows. */
export const subject = declareKind({
  name: 'Subject',
  plural: 'subjects',
  words: {
    type: '监管对象. Who is supervised.',
    list: '主体清单，可按检查、案件、证照、投诉和所有人联合筛选；主体登记不可用时为空. Subjects, filtered across departments; null while the registry does not answer.',
    stats: '主体统计；by 为空列表时为总计. Subjects counted by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '主体. The subject itself.',
    list: '所有人. Owners.',
  },
  fields: {
    name: { type: 'Text', level: 'L1', required: true, words: '名称；个人姓名默认脱敏. Masked for persons.' },
    formerNames: { type: 'Texts', level: 'L1', words: '曾用名. Former names.' },
    kind: {
      type: 'Code',
      level: 'L1',
      enum: 'SubjectKind',
      required: true,
      words: '主体类型. Kind of subject.',
    },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '所在乡镇代码（9 位）. Township, nine digits.',
    },
    industry: {
      type: 'Text',
      level: 'L1',
      few: true,
      words: '行业代码 GB/T 4754-2017. Section letter and digits.',
    },
    state: {
      type: 'Code',
      level: 'L1',
      enum: 'SubjectState',
      words: '登记状态；登记机关未说明时为空. State of the registration; null where no register says.',
    },
  },
  day: null,
  order: [],
  ordered: [],
  derived: {},
  limits: {},
  links: {},
  followUps: {},
});
