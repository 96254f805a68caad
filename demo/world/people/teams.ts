import { TOWNSHIPS, YANGSHAN } from '../townships.js';

/** A team, squad or station (domain §1.5, §6.4). */
export interface Team {
  readonly code: string;
  /** `TeamKind` of schema/canonical.graphql. */
  readonly kind: string;
  readonly name: string;
  /** `Department`. */
  readonly department: string;
  /** Host township, 9 digits. */
  readonly township: string;
  /** Townships that it covers, 9 digits. */
  readonly coverage: readonly string[];
  /** In whose names it acts. */
  readonly plates: readonly string[];
  readonly vehicles: number;
  readonly vessels: number;
  /** 联勤警务站 at the same place. */
  readonly policeStation: string | null;
}

const SEAT = '330922100';
const SHENGSHAN = '330922101';
const WULONG = '330922200';
const COUNTY: readonly string[] = TOWNSHIPS.map(({ code }) => code);
const BUREAU = '县综合行政执法局';

const team = (
  code: string,
  kind: string,
  name: string,
  department: string,
  rest: Partial<Team> = {},
): Team => ({
  code,
  kind,
  name,
  department,
  township: SEAT,
  coverage: COUNTY,
  plates: [],
  vehicles: 1,
  vessels: 0,
  policeStation: null,
  ...rest,
});

/** "1+8+1", then the squads in the townships, the stations that answer the townships' call, and the police stations. */
export const TEAMS: readonly Team[] = [
  team('ZF001', 'COMPREHENSIVE', '综合行政执法队', 'COMPREHENSIVE', { plates: [BUREAU], vehicles: 6 }),
  team('ZF002', 'PROFESSIONAL', '市场监管行政执法队', 'MARKET', { plates: ['县市场监管局'], vehicles: 4 }),
  team('ZF003', 'PROFESSIONAL', '生态环境行政执法队', 'ENVIRONMENT', { plates: ['舟山市生态环境局'] }),
  team('ZF004', 'PROFESSIONAL', '文化市场行政执法队', 'CULTURE', { plates: ['县文广旅体局'] }),
  team('ZF005', 'PROFESSIONAL', '交通运输行政执法队', 'TRANSPORT', { plates: ['县交通运输局'], vessels: 2 }),
  team('ZF006', 'PROFESSIONAL', '农业农村行政执法队', 'AGRICULTURE', { plates: ['县农业农村局'] }),
  team('ZF007', 'PROFESSIONAL', '资源规划行政执法队', 'PLANNING', { plates: ['县资源规划局'] }),
  team('ZF008', 'PROFESSIONAL', '应急管理行政执法队', 'EMERGENCY', { plates: ['县应急管理局'] }),
  team('ZF009', 'PROFESSIONAL', '卫生健康行政执法队', 'HEALTH', { plates: ['县卫生健康局'] }),
  team('ZF010', 'MARINE', '海洋综合行政执法队', 'MARINE', { plates: ['县海洋经济发展局'], vessels: 5 }),
  team('ZF101', 'DISPATCHED', '县局直属中队', 'COMPREHENSIVE', { coverage: [SEAT], plates: [BUREAU] }),
  team('ZF102', 'DISPATCHED', '嵊山中队', 'COMPREHENSIVE', {
    township: SHENGSHAN,
    coverage: [SHENGSHAN, '330922202', '330922203'],
    plates: [BUREAU],
    policeStation: '嵊山联勤警务站',
  }),
  team('ZF103', 'TOWNSHIP', '洋山镇综合行政执法队', 'YANGSHAN_TOWN', {
    township: YANGSHAN,
    coverage: [YANGSHAN],
    plates: [BUREAU, '洋山镇人民政府'],
    vehicles: 2,
    policeStation: '洋山联勤警务站',
  }),
  team('ZF104', 'DISPATCHED', '五龙黄龙中队', 'COMPREHENSIVE', {
    township: WULONG,
    coverage: [WULONG, '330922201'],
    plates: [BUREAU],
  }),
  team('ZF201', 'STATION', '菜园市场监管所', 'MARKET', {
    coverage: [SEAT, WULONG, '330922201'],
    plates: ['县市场监管局'],
  }),
  team('ZF202', 'STATION', '嵊山市场监管所', 'MARKET', {
    township: SHENGSHAN,
    coverage: [SHENGSHAN, '330922202', '330922203'],
    plates: ['县市场监管局'],
  }),
  team('ZF203', 'STATION', '洋山市场监管所', 'MARKET', {
    township: YANGSHAN,
    coverage: [YANGSHAN],
    plates: ['县市场监管局'],
  }),
  team('ZF301', 'POLICE_STATION', '嵊山联勤警务站', 'PUBLIC_SECURITY', {
    township: SHENGSHAN,
    coverage: [SHENGSHAN],
    plates: ['县公安局'],
  }),
  team('ZF302', 'POLICE_STATION', '洋山联勤警务站', 'PUBLIC_SECURITY', {
    township: YANGSHAN,
    coverage: [YANGSHAN],
    plates: ['县公安局'],
  }),
];
