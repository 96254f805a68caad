import type { Spellings } from '../spell-code.js';

const book = (entries: readonly (readonly [string, Spellings])[]): ReadonlyMap<string, Spellings> =>
  new Map<string, Spellings>(entries);

export const TRANSFER_KINDS = book([
  ['CASE', ['1', '案件移送']],
  ['CLUE', ['2', '线索抄告', '抄告']],
  ['CRIMINAL', ['3', '涉嫌犯罪案件移送', '行刑衔接']],
  ['BACK', ['4', '反向移送']],
  ['COURT', ['5', '申请法院强制执行']],
]);

export const TRANSFER_RESULTS = book([
  ['PENDING', ['0', '待回复']],
  ['ACCEPTED', ['1', '接收']],
  ['REJECTED', ['2', '不予接收', '退回']],
  ['FILED', ['3', '立案']],
  ['NOT_FILED', ['4', '不予立案']],
]);

export const DISPUTE_KINDS = book([
  ['POSITIVE', ['都管', '争管']],
  ['NEGATIVE', ['都不管', '推诿']],
  ['SCOPE', ['职责边界不清', '边界不清']],
]);

export const DISPUTE_STATES = book([
  ['RAISED', ['已提出']],
  ['CONSULTING', ['协商中']],
  ['ESCALATED', ['提请裁定']],
  ['DECIDED', ['已裁定', '裁定']],
  ['CLOSED', ['办结', '已办结']],
]);
