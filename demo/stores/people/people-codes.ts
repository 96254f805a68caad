import type { Spellings } from '../spell-code.js';

export const OFFICER_STATES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['ON_DUTY', ['1', '在岗']],
  ['SUSPENDED', ['2', '停职']],
  ['CANCELLED', ['3', '注销', '已注销']],
]);

export const TEAM_KINDS: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['COMPREHENSIVE', ['01']],
  ['PROFESSIONAL', ['02', '专业队']],
  ['MARINE', ['03']],
  ['DISPATCHED', ['11', '派驻中队']],
  ['TOWNSHIP', ['12']],
  ['STATION', ['21', '站所']],
  ['POLICE_STATION', ['31']],
]);
