import type { Spellings } from '../spell-code.js';

export const SIGNATURES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['SIGNED', ['1', '已签字']],
  ['REFUSED', ['2', '拒签']],
  ['ABSENT', ['0', '未签字']],
]);
