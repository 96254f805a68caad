import { DEPARTMENTS } from '../departments.js';

/** Penalty items of one field, numbered one after the other: `3302`, two digits, serial, `000` (domain §2.3). */
export interface ItemFamily {
  /** `ItemField` of schema/canonical.graphql. */
  readonly field: string;
  /** `Department` that is in charge of the field. */
  readonly department: string;
  readonly digits: string;
  /** Serial of the first item. */
  readonly first: number;
  /** Items that went to the comprehensive bureau, wholly or in part, … */
  readonly moved: number;
  /** … and those that stayed, with whom. */
  readonly kept: number;
  readonly keptBy: 'BUSINESS_DEPARTMENT' | 'PROFESSIONAL' | 'MARINE';
  readonly causes: readonly string[];
}

const MOVED = 8;
const KEPT = 5;
const KEPT_BY_TEAMS = 30;

/** One of the sixteen fields of domain §1.4 L3. */
const field = (name: string, digits: string, object: string, first = 1): ItemFamily => ({
  field: name,
  department: name,
  digits,
  first,
  moved: MOVED,
  kept: KEPT,
  keptBy: 'BUSINESS_DEPARTMENT',
  causes: [`丢失、损毁${object}`, `未经许可使用${object}`, `未按规定报送${object}`, `拒绝检查${object}`],
});

/** A field whose team stays with its department (domain §1.5 O4, O5). */
const team = (department: string): ItemFamily => {
  const known = DEPARTMENTS.find((each) => each.department === department);
  if (known === undefined) throw new RangeError(`Cannot list items: ${department} must enforce something`);
  return {
    field: department,
    department,
    digits: known.digits,
    first: 1,
    moved: 0,
    kept: KEPT_BY_TEAMS,
    keptBy: department === 'MARINE' ? 'MARINE' : 'PROFESSIONAL',
    causes: known.causes,
  };
};

const causesOf = (department: string): readonly string[] =>
  DEPARTMENTS.find((each) => each.department === department)?.causes ?? [];

/**
 * What the county's lists hold: the sixteen fields, the appearance of the town, which was the comprehensive bureau's from
 * the beginning, and the fields of the professional teams. The first items of a family are what the world punishes.
 */
export const ITEM_FAMILIES: readonly ItemFamily[] = [
  field('ARCHIVES', '75', '国有档案'),
  field('DEVELOPMENT', '04', '固定资产投资项目资料'),
  field('PUBLIC_SECURITY', '09', '养犬登记证件'),
  field('WATER', '19', '水工程设施'),
  field('FORESTRY', '64', '林木采伐许可证'),
  field('ECONOMY', '07', '无线电设备'),
  field('SCIENCE', '06', '实验动物许可证'),
  field('ETHNIC_RELIGIOUS', '12', '宗教活动场所登记证'),
  field('CIVIL_AFFAIRS', '11', '地名标志'),
  field('CONSTRUCTION', '77', '施工许可证件'),
  field('HUMAN_RESOURCES', '14', '劳动用工台账'),
  field('VETERANS', '42', '烈士纪念设施'),
  field('GRAIN_RESERVES', '08', '粮食储备台账'),
  field('METEOROLOGY', '54', '气象探测设施'),
  field('EARTHQUAKE', '55', '地震监测设施'),
  { ...field('FIRE_RESCUE', '96', '消防设施'), causes: causesOf('FIRE_RESCUE') },
  ...(
    [
      ['COMPREHENSIVE', '17', 6],
      ['YANGSHAN_TOWN', '99', 3],
    ] as const
  ).map(
    ([department, digits, moved]): ItemFamily => ({
      field: 'CITY_APPEARANCE',
      department: 'CONSTRUCTION',
      digits,
      first: 1,
      moved,
      kept: 0,
      keptBy: 'BUSINESS_DEPARTMENT',
      causes: causesOf(department),
    }),
  ),
  ...[
    'MARKET',
    'ENVIRONMENT',
    'CULTURE',
    'TRANSPORT',
    'AGRICULTURE',
    'PLANNING',
    'EMERGENCY',
    'HEALTH',
    'MARINE',
  ].map(team),
];
