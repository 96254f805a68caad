import type { EventStep } from '../../world/grassroots/event-steps.js';
import type { CountyEvent, EventCategory } from '../../world/world.js';
import type { Spellings } from '../spell-code.js';

/** 来源, as the four platforms write it. */
export const EVENT_SOURCES: ReadonlyMap<string, Spellings> = new Map<CountyEvent['source'], Spellings>([
  ['HOTLINE_12345', ['A1', '12345', '12345转办']],
  ['FOUR_PLATFORM', ['B0', '平台自建']],
  ['GRID', ['B1', '网格员上报', '网格']],
  ['PATROL', ['B2', '日常巡查']],
  ['APP', ['C1', '浙里办', '随手拍']],
  ['MONITOR', ['D1', '物联感知']],
]);

/** 事件类别: four digits, or the words of the leaf. */
export const EVENT_CATEGORIES: ReadonlyMap<string, Spellings> = new Map<EventCategory, Spellings>([
  ['FISHERY', ['0101', '涉渔涉海']],
  ['MARKET', ['0201', '市场监管', '市场经营秩序']],
  ['BUILDING', ['0301', '违法建设']],
  ['ENVIRONMENT', ['0401', '生态环境', '环境污染']],
  ['TRAFFIC', ['0501', '交通运输']],
  ['SAFETY', ['0601', '安全隐患', '卫生安全']],
  ['OTHER', ['9901', '其他事件']],
]);

/** 事件状态, the platform's own. */
export const EVENT_STATES: ReadonlyMap<string, Spellings> = new Map<CountyEvent['state'], Spellings>([
  ['NEW', ['01', '待受理']],
  ['ASSIGNED', ['02', '已分派']],
  ['ACCEPTED', ['03', '已受理']],
  ['PROCESSING', ['04', '处置中']],
  ['EXTENDED', ['05', '延期处置']],
  ['REPLIED', ['06', '已反馈', '待核实']],
  ['CLOSED', ['07', '已办结', '归档']],
  ['REJECTED', ['08', '退回']],
  ['REOPENED', ['09', '重新处置']],
]);

/** 环节 of the flow. */
export const STEP_ACTIONS: ReadonlyMap<string, Spellings> = new Map<EventStep['action'], Spellings>([
  ['REPORT', ['sb', '上报']],
  ['ACCEPT', ['sl', '受理', '受理并派遣']],
  ['REJECT', ['th', '退回']],
  ['REPLY', ['fk', '反馈']],
  ['CLOSE', ['bj', '办结', '核查办结']],
]);
