import { asksForTrue, textOf } from './derived.js';
import { declareKind } from './kind.js';

export const officer = declareKind({
  name: 'Officer',
  plural: 'officers',
  words: {
    type: '行政执法人员. One enforcement officer.',
    list: '执法人员清单，默认证件先到期的在前. Officers, whose certificate ends first before others unless ordered otherwise.',
    stats: '执法人员统计；by 为空列表时为总计. Officers counted by dimensions; in total when `by` is empty.',
  },
  subject: null,
  ofPersons: true,
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '所属部门. Department.',
    },
    name: { type: 'Text', level: 'L2', required: true, words: '姓名. Name.' },
    certNo: {
      type: 'Text',
      level: 'L2',
      documentNumber: true,
      words: '执法证号. Number of the certificate.',
    },
    certType: { type: 'Text', level: 'L1', few: true, words: '证件种类. Kind of certificate.' },
    certIssuer: { type: 'Text', level: 'L1', few: true, words: '发证机关. Who issued it.' },
    certValidTo: { type: 'Date', level: 'L2', words: '执法证有效期至. Certificate valid to.' },
    establishmentUnit: {
      type: 'Text',
      level: 'L2',
      few: true,
      words: '编制单位. Unit whose establishment the officer belongs to.',
    },
    workingUnit: {
      type: 'Text',
      level: 'L2',
      few: true,
      words: '实际工作单位. Unit where the officer works.',
    },
    team: { type: 'Text', level: 'L1', few: true, words: '所在队伍编号. Code of the team.' },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '派驻乡镇代码（9 位）；空为县级. Township of deployment, nine digits; null: at the county.',
    },
    legalQualified: {
      type: 'Boolean',
      level: 'L2',
      words: '是否取得法律职业资格. Holds the legal qualification.',
    },
    legalReviewer: { type: 'Boolean', level: 'L2', words: '是否专职法制审核人员. Full-time legal reviewer.' },
    state: { type: 'Code', level: 'L2', enum: 'OfficerState', required: true, words: '在岗状态. State.' },
  },
  day: 'certValidTo',
  order: [{ field: 'certValidTo', direction: 'asc' }],
  ordered: [],
  derived: {
    certified: {
      type: 'Boolean',
      level: 'L1',
      words: '今日是否持有效执法证在岗. On duty with a certificate that is valid today.',
      inputs: ['certNo', 'certValidTo', 'state'],
      requires: ['certNo', 'certValidTo', 'state'],
      value: (values, { today }) => {
        const validTo = textOf(values, 'certValidTo');
        return (
          textOf(values, 'certNo') !== null &&
          textOf(values, 'state') === 'ON_DUTY' &&
          validTo !== null &&
          validTo >= today
        );
      },
      narrow: (comparison, { today }) =>
        asksForTrue(comparison)
          ? {
              condition: {
                all: [
                  { field: 'state', in: ['ON_DUTY'] },
                  { field: 'certValidTo', from: today },
                  { not: { field: 'certNo', isNull: true } },
                ],
              },
              exact: true,
            }
          : null,
    },
  },
  limits: {},
  links: {},
  followUps: {},
});
