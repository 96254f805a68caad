import type { Spellings } from '../spell-code.js';

type CodeBook = ReadonlyMap<string, Spellings>;

const book = (entries: readonly (readonly [string, Spellings])[]): CodeBook =>
  new Map<string, Spellings>(entries);

/** `zjzt`: 1, 0 or words. A permit that ran out is 过期 at some desks and still 有效 at others. */
export const PERMIT_STATES = book([
  ['VALID', ['1', '有效']],
  ['CANCELLED', ['0', '注销']],
  ['SUSPENDED', ['暂停']],
  ['REVOKED', ['吊销']],
  ['WITHDRAWN', ['撤回']],
]);
export const RAN_OUT = '过期';

export const CHECK_KINDS = book([
  ['PATROL', ['日常监督', '日常监督检查']],
  ['SPECIAL', ['专项监督']],
  ['DOUBLE_RANDOM', ['双随机监督', '国抽']],
  ['JOINT', ['综合查一次']],
  ['DIRECTED', ['定向监督']],
  ['COMPLAINT', ['投诉举报核查']],
  ['RECHECK', ['复查', '整改复查']],
  ['OFFSITE', ['非现场监督', '在线监测']],
]);

export const CHECK_RESULTS = book([
  ['NO_ISSUE', ['1', '合格']],
  ['RECTIFIED', ['2', '责令整改已改正']],
  ['ISSUE_PENDING', ['3', '待处理']],
  ['ISSUE_FOOD_DRUG', ['4']],
  ['ISSUE_QUALITY', ['5']],
  ['ISSUE_PUBLIC_SECURITY', ['6']],
  ['ISSUE_PUBLICITY', ['7', '未公示']],
  ['ISSUE_OTHER_DEPT', ['8']],
  ['ISSUE_OTHER', ['9', '其他不合格']],
  ['UNREACHABLE', ['10', '无法联系']],
  ['CLOSED', ['11', '关闭']],
  ['SUBJECT_GONE', ['12']],
  ['NOT_APPLICABLE', ['13', '不适用']],
  ['OBSTRUCTED', ['14']],
]);

export const DISPOSALS = book([
  ['NONE', ['0', '无']],
  ['ORDER_RECTIFY', ['1', '监督意见书']],
  ['TO_CASE', ['2', '立案查处']],
  ['NOTIFY_OTHER_DEPT', ['3', '通报移送']],
  ['STOPPED', ['4', '控制措施']],
  ['PENALISED', ['5', '行政处罚']],
  ['CRIMINAL', ['6']],
]);

/** `cydlx`. */
export const WATER_POINTS = book([
  ['FINISHED', ['1', '出厂水']],
  ['TAP', ['2', '末梢水']],
  ['SECONDARY', ['3', '二次供水']],
]);

/** `jgpd`. */
export const TEST_CONCLUSIONS = book([
  ['QUALIFIED', ['合格', '符合']],
  ['UNQUALIFIED', ['不合格', '超标']],
]);

/** `fxfl`: 较重 until the catalogue of 2021. */
export const HAZARD_RISKS = book([
  ['SERIOUS', ['3', '严重']],
  ['MODERATE', ['2', '较重']],
  ['GENERAL', ['1', '一般']],
]);
