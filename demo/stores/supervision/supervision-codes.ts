import type { CheckItem } from '../../world/supervision/check-items.js';
import { fullWidth } from '../dirt/dirt.js';
import type { Spellings } from '../spell-code.js';
import { institutionOf } from './supervision-institutions.js';

export const CHECK_RESULTS: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['NO_ISSUE', ['01', '未发现问题', '合格']],
  ['RECTIFIED', ['02', '发现问题已责令改正']],
  ['ISSUE_PENDING', ['03']],
  ['ISSUE_FOOD_DRUG', ['04']],
  ['ISSUE_QUALITY', ['05']],
  ['ISSUE_PUBLIC_SECURITY', ['06']],
  ['ISSUE_PUBLICITY', ['07']],
  ['ISSUE_OTHER_DEPT', ['08']],
  ['ISSUE_OTHER', ['09', '发现其他问题']],
  ['UNREACHABLE', ['10', '查无下落']],
  ['CLOSED', ['11']],
  ['SUBJECT_GONE', ['12']],
  ['NOT_APPLICABLE', ['13']],
  ['OBSTRUCTED', ['14']],
]);

/** Codes of the 双随机 system that the platform replaced; written until the end of 2024. */
export const OLD_CHECK_RESULTS: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['NO_ISSUE', ['1']],
  ['RECTIFIED', ['E']],
]);

export const CHECK_TYPES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['PATROL', ['01', '日常巡查']],
  ['SPECIAL', ['02', '专项检查']],
  ['DOUBLE_RANDOM', ['03', '双随机']],
  ['JOINT', ['04', '综合查一次']],
  ['DIRECTED', ['05', '定向检查']],
  ['COMPLAINT', ['06', '投诉举报核查']],
  ['RECHECK', ['07', '复查']],
  ['OFFSITE', ['08', '非现场检查']],
]);

export const DISPOSALS: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['NONE', ['0', '无需后续处置']],
  ['ORDER_RECTIFY', ['1', '责令改正']],
  ['TO_CASE', ['2', '移送办案机构']],
  ['NOTIFY_OTHER_DEPT', ['3']],
  ['STOPPED', ['4']],
  ['PENALISED', ['5', '违法处罚']],
  ['CRIMINAL', ['6']],
]);

/** Results of one item. */
export const ITEM_RESULTS: ReadonlyMap<string, Spellings> = new Map<CheckItem['result'], Spellings>([
  ['PASS', ['1', '合格']],
  ['FAIL', ['2', '不合格']],
  ['NOT_CHECKED', ['3', '未检查']],
  ['NOT_APPLICABLE', ['4', '合理缺项']],
]);

/** D16: until the platform moved the codes began with 0, so that 1 meant what 2 means now. */
export const OLD_ITEM_RESULTS: ReadonlyMap<string, Spellings> = new Map<CheckItem['result'], Spellings>([
  ['PASS', ['0', '合格']],
  ['FAIL', ['1', '不合格']],
  ['NOT_CHECKED', ['2', '未检查']],
  ['NOT_APPLICABLE', ['3', '合理缺项']],
]);

/**
 * Code and name of the implementing body. Now and then the code column holds the name (D21), or the code is padded
 * or full width (D2, D11), and the name is somebody's spelling.
 */
export function institutionCells(
  department: string,
  turn: number,
): { readonly code: string; readonly name: string } {
  const { uscc, name, spellings } = institutionOf(department);
  const [first] = spellings;
  const typed = spellings[turn % spellings.length] ?? first;
  switch (turn % 31) {
    case 3:
      return { code: typed, name };
    case 8:
      return { code: name, name: typed };
    case 14:
      return { code: ` ${uscc} `, name };
    case 19:
      return { code: fullWidth(uscc), name };
    default:
      return { code: uscc, name: turn % 13 === 6 ? typed : name };
  }
}
