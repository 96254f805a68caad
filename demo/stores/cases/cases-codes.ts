import type { Spellings } from '../spell-code.js';

export const CASE_STAGES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['CLUE', ['01', '案源登记']],
  ['FILED', ['02', '立案']],
  ['INVESTIGATING', ['03', '调查取证']],
  ['REVIEW', ['04', '法制审核']],
  ['NOTICE', ['05', '事先告知']],
  ['HEARING', ['06', '听证']],
  ['COLLECTIVE', ['07', '集体讨论']],
  ['DECIDED', ['08', '处罚决定']],
  ['SERVED', ['09', '送达']],
  ['EXECUTING', ['10', '执行']],
  ['CLOSED', ['11', '结案', '已结案']],
  ['NO_PENALTY', ['12', '不予处罚']],
  ['WITHDRAWN', ['13', '撤销立案']],
  ['TRANSFERRED', ['14', '移送']],
  ['SUSPENDED', ['15', '中止']],
  ['TERMINATED', ['16', '终止']],
  ['UNDER_REVIEW', ['17', '行政复议']],
  ['LITIGATION', ['18', '行政诉讼']],
]);

/** D16: the ordinary procedure has two names, one from before the law of 2021. */
export const PROCESSES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['SIMPLE', ['01', '简易程序']],
  ['ORDINARY', ['02', '一般程序', '普通程序']],
]);

export const CASE_SOURCES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['INSPECTION', ['01', '监督检查']],
  ['COMPLAINT', ['02', '投诉举报']],
  ['SUPERIOR', ['03', '上级交办']],
  ['TRANSFER', ['04', '其他部门移送']],
  ['MONITORING', ['05', '自行发现']],
  ['MEDIA', ['06', '媒体']],
  ['OTHER', ['99', '其他']],
]);

/** Code first, then the words, which the 双公示 extract writes. */
export const PENALTY_KINDS: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['WARNING', ['01', '警告']],
  ['FINE', ['02', '罚款']],
  ['CONFISCATE_INCOME', ['03', '没收违法所得']],
  ['SUSPEND_PRODUCTION', ['04', '责令停产停业']],
  ['REVOKE_LICENCE', ['05', '吊销许可证件']],
  ['DETENTION', ['06', '行政拘留']],
  ['OTHER', ['07', '其他行政处罚']],
  ['CRITICISM', ['08', '通报批评']],
  ['CONFISCATE_PROPERTY', ['09', '没收非法财物']],
  ['DOWNGRADE_QUALIFICATION', ['10', '降低资质等级']],
  ['SUSPEND_LICENCE', ['11', '暂扣许可证件']],
  ['RESTRICT_BUSINESS', ['12', '限制开展生产经营活动']],
  ['BAN_OCCUPATION', ['13', '限制从业']],
  ['CLOSE', ['14', '责令关闭']],
]);

/** A case without decision has nothing to publish and no status; `9` waits for its publication. */
export const PUBLICATION_STATUSES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['PUBLISHED', ['0', '正常']],
  ['WITHDRAWN', ['1', '撤销']],
  ['DELETED', ['2', '删除']],
  ['NOT_PUBLISHED', ['9', '未公示']],
]);

/** What reviews and courts decide of a penalty, each in their own words. */
export const REMEDY_OUTCOMES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['NONE', ['0', '无', '未申请']],
  ['UPHELD', ['1', '维持']],
  ['REVOKED', ['2', '撤销', '判决撤销']],
  ['CHANGED', ['3', '变更']],
  ['DECLARED_UNLAWFUL', ['4', '确认违法']],
  ['DISMISSED', ['5', '驳回', '驳回诉讼请求']],
  ['WITHDRAWN', ['6', '撤回申请', '撤诉']],
  ['PENDING', ['9', '审理中']],
]);
