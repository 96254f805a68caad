import type { Spellings } from '../stores/spell-code.js';
import type { Sport } from '../world/culture/make-sports-licences.js';
import type { TravelAgency } from '../world/culture/make-travel-agencies.js';

/** 项目 that need a licence. */
export const SPORTS: ReadonlyMap<string, Spellings> = new Map<Sport, Spellings>([
  ['SWIMMING', ['01', '游泳']],
  ['DIVING', ['02', '潜水']],
  ['SEA_FISHING', ['11', '海钓']],
]);

/** 缴存方式 of what travel agencies deposit. */
export const DEPOSITS: ReadonlyMap<string, Spellings> = new Map<TravelAgency['depositedAs'], Spellings>([
  ['BANK_DEPOSIT', ['银行存款', '现金缴存']],
  ['BANK_GUARANTEE', ['银行担保', '银行保函']],
  ['INSURANCE', ['保证保险', '保险']],
]);

/** 状态 of permits, as three offices write it. */
export const PERMIT_STATES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['VALID', ['正常', '营业中', '有效']],
  ['SUSPENDED', ['停业整顿']],
  ['CANCELLED', ['注销', '已关停']],
  ['REVOKED', ['吊销']],
  ['WITHDRAWN', ['撤回']],
]);
