import { addDays } from '../values/dates/calendar.js';
import { asksForTrue, textOf } from './derived.js';
import { declareKind } from './kind.js';

/** Licences that ended otherwise are not "expired". */
const ENDED_OTHERWISE = ['WITHDRAWN', 'CANCELLED'];

export const licence = declareKind({
  name: 'Licence',
  plural: 'licences',
  words: {
    type: '证照. One licence, permit or certificate.',
    list: '跨部门证照清单，默认按有效期从晚到早. Licences of all departments, merged; last to end first unless ordered otherwise.',
    stats: '证照统计；by 为空列表时为总计. Licences counted by dimensions; in total when `by` is empty.',
  },
  subject: {
    words: '持证主体. Who holds it.',
    list: '该主体的证照. Licences of this subject.',
    optional: true,
  },
  fields: {
    department: {
      type: 'Code',
      level: 'L1',
      enum: 'Department',
      required: true,
      words: '发证部门. The department that issues it.',
    },
    type: {
      type: 'Code',
      level: 'L1',
      enum: 'LicenceType',
      required: true,
      words: '证照类型. Type of licence.',
    },
    number: { type: 'Text', level: 'L1', documentNumber: true, words: '证号. Number of the licence.' },
    name: { type: 'Text', level: 'L1', words: '证照名称. Name of the licence.' },
    validFrom: { type: 'Date', level: 'L1', words: '有效期自. Valid from.' },
    validTo: { type: 'Date', level: 'L1', words: '有效期至；空为长期. Null: no end.' },
    state: { type: 'Code', level: 'L1', enum: 'LicenceState', words: '证照状态. State of the licence.' },
    issuer: { type: 'Text', level: 'L1', few: true, words: '发证机关. Who issued it.' },
    township: {
      type: 'Text',
      level: 'L1',
      township: true,
      words: '场所所在乡镇代码（9 位）. Township of the premises, nine digits.',
    },
  },
  day: 'validTo',
  order: [{ field: 'validTo', direction: 'desc' }],
  ordered: [['validFrom', 'validTo']],
  derived: {
    expired: {
      type: 'Boolean',
      level: 'L1',
      words: '今日是否已过期. Expired today (validTo before today and not withdrawn).',
      inputs: ['validTo', 'state'],
      requires: ['validTo'],
      value: (values, { today }) => {
        const validTo = textOf(values, 'validTo');
        const state = textOf(values, 'state');
        return validTo !== null && validTo < today && (state === null || !ENDED_OTHERWISE.includes(state));
      },
      narrow: (comparison, { today }) =>
        asksForTrue(comparison)
          ? {
              condition: {
                all: [
                  { field: 'validTo', to: addDays(today, -1) },
                  { not: { field: 'state', in: ENDED_OTHERWISE } },
                ],
              },
              exact: true,
            }
          : null,
    },
    valid: {
      type: 'Boolean',
      level: 'L1',
      words:
        '今日有效：状态有效，且无截止日期或未到期. In force today: state VALID, and no end or not past it.',
      inputs: ['validTo', 'state'],
      requires: ['state'],
      value: (values, { today }) => {
        const validTo = textOf(values, 'validTo');
        return textOf(values, 'state') === 'VALID' && (validTo === null || validTo >= today);
      },
      narrow: (comparison, { today }) =>
        asksForTrue(comparison)
          ? {
              condition: {
                all: [
                  { field: 'state', in: ['VALID'] },
                  {
                    any: [
                      { field: 'validTo', isNull: true },
                      { field: 'validTo', from: today },
                    ],
                  },
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
  shortcuts: ['type', 'department', 'township', 'expired', 'valid'],
});
