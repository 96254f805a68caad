import type { Spellings } from '../spell-code.js';

const book = (entries: readonly (readonly [string, Spellings])[]): ReadonlyMap<string, Spellings> =>
  new Map<string, Spellings>(entries);

export const SCENARIOS = book([
  ['SAME_INDUSTRY', ['1', '同一行业']],
  ['SAME_AREA', ['2', '同一区域']],
  ['SAME_OBJECT', ['3', '同一对象']],
]);

export const TASK_STATES = book([
  ['PLANNED', ['0', '已计划']],
  ['ASSIGNED', ['1', '已派发']],
  ['DONE', ['3', '已完成', '完成']],
  ['CANCELLED', ['4', '已取消']],
]);
