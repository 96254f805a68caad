import type { Spellings } from '../spell-code.js';

type CodeBook = ReadonlyMap<string, Spellings>;

const book = (entries: readonly (readonly [string, Spellings])[]): CodeBook =>
  new Map<string, Spellings>(entries);

/** One column, three generations of clerks: the code, the standard's words, and 开业. */
export const REG_STATES = book([
  ['ACTIVE', ['1', '开业', '存续', '在营', '正常']],
  ['REVOKED', ['2', '吊销未注销', '吊销']],
  ['CANCELLED', ['3', '注销', '已注销']],
  ['WITHDRAWN', ['4', '撤销']],
  ['MOVED_OUT', ['5', '迁出']],
  ['SUSPENDED', ['6', '歇业', '停业']],
]);

export const CHECK_RESULTS = book([
  ['NO_ISSUE', ['1', '未发现问题']],
  ['ISSUE_FOOD_DRUG', ['3', '违反食品药品管理相关规定']],
  ['ISSUE_QUALITY', ['4']],
  ['ISSUE_OTHER_DEPT', ['5', '违反其他部门相关规定']],
  ['UNREACHABLE', ['6', '查无下落', '通过登记的住所（经营场所）无法联系']],
  ['CLOSED', ['7']],
  ['OBSTRUCTED', ['8', '不配合检查情节严重']],
  ['SUBJECT_GONE', ['9', '10', '11', '12', '迁出']],
  ['ISSUE_PENDING', ['A', '发现问题待后续处理', 'Ａ']],
  ['ISSUE_PUBLICITY', ['B', 'C']],
  ['ISSUE_OTHER', ['D', '违反其他工商行政管理相关规定']],
  ['RECTIFIED', ['E', '发现问题经责令已改正', 'Ｅ']],
  ['NOT_APPLICABLE', ['F']],
  ['ISSUE_PUBLIC_SECURITY', ['G']],
]);

export const CHECK_KINDS = book([
  ['DOUBLE_RANDOM', ['01', '双随机抽查', '双随机一公开']],
  ['JOINT', ['02', '综合查一次']],
  ['PATROL', ['03', '日常检查']],
  ['SPECIAL', ['04', '专项检查']],
  ['DIRECTED', ['05', '定向抽查']],
  ['COMPLAINT', ['06', '投诉举报核查']],
  ['RECHECK', ['07', '复查']],
  ['OFFSITE', ['08', '非现场检查']],
]);

export const DISPOSALS = book([
  ['NONE', ['1']],
  ['ORDER_RECTIFY', ['2', '责令改正']],
  ['TO_CASE', ['3', '移送办案机构']],
  ['NOTIFY_OTHER_DEPT', ['4']],
  ['STOPPED', ['5']],
  ['PENALISED', ['6', '违法处罚']],
  ['CRIMINAL', ['7']],
]);

/** The list of the form; one of its sentences holds the sign that joins them. */
export const DISPOSAL_WORDS = book([
  ['NONE', ['未发现问题或相关问题已规范、已改正，无需后续处置']],
  ['ORDER_RECTIFY', ['违反本部门相关规定，责令改正；后续跟踪由日常监管部门负责']],
  ['TO_CASE', ['发现案件线索，初步固定相关证据后移送办案机构依法依规处理']],
  ['NOTIFY_OTHER_DEPT', ['违反其他部门相关规定，抄告相关部门']],
  ['STOPPED', ['停止检查，反馈至日常监管部门']],
  ['PENALISED', ['违法处罚']],
  ['CRIMINAL', ['刑事立案']],
]);

export const CASE_STAGES = book([
  ['CLUE', ['10', '线索']],
  ['FILED', ['20', '立案']],
  ['INVESTIGATING', ['30', '调查取证', '调查']],
  ['SUSPENDED', ['35', '中止调查']],
  ['REVIEW', ['40', '法制审核']],
  ['NOTICE', ['45', '告知']],
  ['HEARING', ['47', '听证']],
  ['COLLECTIVE', ['48']],
  ['DECIDED', ['50', '处罚决定']],
  ['SERVED', ['55', '送达']],
  ['EXECUTING', ['60', '执行中']],
  ['CLOSED', ['70', '已结案', '结案']],
  ['NO_PENALTY', ['80', '不予处罚']],
  ['WITHDRAWN', ['81', '销案']],
  ['TRANSFERRED', ['82', '移送']],
  ['TERMINATED', ['83']],
  ['UNDER_REVIEW', ['90']],
  ['LITIGATION', ['91']],
]);

export const CASE_PROCESSES = book([
  ['SIMPLE', ['1', '简易程序']],
  ['ORDINARY', ['2', '一般程序', '普通程序']],
]);

export const CASE_SOURCES = book([
  ['INSPECTION', ['1', '监督检查', '执法检查']],
  ['COMPLAINT', ['2', '投诉举报']],
  ['SUPERIOR', ['3']],
  ['TRANSFER', ['4', '接转']],
  ['MONITORING', ['5', '依职权发现']],
  ['MEDIA', ['6']],
  ['OTHER', ['9', '其他']],
]);

export const PENALTY_KINDS = book([
  ['WARNING', ['1', '警告']],
  ['FINE', ['2', '罚款']],
  ['CONFISCATE_INCOME', ['3', '没收违法所得']],
  ['CONFISCATE_PROPERTY', ['4', '没收非法财物']],
  ['SUSPEND_PRODUCTION', ['5', '责令停产停业']],
  ['SUSPEND_LICENCE', ['6', '暂扣许可证件']],
  ['REVOKE_LICENCE', ['7', '吊销营业执照']],
  ['CRITICISM', ['8', '通报批评']],
  ['OTHER', ['9', '其他行政处罚']],
  ['DOWNGRADE_QUALIFICATION', ['A', '降低资质等级']],
  ['RESTRICT_BUSINESS', ['B', '限制开展生产经营活动']],
  ['CLOSE', ['C', '责令关闭']],
  ['BAN_OCCUPATION', ['D', '限制从业']],
  ['DETENTION', ['E', '行政拘留']],
]);

export const PUBLICATION_STATUSES = book([
  ['NOT_PUBLISHED', ['0', '未公示']],
  ['PUBLISHED', ['1', '公示']],
  ['WITHDRAWN', ['2', '撤销公示']],
  ['DELETED', ['3', '已删除公示']],
]);

export const LICENCE_NAMES = book([
  ['BUSINESS_LICENCE', ['营业执照']],
  ['FOOD_TRADE', ['食品经营许可证', '餐饮服务许可证', '食品流通许可证']],
  ['FOOD_PRODUCTION', ['食品生产许可证', '食品生产许可']],
  ['OTHER', ['小餐饮登记证']],
]);

export const LICENCE_STATES = book([
  ['VALID', ['1', '有效', '正常']],
  ['SUSPENDED', ['2', '暂扣']],
  ['CANCELLED', ['3', '已注销']],
  ['REVOKED', ['4', '吊销']],
  ['WITHDRAWN', ['5', '撤回']],
]);

/** `jyjl` of equipment and of samples. */
export const CONCLUSIONS = book([
  ['QUALIFIED', ['合格', '1']],
  ['UNQUALIFIED', ['不合格', '2']],
]);

/** `sbzl`: the catalogue's codes, or its words. */
export const EQUIPMENT_CATEGORIES = book([
  ['BOILER', ['1000', '锅炉']],
  ['PRESSURE_VESSEL', ['2000', '压力容器']],
  ['LIFT', ['3000', '电梯']],
  ['CRANE', ['4000', '起重机械']],
  ['FACTORY_VEHICLE', ['5000', '场（厂）内专用机动车辆']],
  ['AMUSEMENT', ['6000', '大型游乐设施']],
  ['PIPELINE', ['8000', '压力管道']],
]);

export const EQUIPMENT_STATES = book([
  ['IN_USE', ['在用', '1']],
  ['OUT_OF_USE', ['停用', '2']],
  ['SCRAPPED', ['报废', '3']],
  ['CANCELLED', ['注销', '4']],
]);
