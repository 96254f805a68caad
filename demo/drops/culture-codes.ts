import type { Spellings } from '../stores/spell-code.js';

/** 状态 of permits, as three offices write it. */
export const PERMIT_STATES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['VALID', ['正常', '营业中', '有效']],
  ['SUSPENDED', ['停业整顿']],
  ['CANCELLED', ['注销', '已关停']],
  ['REVOKED', ['吊销']],
  ['WITHDRAWN', ['撤回']],
]);
