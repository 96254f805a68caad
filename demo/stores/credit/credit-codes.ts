import type { Spellings } from '../spell-code.js';

/** 状态 of a record, by code or in words. */
export const RECORD_STATUSES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['VALID', ['1', '有效', '公示中']],
  ['REPAIRED', ['2', '已修复', '修复']],
  ['WITHDRAWN', ['3', '已撤销', '撤销']],
  ['EXPIRED', ['4', '已到期', '公示期满']],
]);

/** 名单类型. */
export const LIST_KINDS: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['ABNORMAL_LIST', ['01', '经营异常名录']],
  ['SERIOUS_LIST', ['02', '严重违法失信名单', '严重违法失信企业名单']],
  ['COURT_DISHONESTY', ['03', '失信被执行人']],
]);

/** 公共信用评价等级: letters since 2021, words before. */
export const GRADES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['A', ['A', '优秀', 'A级']],
  ['B', ['B', '良好', 'B级']],
  ['C', ['C', '中等', 'C级']],
  ['D', ['D', '较差', 'D级']],
  ['E', ['E', '差', 'E级']],
]);

export const REPAIR_OUTCOMES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['GRANTED', ['同意', '准予修复']],
  ['REFUSED', ['不同意', '不予修复']],
]);
