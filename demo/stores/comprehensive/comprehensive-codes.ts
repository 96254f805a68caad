import type { Spellings } from '../spell-code.js';

type CodeBook = ReadonlyMap<string, Spellings>;

const book = (entries: readonly (readonly [string, Spellings])[]): CodeBook =>
  new Map<string, Spellings>(entries);

/** From this day on the nine states of `ajzt` meant something else: the bureau followed the law of 2021. */
const STATES_CHANGED_ON = '2022-01-01';

/** Stages that have no digit are written in words. */
const STATE_WORDS = book([
  ['CLUE', ['线索']],
  ['HEARING', ['听证']],
  ['COLLECTIVE', ['集体讨论']],
  ['SUSPENDED', ['中止']],
  ['TERMINATED', ['终止']],
]);
const OLD_STATES = book([
  ...STATE_WORDS,
  ['FILED', ['1', '立案']],
  ['INVESTIGATING', ['2', '调查取证']],
  ['NOTICE', ['3', '处罚告知']],
  ['DECIDED', ['4', '处罚决定']],
  ['SERVED', ['5', '送达']],
  ['EXECUTING', ['6', '执行']],
  ['CLOSED', ['7', '结案']],
  ['WITHDRAWN', ['8', '撤案']],
  ['TRANSFERRED', ['9', '移送']],
  ['REVIEW', ['法制审核']],
  ['NO_PENALTY', ['不予处罚']],
]);
const STATES = book([
  ...STATE_WORDS,
  ['FILED', ['1', '立案']],
  ['INVESTIGATING', ['2', '调查取证']],
  ['REVIEW', ['3', '法制审核']],
  ['NOTICE', ['4', '处罚告知']],
  ['DECIDED', ['5', '处罚决定']],
  ['EXECUTING', ['6', '执行']],
  ['NO_PENALTY', ['7', '不予处罚']],
  ['TRANSFERRED', ['8', '移送']],
  ['CLOSED', ['9', '结案']],
  ['SERVED', ['送达']],
  ['WITHDRAWN', ['撤案']],
]);

/** `ajzt` (D16): the list in force on the day of filing counts, whenever the case moved on. */
export function statesOn(filedAt: string): CodeBook {
  return filedAt < STATES_CHANGED_ON ? OLD_STATES : STATES;
}

export const PROCESSES = book([
  ['SIMPLE', ['1', '简易程序']],
  ['ORDINARY', ['2', '一般程序', '普通程序']],
]);

export const CASE_SOURCES = book([
  ['INSPECTION', ['巡查发现', '1']],
  ['COMPLAINT', ['群众投诉', '2']],
  ['SUPERIOR', ['上级交办', '3']],
  ['TRANSFER', ['部门移交', '4']],
  ['MONITORING', ['视频监控', '5']],
  ['MEDIA', ['媒体曝光', '6']],
  ['OTHER', ['其他', '9']],
]);

export const PENALTY_KINDS = book([
  ['WARNING', ['警告']],
  ['CRITICISM', ['通报批评']],
  ['FINE', ['罚款']],
  ['CONFISCATE_INCOME', ['没收违法所得']],
  ['CONFISCATE_PROPERTY', ['没收物品', '没收非法财物']],
  ['SUSPEND_LICENCE', ['暂扣证照']],
  ['DOWNGRADE_QUALIFICATION', ['降低资质']],
  ['REVOKE_LICENCE', ['吊销证照']],
  ['RESTRICT_BUSINESS', ['限制经营']],
  ['SUSPEND_PRODUCTION', ['停产停业', '责令停产停业']],
  ['CLOSE', ['责令关闭']],
  ['BAN_OCCUPATION', ['限制从业']],
  ['DETENTION', ['拘留']],
  ['OTHER', ['其他']],
]);

export const PUBLICATIONS = book([
  ['NOT_PUBLISHED', ['N', '未公示']],
  ['PUBLISHED', ['Y', '已公示']],
  ['WITHDRAWN', ['C', '已撤下']],
  ['DELETED', ['D', '已删除']],
]);

export const CHECK_KINDS = book([
  ['PATROL', ['巡查', '日常巡查']],
  ['SPECIAL', ['专项', '专项整治']],
  ['DOUBLE_RANDOM', ['双随机']],
  ['JOINT', ['综合查一次', '联合']],
  ['DIRECTED', ['定点', '定向检查']],
  ['COMPLAINT', ['投诉核查']],
  ['RECHECK', ['回头看', '复查']],
  ['OFFSITE', ['视频巡查', '非现场']],
]);

export const CHECK_RESULTS = book([
  ['NO_ISSUE', ['A', '正常']],
  ['RECTIFIED', ['B', '当场整改']],
  ['ISSUE_PENDING', ['C', '限期整改']],
  ['ISSUE_FOOD_DRUG', ['D1']],
  ['ISSUE_QUALITY', ['D2']],
  ['ISSUE_PUBLIC_SECURITY', ['D3']],
  ['ISSUE_PUBLICITY', ['D4']],
  ['ISSUE_OTHER_DEPT', ['D5', '属其他部门']],
  ['ISSUE_OTHER', ['D9', '有违规']],
  ['UNREACHABLE', ['E', '无人']],
  ['CLOSED', ['F', '已关门']],
  ['SUBJECT_GONE', ['G']],
  ['NOT_APPLICABLE', ['H', '未涉及']],
  ['OBSTRUCTED', ['K']],
]);

export const DISPOSALS = book([
  ['NONE', ['00', '无']],
  ['ORDER_RECTIFY', ['01', '责改']],
  ['TO_CASE', ['02', '立案']],
  ['NOTIFY_OTHER_DEPT', ['03', '抄告']],
  ['STOPPED', ['04']],
  ['PENALISED', ['05', '处罚']],
  ['CRIMINAL', ['06']],
]);
