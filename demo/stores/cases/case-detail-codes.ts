import type { Spellings } from '../spell-code.js';

export const HEARING_RESULTS: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['UPHELD', ['1', '维持拟处罚意见']],
  ['CHANGED', ['2', '变更拟处罚意见']],
  ['WITHDRAWN', ['3', '当事人撤回申请']],
]);

/** As `cases-record.ts` writes them in the reflux table. */
export const EXECUTION_RESULTS: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['DONE', ['1', '已执行']],
  ['PART', ['2', '部分执行']],
  ['NONE', ['3', '未执行']],
]);
