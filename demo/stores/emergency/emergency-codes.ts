import type { Spellings } from '../spell-code.js';

type CodeBook = ReadonlyMap<string, Spellings>;

const book = (entries: readonly (readonly [string, Spellings])[]): CodeBook =>
  new Map<string, Spellings>(entries);

export const LICENCE_STATES = book([
  ['VALID', ['1', '有效', '正常']],
  ['CANCELLED', ['2', '注销']],
  ['REVOKED', ['3', '吊销']],
  ['SUSPENDED', ['4', '暂扣']],
  ['WITHDRAWN', ['5', '撤销']],
]);

export const CHECK_KINDS = book([
  ['PATROL', ['日常检查', '01']],
  ['SPECIAL', ['专项检查', '02']],
  ['DOUBLE_RANDOM', ['双随机', '03']],
  ['JOINT', ['综合查一次', '04']],
  ['DIRECTED', ['重点检查', '05']],
  ['COMPLAINT', ['举报核查', '06']],
  ['RECHECK', ['整改复查', '07']],
  ['OFFSITE', ['线上巡查', '08']],
]);

export const CHECK_RESULTS = book([
  ['NO_ISSUE', ['0', '未发现隐患']],
  ['RECTIFIED', ['1', '当场整改完毕']],
  ['ISSUE_PENDING', ['2', '责令限期整改']],
  ['ISSUE_FOOD_DRUG', ['31']],
  ['ISSUE_QUALITY', ['32']],
  ['ISSUE_PUBLIC_SECURITY', ['33']],
  ['ISSUE_PUBLICITY', ['34']],
  ['ISSUE_OTHER_DEPT', ['35', '非本部门职责']],
  ['ISSUE_OTHER', ['39', '存在其他隐患']],
  ['UNREACHABLE', ['41', '无法联系']],
  ['CLOSED', ['42', '停产停业']],
  ['SUBJECT_GONE', ['43']],
  ['NOT_APPLICABLE', ['44', '不涉及']],
  ['OBSTRUCTED', ['51']],
]);

export const DISPOSALS = book([
  ['NONE', ['无', '0']],
  ['ORDER_RECTIFY', ['责令限期整改指令书', '1']],
  ['TO_CASE', ['立案调查', '2']],
  ['NOTIFY_OTHER_DEPT', ['移送函', '3']],
  ['STOPPED', ['现场处理措施决定书', '4']],
  ['PENALISED', ['行政处罚', '5']],
  ['CRIMINAL', ['移送司法机关', '6']],
]);

export const ACCIDENT_KINDS = book([
  ['FALL', ['09', '高处坠落']],
  ['DROWNING', ['06', '淹溺']],
  ['MACHINERY', ['03', '机械伤害']],
  ['FIRE', ['08', '火灾']],
  ['POISONING', ['19', '中毒和窒息']],
  ['ELECTRIC', ['05', '触电']],
  ['OTHER', ['20', '其他伤害']],
]);

export const HAZARD_LEVELS = book([
  ['MAJOR', ['1', '重大', '重大隐患']],
  ['SIGNIFICANT', ['2', '较大']],
  ['GENERAL', ['3', '一般']],
]);

export const HAZARD_STATES = book([
  ['OPEN', ['0', '整改中', '未销案']],
  ['CLOSED', ['1', '已销案']],
]);
