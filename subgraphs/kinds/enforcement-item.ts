import { addDays } from '../values/dates/calendar.js';
import { asksForTrue, textOf } from './derived.js';
import { declareKind } from './kind.js';
import type { RowCondition } from './row-condition.js';

/** Items that are in force on a day: from the one to the other, both included; without an end for ever. */
export function inForceOn(day: string): RowCondition {
  return {
    all: [{ field: 'validFrom', to: day }, { not: { field: 'validTo', to: addDays(day, -1) } }],
  };
}

export const enforcementItem = declareKind({
  name: 'EnforcementItem',
  plural: 'enforcementItems',
  words: {
    type: '执法（监管）事项在一份清单一个版本中的条目. One enforcement item in one edition of one list.',
    list: '执法事项清单，默认按施行日期从新到旧. Enforcement items of all lists, last to come into force first unless ordered otherwise.',
    stats: '执法事项统计；by 为空列表时为总计. Items counted by dimensions; in total when `by` is empty.',
  },
  subject: null,
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '行使部门. The department that exercises it.',
    },
    code: {
      type: 'Text',
      level: 'L1',
      documentNumber: true,
      required: true,
      words: '事项代码. Code of the item.',
    },
    name: { type: 'Text', level: 'L1', required: true, words: '事项名称. Name.' },
    list: {
      type: 'Code',
      level: 'L1',
      enum: 'ItemList',
      required: true,
      words: '所在清单. The list that holds it.',
    },
    powerKind: {
      type: 'Code',
      level: 'L1',
      enum: 'PowerKind',
      required: true,
      words: '权力类型. Kind of power.',
    },
    field: { type: 'Code', level: 'L1', enum: 'ItemField', words: '领域. Field of enforcement.' },
    enforcedBy: {
      type: 'Code',
      level: 'L1',
      enum: 'ItemEnforcer',
      words: '行使主体类别. What sort of body exercises it.',
    },
    scope: {
      type: 'Code',
      level: 'L1',
      enum: 'TransferScope',
      words: '划转范围. How much of it was transferred.',
    },
    dutyBoundary: { type: 'Text', level: 'L1', words: '具体职责边界. Where duties divide.' },
    transferredFrom: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      words: '划出部门. Who handed it over.',
    },
    legalBasis: { type: 'Text', level: 'L1', words: '法律依据. Legal basis.' },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '赋权乡镇代码（9 位）. Township that is empowered, nine digits.',
    },
    edition: { type: 'Text', level: 'L1', few: true, words: '年本（版本）. Edition of the list.' },
    validFrom: { type: 'Date', level: 'L1', required: true, words: '施行日期. In force from.' },
    validTo: { type: 'Date', level: 'L1', words: '失效日期；空为有效. In force to; null: no end.' },
  },
  day: 'validFrom',
  order: [{ field: 'validFrom', direction: 'desc' }],
  ordered: [['validFrom', 'validTo']],
  derived: {
    inForce: {
      type: 'Boolean',
      level: 'L1',
      words: '今日是否有效. In force today.',
      inputs: ['validFrom', 'validTo'],
      requires: ['validFrom', 'validTo'],
      value: (values, { today }) => {
        const [from, to] = [textOf(values, 'validFrom'), textOf(values, 'validTo')];
        return from !== null && from <= today && (to === null || to >= today);
      },
      narrow: (comparison, { today }) =>
        asksForTrue(comparison) ? { condition: inForceOn(today), exact: true } : null,
    },
  },
  limits: {},
  links: {},
  followUps: {},
});
