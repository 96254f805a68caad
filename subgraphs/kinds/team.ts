import { declareKind } from './kind.js';

export const team = declareKind({
  name: 'Team',
  plural: 'teams',
  words: {
    type: '执法队伍. One enforcement team, squad or station.',
    list: '执法队伍清单. Teams, in the order of their rows unless ordered otherwise.',
    stats: '执法队伍统计；by 为空列表时为总计. Teams counted by dimensions; in total when `by` is empty.',
  },
  subject: null,
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '所属部门. Department.',
    },
    code: {
      type: 'Text',
      level: 'L1',
      documentNumber: true,
      required: true,
      words: '队伍编号. Code of the team.',
    },
    name: { type: 'Text', level: 'L1', required: true, words: '名称. Name.' },
    kind: { type: 'Code', level: 'L1', enum: 'TeamKind', required: true, words: '队伍类别. Kind of team.' },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '驻地乡镇代码（9 位）. Host township, nine digits.',
    },
    coverage: { type: 'Texts', level: 'L1', one: 'covers', words: '管辖乡镇代码. Townships that it covers.' },
    plates: {
      type: 'Texts',
      level: 'L1',
      one: 'plate',
      words: '牌子，即以谁的名义执法. In whose names it acts.',
    },
    headcount: { type: 'Integer', level: 'L1', words: '在岗人数. Staff.' },
    certified: { type: 'Integer', level: 'L1', words: '持证人数. Staff with certificates.' },
    vehicles: { type: 'Integer', level: 'L1', words: '执法车辆数. Vehicles.' },
    vessels: { type: 'Integer', level: 'L1', words: '执法船艇数. Vessels.' },
    policeStation: {
      type: 'Text',
      level: 'L1',
      words: '同址联勤警务站. Joint-duty police station at the same place.',
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
