import type { Spellings } from '../stores/spell-code.js';
import type { CountyEvent, EventCategory } from '../world/world.js';

/** 报警类别 of what is no police matter, as the command centre words it. */
export const CALL_CATEGORIES: ReadonlyMap<string, Spellings> = new Map<EventCategory, Spellings>([
  ['DISPUTE', ['纠纷', '经济纠纷', '劳资纠纷']],
  ['ENVIRONMENT', ['噪声扰民', '环境污染']],
  ['STREET_ORDER', ['占道经营']],
  ['MARKET', ['消费投诉']],
  ['FISHERY', ['涉海涉渔']],
  ['SAFETY', ['安全隐患']],
  ['PUBLIC_SECURITY', ['治安求助']],
  ['FACILITY', ['设施故障', '公共设施']],
  ['OTHER', ['其他求助', '群众求助']],
]);

/** 联动状态: one letter. */
export const CALL_STATES: ReadonlyMap<string, Spellings> = new Map<CountyEvent['state'], Spellings>([
  ['NEW', ['N']],
  ['ASSIGNED', ['D']],
  ['ACCEPTED', ['A']],
  ['PROCESSING', ['P']],
  ['EXTENDED', ['E']],
  ['REPLIED', ['R']],
  ['CLOSED', ['C']],
  ['REJECTED', ['T']],
  ['REOPENED', ['O']],
]);
