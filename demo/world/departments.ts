import { townshipOf } from './townships.js';
import type { DemoSize, Inspection, PenaltyCase } from './world.js';

/** How a department numbers its decisions: `嵊综执罚决字〔2026〕第001号`. */
export interface NumberFamily {
  readonly prefix: string;
  /** Before the running number. */
  readonly ordinal: '第' | '';
  /** Least digits of the running number. */
  readonly width: number;
}

export interface EnforcingDepartment {
  /** `Department` of schema/canonical.graphql. */
  readonly department: string;
  /** Two digits, in officers' certificates and item codes. */
  readonly digits: string;
  /** Its own code as a body; system case codes start with it. */
  readonly uscc: string;
  readonly inspections: Inspection['heldBy'];
  readonly cases: PenaltyCase['heldBy'];
  /** Where its cases of more than `OLD_CASE_DAYS` ago stayed, if not there. */
  readonly oldCases?: PenaltyCase['heldBy'];
  /** Of 100 inspections and of 100 cases. */
  readonly inspectionShare: number;
  readonly caseShare: number;
  readonly ordinary: NumberFamily;
  readonly simple: NumberFamily;
  /** What it punishes. */
  readonly causes: readonly string[];
  /** Canonical results that its findings have beside the usual ones. */
  readonly findings: readonly string[];
}

const family = (prefix: string, ordinal: '第' | '' = '', width = 1): NumberFamily => ({
  prefix,
  ordinal,
  width,
});

export const DEPARTMENTS: readonly EnforcingDepartment[] = [
  {
    department: 'COMPREHENSIVE',
    digits: '17',
    uscc: '11330922MB10000028',
    inspections: 'comprehensive',
    cases: 'cases',
    oldCases: 'comprehensive',
    inspectionShare: 14,
    caseShare: 26,
    ordinary: family('嵊综执罚决字', '第', 3),
    simple: family('嵊综执简罚决字', '第', 4),
    causes: [
      '占用城市道路堆放物料',
      '未按规定处置建筑垃圾',
      '擅自设置户外广告',
      '违法建设',
      '随意倾倒生活垃圾',
      '未经许可挖掘道路',
    ],
    findings: ['ISSUE_OTHER'],
  },
  {
    department: 'MARKET',
    digits: '31',
    uscc: '11330922MB10000103',
    inspections: 'market',
    cases: 'market',
    inspectionShare: 34,
    caseShare: 36,
    ordinary: family('嵊市监处罚'),
    simple: family('嵊市监当罚'),
    causes: [
      '未经许可从事食品经营',
      '经营超过保质期的食品',
      '未按规定公示年度报告',
      '销售不合格产品',
      '使用未经检定的计量器具',
      '发布虚假广告',
    ],
    findings: ['ISSUE_FOOD_DRUG', 'ISSUE_QUALITY', 'ISSUE_PUBLICITY'],
  },
  {
    department: 'MARINE',
    digits: '20',
    uscc: '11330922MB1000096X',
    inspections: 'marine',
    cases: 'marine',
    inspectionShare: 16,
    caseShare: 16,
    ordinary: family('嵊渔罚'),
    simple: family('嵊渔简罚'),
    causes: [
      '伏季休渔期间违规出海',
      '使用小于最小网目尺寸的网具',
      '未按规定报告进出港',
      '渔业船舶证书过期仍航行作业',
      '未按规定配备职务船员',
    ],
    findings: ['ISSUE_OTHER', 'OBSTRUCTED'],
  },
  {
    department: 'TRANSPORT',
    digits: '18',
    uscc: '11330922MB1000045M',
    inspections: 'transport',
    cases: 'transport',
    inspectionShare: 9,
    caseShare: 6,
    ordinary: family('嵊交罚决字', '第', 4),
    simple: family('嵊交简罚决字', '第', 4),
    causes: ['未取得经营许可从事水路运输', '超过核定乘员载客', '未按规定维护运输船舶', '擅自占用港口岸线'],
    findings: ['ISSUE_OTHER'],
  },
  {
    department: 'ENVIRONMENT',
    digits: '16',
    uscc: '11330922MB10000290',
    inspections: 'environment',
    cases: 'cases',
    inspectionShare: 4,
    caseShare: 4,
    ordinary: family('舟环嵊罚决字'),
    simple: family('舟环嵊简罚决字'),
    causes: ['未经处理排放废水', '未按规定贮存危险废物', '未办理排污登记'],
    findings: ['ISSUE_OTHER'],
  },
  {
    department: 'EMERGENCY',
    digits: '25',
    uscc: '11330922MB100007X3',
    inspections: 'emergency',
    cases: 'cases',
    inspectionShare: 7,
    caseShare: 4,
    ordinary: family('浙舟嵊应急罚决', '第'),
    simple: family('浙舟嵊应急简罚决', '第'),
    causes: ['未对从业人员进行安全生产教育和培训', '未按规定设置安全警示标志', '特种作业人员无证上岗'],
    findings: ['ISSUE_PENDING'],
  },
  {
    department: 'HEALTH',
    digits: '23',
    uscc: '11330922MB10000883',
    inspections: 'health',
    cases: 'cases',
    inspectionShare: 7,
    caseShare: 4,
    ordinary: family('嵊卫医罚'),
    simple: family('嵊卫简罚'),
    causes: ['未取得公共场所卫生许可证营业', '从业人员无健康合格证明', '饮用水不符合卫生标准'],
    findings: ['ISSUE_OTHER'],
  },
  {
    department: 'CULTURE',
    digits: '22',
    uscc: '11330922MB1000037T',
    inspections: 'supervision',
    cases: 'cases',
    inspectionShare: 5,
    caseShare: 3,
    ordinary: family('嵊文旅罚字', '第'),
    simple: family('嵊文旅简罚字', '第'),
    causes: ['未按规定登记住宿旅客信息', '未经许可经营高危险性体育项目', '擅自从事旅行社业务'],
    findings: ['ISSUE_PUBLIC_SECURITY'],
  },
  {
    department: 'AGRICULTURE',
    digits: '21',
    uscc: '11330922MB1000053G',
    inspections: 'agriculture',
    cases: 'cases',
    inspectionShare: 2,
    caseShare: 0,
    ordinary: family('嵊农罚'),
    simple: family('嵊农简罚'),
    causes: ['销售未附检疫证明的动物产品', '未按规定使用农药'],
    findings: ['ISSUE_QUALITY'],
  },
  {
    department: 'FIRE_RESCUE',
    digits: '96',
    uscc: '11330922MB10002640',
    inspections: 'supervision',
    cases: 'cases',
    inspectionShare: 2,
    caseShare: 1,
    ordinary: family('嵊消行罚决字', '第', 4),
    simple: family('嵊消行简罚决字', '第', 4),
    causes: ['占用、堵塞疏散通道', '消防设施未保持完好有效'],
    findings: ['ISSUE_OTHER_DEPT'],
  },
  {
    department: 'PLANNING',
    digits: '15',
    uscc: '11330922MB1000061B',
    inspections: 'supervision',
    cases: 'planning',
    inspectionShare: 1,
    caseShare: 1,
    ordinary: family('嵊自然资规罚'),
    simple: family('嵊自然资规简罚'),
    causes: ['未经批准擅自占用土地', '越界开采砂石', '擅自改变海域用途'],
    findings: ['ISSUE_OTHER'],
  },
  {
    department: 'YANGSHAN_TOWN',
    digits: '99',
    uscc: '11330922MB1000109K',
    inspections: 'supervision',
    cases: 'cases',
    oldCases: 'comprehensive',
    inspectionShare: 0,
    caseShare: 0,
    ordinary: family('嵊洋政罚决字', '第', 3),
    simple: family('嵊洋政简罚决字', '第', 3),
    causes: ['占用城市道路堆放物料', '随意倾倒生活垃圾', '擅自摆摊设点'],
    findings: ['ISSUE_OTHER'],
  },
];

const BY_NAME: ReadonlyMap<string, EnforcingDepartment> = new Map(
  DEPARTMENTS.map((department) => [department.department, department]),
);

/** @throws {RangeError} for a department that enforces nothing in this world. */
export function departmentOf(name: string): EnforcingDepartment {
  const department = BY_NAME.get(name);
  if (department === undefined) {
    throw new RangeError(
      `Cannot find a department: must be one of ${[...BY_NAME.keys()].join(', ')}, but is ${name}`,
    );
  }
  return department;
}

/** Systems that hold a province's worth: databases alone, of bureaus that always had one. */
const AT_ANY_SIZE: ReadonlySet<string> = new Set(['market', 'marine', 'supervision', 'cases']);

/** At `province` size what a smaller system holds stands in the province's own. */
export function systemOfInspections(
  { inspections }: EnforcingDepartment,
  size: DemoSize,
): Inspection['heldBy'] {
  return size === 'province' && !AT_ANY_SIZE.has(inspections) ? 'supervision' : inspections;
}

/** About 18 months: cases that were filed longer ago were never moved to the province's system. */
export const OLD_CASE_DAYS = 548;

/** As `systemOfInspections`. @param ageDays since the case was filed. */
export function systemOfCases(
  { cases, oldCases = cases }: EnforcingDepartment,
  size: DemoSize,
  ageDays: number,
): PenaltyCase['heldBy'] {
  const system = ageDays > OLD_CASE_DAYS ? oldCases : cases;
  return size === 'province' && !AT_ANY_SIZE.has(system) ? 'cases' : system;
}

/** Who handles a case of that department in that township (domain §6.4). */
export function teamOf(department: string, township: string): string {
  switch (department) {
    case 'COMPREHENSIVE':
      return townshipOf(township).squad;
    case 'YANGSHAN_TOWN':
      return '洋山镇综合行政执法队';
    case 'MARKET':
      return townshipOf(township).marketStation;
    default:
      return SINGLE_TEAMS.get(department) ?? '县级执法队';
  }
}

const SINGLE_TEAMS: ReadonlyMap<string, string> = new Map([
  ['MARINE', '海洋综合行政执法队'],
  ['TRANSPORT', '交通运输行政执法队'],
  ['ENVIRONMENT', '生态环境行政执法队'],
  ['EMERGENCY', '应急管理行政执法队'],
  ['HEALTH', '卫生健康行政执法队'],
  ['CULTURE', '文化市场行政执法队'],
  ['AGRICULTURE', '农业农村行政执法队'],
  ['PLANNING', '资源规划行政执法队'],
  ['FIRE_RESCUE', '消防救援大队'],
]);
