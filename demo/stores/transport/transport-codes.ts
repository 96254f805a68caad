import type { Spellings } from '../spell-code.js';

type CodeBook = ReadonlyMap<string, Spellings>;

const book = (entries: readonly (readonly [string, Spellings])[]): CodeBook =>
  new Map<string, Spellings>(entries);

export const LICENCE_STATES = book([
  ['VALID', ['1', '有效', '正常']],
  ['SUSPENDED', ['2', '暂扣']],
  ['CANCELLED', ['3', '注销']],
  ['REVOKED', ['4', '吊销']],
  ['WITHDRAWN', ['5', '撤回']],
]);

/** 车牌颜色 of JT/T 697.7, and what is typed instead. */
export const PLATE_COLOURS = book([
  ['蓝', ['1', '蓝色']],
  ['黄', ['2', '黄']],
  ['绿', ['94', '渐变绿', '绿色']],
]);

/** 营运状态: the nation's codes first, then the province's, whose 1 to 5 came with the new system. */
export const OPERATING_STATES = book([
  ['OPERATING', ['10', '1', '营运']],
  ['SUSPENDED', ['21', '2', '报停']],
  ['TRANSFERRED', ['31', '3', '转出']],
  ['SCRAPPED', ['32', '4', '报废']],
  ['CANCELLED', ['80', '5', '注销']],
]);

export const VEHICLE_KINDS = book([
  ['LORRY', ['H11', '重型厢式货车']],
  ['VAN', ['H31', '轻型封闭货车']],
  ['TANKER', ['H14', '重型罐式货车（危险品）']],
  ['TRAILER', ['B11', '重型半挂车']],
  ['COACH', ['K11', '大型客车']],
]);

export const CHECK_KINDS = book([
  ['PATROL', ['1', '路面巡查', '日常巡查']],
  ['SPECIAL', ['2', '专项整治']],
  ['DOUBLE_RANDOM', ['3', '双随机']],
  ['JOINT', ['4', '联合执法']],
  ['DIRECTED', ['5', '源头检查']],
  ['COMPLAINT', ['6', '举报核查']],
  ['RECHECK', ['7', '复查']],
  ['OFFSITE', ['8', '非现场执法', '动态监控']],
]);

export const CHECK_RESULTS = book([
  ['NO_ISSUE', ['A', '未发现违法行为']],
  ['RECTIFIED', ['B', '当场改正']],
  ['ISSUE_PENDING', ['C', '待处理']],
  ['ISSUE_OTHER', ['D', '涉嫌违法']],
  ['ISSUE_OTHER_DEPT', ['E', '抄告']],
  ['ISSUE_PUBLICITY', ['F']],
  ['ISSUE_QUALITY', ['G']],
  ['ISSUE_FOOD_DRUG', ['H']],
  ['ISSUE_PUBLIC_SECURITY', ['I']],
  ['UNREACHABLE', ['J', '无法联系']],
  ['CLOSED', ['K', '停业']],
  ['SUBJECT_GONE', ['L']],
  ['NOT_APPLICABLE', ['M', '不涉及']],
  ['OBSTRUCTED', ['N', '拒绝检查']],
]);

export const DISPOSALS = book([
  ['NONE', ['0', '放行']],
  ['ORDER_RECTIFY', ['1', '责令改正']],
  ['TO_CASE', ['2', '立案']],
  ['NOTIFY_OTHER_DEPT', ['3', '抄告相关部门']],
  ['STOPPED', ['4', '停止检查']],
  ['PENALISED', ['5', '处罚']],
  ['CRIMINAL', ['6']],
]);

export const CASE_STAGES = book([
  ['CLUE', ['00', '线索']],
  ['FILED', ['10', '立案']],
  ['INVESTIGATING', ['20', '调查']],
  ['REVIEW', ['30', '法制审核']],
  ['NOTICE', ['40', '违法行为通知书']],
  ['HEARING', ['45', '听证']],
  ['COLLECTIVE', ['50', '重大案件讨论']],
  ['DECIDED', ['60', '处罚决定']],
  ['SERVED', ['65', '送达']],
  ['EXECUTING', ['70', '执行']],
  ['CLOSED', ['90', '结案']],
  ['NO_PENALTY', ['91', '不予处罚']],
  ['WITHDRAWN', ['92', '撤销']],
  ['TRANSFERRED', ['93', '移送']],
  ['SUSPENDED', ['94', '中止']],
  ['TERMINATED', ['95', '终止']],
  ['UNDER_REVIEW', ['96']],
  ['LITIGATION', ['97']],
]);

export const CASE_PROCESSES = book([
  ['SIMPLE', ['1', '当场处罚']],
  ['ORDINARY', ['2', '一般程序', '普通程序']],
]);

export const CASE_SOURCES = book([
  ['INSPECTION', ['A', '路面检查', '日常检查']],
  ['COMPLAINT', ['B', '举报投诉']],
  ['SUPERIOR', ['C', '上级交办']],
  ['TRANSFER', ['D', '交警移送', '其他部门移送']],
  ['MONITORING', ['E', '非现场监测']],
  ['MEDIA', ['F']],
  ['OTHER', ['Z', '其他']],
]);

export const PENALTY_KINDS = book([
  ['WARNING', ['1', '警告']],
  ['CRITICISM', ['2', '通报批评']],
  ['FINE', ['3', '罚款']],
  ['CONFISCATE_INCOME', ['4', '没收违法所得']],
  ['CONFISCATE_PROPERTY', ['5', '没收非法财物']],
  ['SUSPEND_LICENCE', ['6', '暂扣道路运输证']],
  ['REVOKE_LICENCE', ['7', '吊销经营许可证']],
  ['SUSPEND_PRODUCTION', ['8', '责令停业整顿']],
  ['DOWNGRADE_QUALIFICATION', ['9']],
  ['RESTRICT_BUSINESS', ['10']],
  ['CLOSE', ['11']],
  ['BAN_OCCUPATION', ['12']],
  ['DETENTION', ['13']],
  ['OTHER', ['99', '其他行政处罚']],
]);

export const PUBLICATION_STATUSES = book([
  ['NOT_PUBLISHED', ['0', '未公示']],
  ['PUBLISHED', ['1', '公示中']],
  ['WITHDRAWN', ['2', '撤销公示']],
  ['DELETED', ['3', '删除公示']],
]);

export const TRIP_DIRECTIONS = book([
  ['DEPARTURE', ['出港', 'OUT']],
  ['ARRIVAL', ['进港', 'IN']],
]);
