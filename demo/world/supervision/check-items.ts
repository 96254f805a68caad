import { type Random, randomFor } from '../../random.js';
import { departmentOf } from '../departments.js';
import type { Inspection } from '../world.js';

/** One item of the list by which a check was made (检查实施清单), and what was found. */
export interface CheckItem {
  /** From 1, in the order of the list. */
  readonly place: number;
  /** Of the implementation list in the catalogue of items: code of the body, its level and a running number. */
  readonly code: string;
  readonly name: string;
  readonly result: 'PASS' | 'FAIL' | 'NOT_CHECKED' | 'NOT_APPLICABLE';
  /** What was found, in words; of an item that failed alone. */
  readonly problem: string | null;
  /** `Disposal`; of an item that failed alone, one of those of the whole check. */
  readonly disposal: string | null;
}

const COMMON = ['证照公示', '消防通道', '安全生产台账', '从业人员健康证', '污染防治设施', '应急预案'];
/** Lists of departments that look for other things; the first items are those that fail. */
const OWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['FIRE_RESCUE', ['疏散通道', '消防控制室值班', '灭火器材', '电气线路', '消防演练记录', '应急照明']],
  ['CULTURE', ['许可证悬挂', '未成年人限入标志', '场所核定人数', '经营日志', '监控设备', '应急预案']],
  ['PUBLIC_SECURITY', ['实名登记', '技防设施', '从业人员备案', '可疑情况报告', '台账保存', '应急预案']],
]);
const FEWEST = 3;

const PROBLEMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['RECTIFIED', ['台账记录不完整', '标识脱落', '设施外观破损']],
  ['ISSUE_PENDING', ['设施未按期检测', '记录缺失，待补充材料']],
  ['ISSUE_FOOD_DRUG', ['未查验进货凭证', '食品超过保质期']],
  ['ISSUE_QUALITY', ['计量器具未检定', '产品未标注执行标准']],
  ['ISSUE_PUBLIC_SECURITY', ['未如实登记住宿人员信息', '监控录像保存不足三十日']],
  ['ISSUE_PUBLICITY', ['证照未在显著位置公示', '公示信息与实际不符']],
  ['ISSUE_OTHER_DEPT', ['占用公共通道堆放物品', '油烟未经净化排放']],
  ['ISSUE_OTHER', ['现场堆放杂乱', '未落实日常巡查']],
  ['OBSTRUCTED', ['拒绝提供经营资料']],
]);
/** Nobody was met, or nothing went on there: of these nothing could be looked at. */
const NOTHING_SEEN: ReadonlyMap<string, CheckItem['result']> = new Map([
  ['UNREACHABLE', 'NOT_CHECKED'],
  ['CLOSED', 'NOT_CHECKED'],
  ['SUBJECT_GONE', 'NOT_CHECKED'],
  ['NOT_APPLICABLE', 'NOT_APPLICABLE'],
]);

/**
 * The items of a check, which agree with its results: each finding has an item that failed, a check without findings
 * has none, and where nobody was met nothing was checked.
 */
export function checkItemsOf(seed: number, inspection: Inspection): readonly CheckItem[] {
  const random = randomFor(seed, 'check-item', inspection.index);
  const { department, results } = inspection;
  const names = OWN.get(department) ?? COMMON;
  const problems = results.filter((result) => PROBLEMS.has(result));
  const unseen = problems.length > 0 ? undefined : NOTHING_SEEN.get(results[0] ?? '');
  const count = random.int(FEWEST, names.length);
  return names.slice(0, count).map((name, place): CheckItem => {
    const found = problems[place];
    return {
      place: place + 1,
      code: `${departmentOf(department).uscc}4${String(place + 1).padStart(4, '0')}`,
      name,
      result: found === undefined ? (unseen ?? drawHarmless(random, place)) : 'FAIL',
      problem: found === undefined ? null : random.pick(PROBLEMS.get(found) ?? [name]),
      disposal: found === undefined ? null : disposalOf(inspection, found),
    };
  });
}

/** The first item is looked at wherever anything is. */
function drawHarmless(random: Random, place: number): CheckItem['result'] {
  const drawn = random.pick(['PASS', 'PASS', 'PASS', 'NOT_CHECKED', 'NOT_APPLICABLE'] as const);
  return place === 0 ? 'PASS' : drawn;
}

const BY_FINDING: ReadonlyMap<string, string> = new Map([
  ['ISSUE_OTHER_DEPT', 'NOTIFY_OTHER_DEPT'],
  ['OBSTRUCTED', 'STOPPED'],
]);

function disposalOf({ disposals }: Inspection, finding: string): string | null {
  const own = BY_FINDING.get(finding);
  return own !== undefined && disposals.includes(own) ? own : (disposals[0] ?? null);
}
