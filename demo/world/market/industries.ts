/** What a firm of the island county does. */
export interface Industry {
  /** GB/T 4754-2017, section letter and four digits. */
  readonly code: string;
  /** Of 100 firms. */
  readonly share: number;
  readonly words: readonly string[];
  readonly scope: string;
  /** Departments that inspect it beside the market bureau and the comprehensive bureau. */
  readonly inspectedBy: readonly string[];
  /** Which food licence it needs, if any: sale, catering, production. */
  readonly food: 'JY1' | 'JY2' | 'SC' | null;
  /** Whether it is likely to own vessels. */
  readonly owns: boolean;
}

export const INDUSTRIES: readonly Industry[] = [
  {
    code: 'A0412',
    share: 18,
    words: ['渔业', '远洋渔业', '海洋捕捞'],
    scope: '海洋捕捞；水产品销售',
    inspectedBy: ['EMERGENCY', 'TRANSPORT', 'ENVIRONMENT'],
    food: null,
    owns: true,
  },
  {
    code: 'A0411',
    share: 10,
    words: ['贻贝养殖', '海水养殖', '贻贝'],
    scope: '海水养殖；水产苗种生产',
    inspectedBy: ['AGRICULTURE', 'ENVIRONMENT', 'EMERGENCY'],
    food: null,
    owns: true,
  },
  {
    code: 'C1361',
    share: 8,
    words: ['水产品加工', '冷冻食品', '海产品'],
    scope: '水产品冷冻加工；食品生产',
    inspectedBy: ['EMERGENCY', 'ENVIRONMENT', 'FIRE_RESCUE'],
    food: 'SC',
    owns: true,
  },
  {
    code: 'H6130',
    share: 22,
    words: ['民宿', '海景民宿', '渔家民宿'],
    scope: '民宿服务；餐饮服务',
    inspectedBy: ['CULTURE', 'HEALTH', 'FIRE_RESCUE'],
    food: 'JY2',
    owns: false,
  },
  {
    code: 'H6210',
    share: 16,
    words: ['海鲜餐馆', '海鲜排档', '渔家乐'],
    scope: '餐饮服务',
    inspectedBy: ['HEALTH', 'FIRE_RESCUE', 'ENVIRONMENT'],
    food: 'JY2',
    owns: false,
  },
  {
    code: 'F5211',
    share: 12,
    words: ['超市', '便利店', '食品商行'],
    scope: '预包装食品销售；日用百货销售',
    inspectedBy: ['HEALTH', 'FIRE_RESCUE', 'AGRICULTURE'],
    food: 'JY1',
    owns: false,
  },
  {
    code: 'C3735',
    share: 5,
    words: ['船舶修造', '修船', '船舶工程'],
    scope: '船舶修理；船舶配件销售',
    inspectedBy: ['EMERGENCY', 'ENVIRONMENT', 'TRANSPORT'],
    food: null,
    owns: false,
  },
  {
    code: 'G5511',
    share: 5,
    words: ['海运', '客运', '轮渡'],
    scope: '水上旅客运输；港口经营',
    inspectedBy: ['TRANSPORT', 'EMERGENCY', 'HEALTH'],
    food: null,
    owns: true,
  },
  {
    code: 'N7869',
    share: 4,
    words: ['旅游开发', '海钓服务', '文化旅游'],
    scope: '旅游服务；休闲渔业',
    inspectedBy: ['CULTURE', 'TRANSPORT', 'HEALTH'],
    food: null,
    owns: true,
  },
];

/** Trades that some firms of another turn to: nobody is drawn into them, so they have no share of their own. */
interface Turn {
  /** Trade that it would have been; both are inspected by the same departments. */
  readonly from: string;
  /** Of so many firms of that trade one turns, the first of them at `place`. */
  readonly every: number;
  readonly place: number;
  readonly to: Industry;
}

export const LODGING = 'H6130';
export const CATERING = 'H6210';
export const SHOP = 'F5211';
export const TOURISM = 'N7869';
export const CLINIC = 'Q8425';
export const HAIRDRESSER = 'O8040';
export const KARAOKE = 'R9011';

export const TURNS: readonly Turn[] = [
  {
    from: CATERING,
    every: 8,
    place: 0,
    to: {
      code: CLINIC,
      share: 0,
      words: ['诊所', '口腔诊所', '中医门诊部'],
      scope: '诊所服务；医疗服务',
      inspectedBy: ['HEALTH', 'FIRE_RESCUE', 'ENVIRONMENT'],
      food: null,
      owns: false,
    },
  },
  {
    from: CATERING,
    every: 8,
    place: 1,
    to: {
      code: HAIRDRESSER,
      share: 0,
      words: ['理发店', '美容美发', '美发沙龙'],
      scope: '理发服务；生活美容服务',
      inspectedBy: ['HEALTH', 'FIRE_RESCUE', 'ENVIRONMENT'],
      food: null,
      owns: false,
    },
  },
  {
    from: LODGING,
    every: 12,
    place: 1,
    to: {
      code: KARAOKE,
      share: 0,
      words: ['歌厅', '量贩式歌厅', '娱乐城'],
      scope: '歌舞娱乐活动；餐饮服务',
      inspectedBy: ['CULTURE', 'HEALTH', 'FIRE_RESCUE'],
      food: 'JY2',
      owns: false,
    },
  },
];

/** Every trade that a firm may be in. */
export const ALL_INDUSTRIES: readonly Industry[] = [...INDUSTRIES, ...TURNS.map(({ to }) => to)];
