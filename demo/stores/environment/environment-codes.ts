import { type CodeBook, codeBook } from '../spell-code.js';

/** `zt` of pollution permits. */
export const PERMIT_STATES: CodeBook = codeBook([
  ['VALID', ['有效', '正常']],
  ['CANCELLED', ['注销', '已注销']],
  ['SUSPENDED', ['暂停', '中止']],
  ['REVOKED', ['吊销']],
  ['WITHDRAWN', ['撤销', '撤回']],
]);

/** `use_state` of waste permits, in the words of whoever kept the list in that year. */
export const USE_STATES: CodeBook = codeBook([
  ['VALID', ['1', 'Y', '有效']],
  ['CANCELLED', ['0', 'N', '注销']],
  ['SUSPENDED', ['2', '暂停']],
  ['REVOKED', ['3', '吊销']],
  ['WITHDRAWN', ['4', '撤回']],
]);

/** `gllb`. */
export const LEVELS: CodeBook = codeBook([
  ['KEY', ['重点管理', '重点', '1']],
  ['SIMPLIFIED', ['简化管理', '简化', '2']],
  ['REGISTERED', ['登记管理', '登记', '3']],
]);

/** `cmnt_lvel`: letters since the new measure, colours before it. */
export const GRADES: CodeBook = codeBook([
  ['A', ['A', '绿牌', '环保诚信企业']],
  ['B', ['B', '蓝牌', '环保良好企业']],
  ['C', ['C', '黄牌', '环保警示企业']],
  ['D', ['D', '红牌']],
  ['E', ['E', '黑牌', '环保不良企业']],
]);

export const CHECK_KINDS: CodeBook = codeBook([
  ['PATROL', ['01', '日常检查']],
  ['SPECIAL', ['02', '专项行动']],
  ['DOUBLE_RANDOM', ['03', '双随机抽查']],
  ['JOINT', ['04', '综合查一次']],
  ['DIRECTED', ['05', '交办督办']],
  ['COMPLAINT', ['06', '信访投诉']],
  ['RECHECK', ['07', '后督察']],
  ['OFFSITE', ['08', '非现场执法']],
]);

export const CHECK_RESULTS: CodeBook = codeBook([
  ['NO_ISSUE', ['00', '未发现环境违法行为']],
  ['RECTIFIED', ['01', '已整改']],
  ['ISSUE_PENDING', ['02', '待核实']],
  ['ISSUE_FOOD_DRUG', ['03']],
  ['ISSUE_QUALITY', ['04']],
  ['ISSUE_PUBLIC_SECURITY', ['05']],
  ['ISSUE_PUBLICITY', ['06']],
  ['ISSUE_OTHER_DEPT', ['07', '移交其他部门']],
  ['ISSUE_OTHER', ['08', '涉嫌环境违法']],
  ['UNREACHABLE', ['09']],
  ['CLOSED', ['10', '停产']],
  ['SUBJECT_GONE', ['11']],
  ['NOT_APPLICABLE', ['12', '不涉及']],
  ['OBSTRUCTED', ['13', '拒绝检查']],
]);

export const CHECK_DISPOSALS: CodeBook = codeBook([
  ['NONE', ['0', '无']],
  ['ORDER_RECTIFY', ['1', '责令改正']],
  ['TO_CASE', ['2', '立案']],
  ['NOTIFY_OTHER_DEPT', ['3', '移送']],
  ['STOPPED', ['4', '查封扣押']],
  ['PENALISED', ['5', '处罚']],
  ['CRIMINAL', ['6', '移送公安']],
]);
