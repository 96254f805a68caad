import type { Complaint, ComplaintCategory } from '../../world/world.js';
import type { Spellings } from '../spell-code.js';

export const TICKET_SOURCES: ReadonlyMap<Complaint['source'], Spellings> = new Map<
  Complaint['source'],
  Spellings
>([
  ['HOTLINE_12345', ['01', '12345热线', '电话']],
  ['POLICE_110', ['02', '110非警情']],
  ['FOUR_PLATFORM', ['03', '四平台']],
  ['GRID', ['04', '网格上报']],
  ['SMART_CITY', ['05', '智慧城管']],
  ['APP', ['06', '浙里办', 'APP']],
  ['LETTER', ['07', '来信来访']],
  ['PATROL', ['08', '巡查发现']],
  ['MONITOR', ['09', '监测预警']],
]);

export const TICKET_KINDS: ReadonlyMap<Complaint['kind'], Spellings> = new Map<Complaint['kind'], Spellings>([
  ['CONSULTATION', ['1', '咨询']],
  ['COMPLAINT', ['2', '投诉']],
  ['REPORT', ['3', '举报']],
  ['HELP', ['4', '求助']],
  ['SUGGESTION', ['5', '建议', '意见建议']],
]);

/** Leaves of the platform's tree of subjects, the four digits of the leaf or its words. */
export const TICKET_CATEGORIES: ReadonlyMap<ComplaintCategory, Spellings> = new Map<
  ComplaintCategory,
  Spellings
>([
  ['CATERING', ['0301', '餐饮服务', '市场监管/餐饮服务']],
  ['FOOD', ['0302', '食品安全']],
  ['HOMESTAY', ['0501', '民宿管理', '文旅/民宿']],
  ['FISHERY', ['0701', '渔业渔政']],
  ['TRANSPORT', ['0801', '交通运输', '水路客运']],
  ['ENVIRONMENT', ['0601', '生态环境', '油烟噪声']],
  ['MARKET', ['0303', '市场秩序', '消费纠纷']],
  ['CONSTRUCTION', ['0401', '住房建设']],
  ['HEALTH', ['0901', '医疗卫生']],
  ['OTHER', ['9999', '其他']],
]);

export const TICKET_STATES: ReadonlyMap<Complaint['state'], Spellings> = new Map<
  Complaint['state'],
  Spellings
>([
  ['NEW', ['10', '待派单']],
  ['ASSIGNED', ['20', '已派单']],
  ['ACCEPTED', ['30', '已受理']],
  ['REJECTED', ['35', '退单']],
  ['PROCESSING', ['40', '办理中']],
  ['EXTENDED', ['45', '延期办理']],
  ['REPLIED', ['50', '已答复']],
  ['CLOSED', ['60', '已办结', '办结']],
  ['REOPENED', ['70', '重新办理']],
]);

/** 1 to 5, or the words of the telephone survey. */
export const SATISFACTION: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['5', ['5', '非常满意']],
  ['4', ['4', '满意']],
  ['3', ['3', '基本满意']],
  ['2', ['2', '不满意']],
  ['1', ['1', '非常不满意']],
]);
