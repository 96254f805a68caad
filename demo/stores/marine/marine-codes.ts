import type { Spellings } from '../spell-code.js';

type CodeBook = ReadonlyMap<string, Spellings>;

const book = (entries: readonly (readonly [string, Spellings])[]): CodeBook =>
  new Map<string, Spellings>(entries);

export const HULLS = book([
  ['钢', ['1', '钢', '钢质']],
  ['木', ['2', '木', '木质']],
  ['玻璃钢', ['3', '玻璃钢', 'FRP']],
]);

export const CERTIFICATE_TYPES = book([
  ['FISHING_PERMIT', ['BL', '渔业捕捞许可证', '捕捞证']],
  ['VESSEL_INSPECTION', ['JY', '渔业船舶检验证书', '船检证书']],
  ['VESSEL_NATIONALITY', ['GJ', '渔业船舶国籍证书', '登记证书']],
  ['VESSEL_OWNERSHIP', ['SY', '渔业船舶所有权登记证书', '所有权证书']],
  ['RADIO_LICENCE', ['DT', '船舶电台执照', '电台执照']],
  ['CREW_MIN_MANNING', ['PY', '最低配员证书', '最低安全配员证书']],
  ['OTHER', ['QT', '其他证书']],
]);

export const CERTIFICATE_STATES = book([
  ['VALID', ['10', '有效', '正常']],
  ['SUSPENDED', ['20', '暂扣']],
  ['CANCELLED', ['30', '已注销']],
  ['REVOKED', ['40', '吊销']],
  ['WITHDRAWN', ['50', '收回']],
]);

export const PORT_DIRECTIONS = book([
  ['DEPARTURE', ['1', '出港']],
  ['ARRIVAL', ['2', '进港']],
]);

/** Codes of the form and words; auxiliary vessels of all sorts have one code. */
export const GEARS = book([
  ['拖网', ['01', '拖网', '双船拖网', '单船拖网']],
  ['桁杆拖虾', ['02', '桁杆拖虾', '拖虾']],
  ['刺网', ['03', '刺网', '流刺网']],
  ['围网', ['04', '围网']],
  ['灯光围网', ['05', '灯光围网', '灯围']],
  ['张网', ['06', '张网', '帆张网']],
  ['钓业', ['07', '钓业', '延绳钓']],
  ['笼壶', ['08', '笼壶', '蟹笼']],
  ['杂渔具', ['15', '杂渔具']],
  ['运输', ['21', '运输']],
  ['冷藏运输', ['21', '冷藏运输']],
  ['加工', ['21', '加工']],
  ['养殖', ['22', '养殖']],
  ['休闲垂钓', ['23', '休闲垂钓']],
]);

export const CHECK_KINDS = book([
  ['PATROL', ['R', '日常巡航检查', '巡航']],
  ['SPECIAL', ['Z', '专项检查', '伏休专项']],
  ['DOUBLE_RANDOM', ['S', '双随机抽查']],
  ['JOINT', ['L', '联合登临']],
  ['DIRECTED', ['D', '定向登临检查']],
  ['COMPLAINT', ['J', '投诉举报核查']],
  ['RECHECK', ['F', '复查']],
  ['OFFSITE', ['Y', '远程核查']],
]);

export const CHECK_RESULTS = book([
  ['NO_ISSUE', ['00', '正常', '合格']],
  ['RECTIFIED', ['01', '当场改正']],
  ['ISSUE_PENDING', ['02', '待后续处理']],
  ['ISSUE_OTHER', ['03', '其他违规']],
  ['ISSUE_OTHER_DEPT', ['04', '抄告']],
  ['ISSUE_QUALITY', ['05']],
  ['ISSUE_FOOD_DRUG', ['06']],
  ['ISSUE_PUBLIC_SECURITY', ['07']],
  ['ISSUE_PUBLICITY', ['08']],
  ['OBSTRUCTED', ['09', '拒不配合检查']],
  ['UNREACHABLE', ['10', '无法联系船东']],
  ['CLOSED', ['11', '停航']],
  ['SUBJECT_GONE', ['12', '已拆解或注销']],
  ['NOT_APPLICABLE', ['13', '不涉及']],
]);

export const DISPOSALS = book([
  ['NONE', ['W', '无需处置']],
  ['ORDER_RECTIFY', ['G', '责令改正']],
  ['TO_CASE', ['A', '移送立案']],
  ['NOTIFY_OTHER_DEPT', ['C', '抄告相关部门']],
  ['STOPPED', ['T']],
  ['PENALISED', ['F', '行政处罚']],
  ['CRIMINAL', ['X']],
]);

export const CASE_STAGES = book([
  ['CLUE', ['XS', '线索']],
  ['FILED', ['LA', '立案']],
  ['INVESTIGATING', ['DC', '调查取证']],
  ['REVIEW', ['SH', '法制审核']],
  ['NOTICE', ['GZ', '事先告知']],
  ['HEARING', ['TZ']],
  ['COLLECTIVE', ['JT']],
  ['DECIDED', ['JD', '处罚决定']],
  ['SERVED', ['SD', '送达']],
  ['EXECUTING', ['ZX', '执行中']],
  ['CLOSED', ['JA', '已结案']],
  ['NO_PENALTY', ['BY', '不予处罚']],
  ['WITHDRAWN', ['CX', '撤案']],
  ['TRANSFERRED', ['YS', '移送公安']],
  ['SUSPENDED', ['ZZ']],
  ['TERMINATED', ['ZJ']],
  ['UNDER_REVIEW', ['FY']],
  ['LITIGATION', ['SS']],
]);

export const CASE_PROCESSES = book([
  ['SIMPLE', ['J', '当场处罚']],
  ['ORDINARY', ['P', '一般程序', '普通程序']],
]);

export const CASE_SOURCES = book([
  ['INSPECTION', ['0', '海上巡查', '执法检查']],
  ['COMPLAINT', ['1', '投诉举报']],
  ['TRANSFER', ['2', '海警移送']],
  ['SUPERIOR', ['3', '上级交办']],
  ['MONITORING', ['4', '船位监测']],
  ['MEDIA', ['5']],
  ['OTHER', ['9', '其他']],
]);

export const PENALTY_KINDS = book([
  ['WARNING', ['01', '警告']],
  ['FINE', ['02', '罚款']],
  ['CONFISCATE_INCOME', ['03', '没收违法所得']],
  ['CONFISCATE_PROPERTY', ['04', '没收渔具渔获物']],
  ['REVOKE_LICENCE', ['05', '吊销捕捞许可证']],
  ['SUSPEND_LICENCE', ['06', '暂扣职务船员证书']],
  ['SUSPEND_PRODUCTION', ['07', '责令停产停业']],
  ['CRITICISM', ['08', '通报批评']],
  ['DOWNGRADE_QUALIFICATION', ['09', '降低资质等级']],
  ['RESTRICT_BUSINESS', ['10', '限制开展生产经营活动']],
  ['CLOSE', ['11', '责令关闭']],
  ['BAN_OCCUPATION', ['12', '限制从业']],
  ['DETENTION', ['13', '行政拘留']],
  ['OTHER', ['99', '其他行政处罚']],
]);

export const PUBLICATION_STATUSES = book([
  ['NOT_PUBLISHED', ['N', '未公示']],
  ['PUBLISHED', ['Y', '已公示']],
  ['WITHDRAWN', ['C', '撤销公示']],
  ['DELETED', ['S', '删除公示']],
]);
