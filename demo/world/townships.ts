import type { Random } from '../random.js';

export interface Township {
  readonly code: string;
  readonly name: string;
  /** Of 100 subjects. */
  readonly share: number;
  readonly roads: readonly string[];
  readonly port: string;
  /** Squad of the comprehensive bureau that covers it (domain §6.4). */
  readonly squad: string;
  readonly marketStation: string;
  /** Where its people live, WGS-84, in millionths of a degree. */
  readonly centre: { readonly lonE6: number; readonly latE6: number };
}

export const YANGSHAN = '330922102';

export const TOWNSHIPS: readonly Township[] = [
  {
    code: '330922100',
    name: '菜园镇',
    share: 38,
    roads: ['海滨中路', '沙河路', '东海路', '望海路', '青沙村', '金平村'],
    port: '嵊泗中心渔港',
    squad: '县局直属中队',
    marketStation: '菜园市场监管所',
    centre: { lonE6: 122_451_500, latE6: 30_727_500 },
  },
  {
    code: '330922101',
    name: '嵊山镇',
    share: 17,
    roads: ['渔港路', '泗洲塘路', '箱子岙村', '壁下村'],
    port: '嵊山渔港',
    squad: '嵊山中队',
    marketStation: '嵊山市场监管所',
    centre: { lonE6: 122_819_000, latE6: 30_726_500 },
  },
  {
    code: YANGSHAN,
    name: '洋山镇',
    share: 15,
    roads: ['振洋路', '滨港路', '城东社区', '滩浒村'],
    port: '洋山渔港',
    squad: '洋山中队',
    marketStation: '洋山市场监管所',
    centre: { lonE6: 122_062_000, latE6: 30_642_000 },
  },
  {
    code: '330922200',
    name: '五龙乡',
    share: 9,
    roads: ['边礁村', '田岙村', '会城村'],
    port: '五龙渔港',
    squad: '五龙黄龙中队',
    marketStation: '菜园市场监管所',
    centre: { lonE6: 122_493_000, latE6: 30_718_000 },
  },
  {
    code: '330922201',
    name: '黄龙乡',
    share: 7,
    roads: ['峙岙村', '大岙村'],
    port: '黄龙渔港',
    squad: '五龙黄龙中队',
    marketStation: '菜园市场监管所',
    centre: { lonE6: 122_556_000, latE6: 30_670_000 },
  },
  {
    code: '330922202',
    name: '枸杞乡',
    share: 9,
    roads: ['里西村', '石浦村', '龙泉村', '奇观村'],
    port: '枸杞渔港',
    squad: '嵊山中队',
    marketStation: '嵊山市场监管所',
    centre: { lonE6: 122_768_000, latE6: 30_717_000 },
  },
  {
    code: '330922203',
    name: '花鸟乡',
    share: 5,
    roads: ['花鸟村', '灯塔村'],
    port: '花鸟渔港',
    squad: '嵊山中队',
    marketStation: '嵊山市场监管所',
    centre: { lonE6: 122_674_000, latE6: 30_852_000 },
  },
];

const BY_CODE: ReadonlyMap<string, Township> = new Map(
  TOWNSHIPS.map((township) => [township.code, township]),
);
const DRAWN: readonly Township[] = TOWNSHIPS.flatMap((township) =>
  new Array<Township>(township.share).fill(township),
);

/** @throws {RangeError} for a code that is no township of the county. */
export function townshipOf(code: string): Township {
  const township = BY_CODE.get(code);
  if (township === undefined) {
    throw new RangeError(
      `Cannot find a township: the code must be one of the county's seven, but is '${code}'`,
    );
  }
  return township;
}

/** One township, the populous ones more often. */
export function drawTownship(random: Random): Township {
  return random.pick(DRAWN);
}
