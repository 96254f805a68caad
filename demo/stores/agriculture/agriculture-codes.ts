import type { Spellings } from '../spell-code.js';

type CodeBook = ReadonlyMap<string, Spellings>;

const book = (entries: readonly (readonly [string, Spellings])[]): CodeBook =>
  new Map<string, Spellings>(entries);

export const PERMIT_STATES = book([
  ['VALID', ['有效', '正常', '1']],
  ['SUSPENDED', ['暂停']],
  ['CANCELLED', ['注销', '已注销', '0']],
  ['REVOKED', ['吊销']],
  ['WITHDRAWN', ['撤回']],
]);

/** 使用状态 of a machine's licence. */
export const MACHINE_STATES = book([
  ['VALID', ['A', '正常', '在用']],
  ['SUSPENDED', ['B', '扣留']],
  ['CANCELLED', ['C', '注销', '报废']],
  ['REVOKED', ['D']],
  ['WITHDRAWN', ['E', '撤回']],
]);

export const MACHINE_KINDS = book([
  ['TRACTOR', ['10', '轮式拖拉机']],
  ['TILLER', ['20', '手扶拖拉机']],
  ['HARVESTER', ['30', '联合收割机']],
]);

export const CONCLUSIONS = book([
  ['QUALIFIED', ['合格', '符合']],
  ['UNQUALIFIED', ['不合格', '不符合']],
]);

export const CHECK_KINDS = book([
  ['PATROL', ['option_1', '日常巡查']],
  ['SPECIAL', ['option_2', '专项检查']],
  ['DOUBLE_RANDOM', ['option_3']],
  ['JOINT', ['option_4', '综合查一次']],
  ['DIRECTED', ['option_5']],
  ['COMPLAINT', ['option_6', '举报核查']],
  ['RECHECK', ['option_7', '复查']],
  ['OFFSITE', ['option_8']],
]);

export const CHECK_RESULTS = book([
  ['NO_ISSUE', ['option_1', '未发现问题']],
  ['RECTIFIED', ['option_2', '已改正']],
  ['ISSUE_PENDING', ['option_3', '待处理']],
  ['ISSUE_QUALITY', ['option_4', '质量安全问题']],
  ['ISSUE_FOOD_DRUG', ['option_5']],
  ['ISSUE_PUBLIC_SECURITY', ['option_6']],
  ['ISSUE_PUBLICITY', ['option_7']],
  ['ISSUE_OTHER_DEPT', ['option_8', '移送其他部门']],
  ['ISSUE_OTHER', ['option_9', '其他问题']],
  ['UNREACHABLE', ['option_10', '无法联系']],
  ['CLOSED', ['option_11', '已关闭']],
  ['SUBJECT_GONE', ['option_12']],
  ['NOT_APPLICABLE', ['option_13', '不涉及']],
  ['OBSTRUCTED', ['option_14']],
]);

export const DISPOSALS = book([
  ['NONE', ['option_1', '无']],
  ['ORDER_RECTIFY', ['option_2', '责令改正']],
  ['TO_CASE', ['option_3', '立案']],
  ['NOTIFY_OTHER_DEPT', ['option_4', '抄告']],
  ['STOPPED', ['option_5']],
  ['PENALISED', ['option_6', '处罚']],
  ['CRIMINAL', ['option_7']],
]);
