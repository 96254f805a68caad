import { type Random, randomFor } from '../../random.js';
import { addDays, laterDay } from '../days.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { drawPlaceNear } from '../places.js';
import { townshipOf } from '../townships.js';
import type { Homestay } from '../world.js';
import type { HomestayPlan } from './plan-homestays.js';

const FIRST_WORDS = [
  ...['听海', '望海', '归渔', '枕浪', '海角', '离岛', '贻贝', '灯塔', '蓝湾', '半山', '石屋', '浮光', '不晚'],
  ...['初见', '拾贝', '山海', '潮生', '云舍', '东崖', '㟙头'],
];
const LAST_WORDS = ['民宿', '海景民宿', '渔家民宿', '小院', '客栈', '小筑', '别院', '之家'];
const SIGNS = ['🌊', '🏡', '🐚', '⛵'];
const LEVELS = ['白金宿', '金宿', '银宿', '银宿'] as const;
/** 特种行业许可证 of homestays. */
const PERMIT_YEARS = 3;
const FIRST_OPENED = '2012-05-01';

/** A homestay and its permit, which has the given place among the licences. */
export function makeHomestay(
  seed: number,
  today: string,
  plan: HomestayPlan,
  { index, licence, established }: { index: number; licence: number; established: string | null },
): { readonly homestay: Homestay; readonly permit: LicenceDraft } {
  const random = randomFor(seed, 'homestay', index);
  const notBefore = laterDay(established ?? FIRST_OPENED, FIRST_OPENED);
  const term = drawTerm(random, today, PERMIT_YEARS, plan.permit === 'EXPIRED', notBefore);
  const opened = addDays(term.validFrom, -random.int(0, 1500));
  const township = townshipOf(plan.township);
  const name = drawName(random, index, township.name);
  const rooms = random.int(3, 15);
  const permitNumber = `嵊特行民宿〔${term.validFrom.slice(0, 4)}〕第${String(index + 1).padStart(5, '0')}号`;
  const homestay: Homestay = {
    index,
    name,
    operator: plan.operator,
    township: plan.township,
    address: `浙江省舟山市嵊泗县${township.name}${random.pick(township.roads)}${random.int(2, 399)}号`,
    rooms,
    beds: rooms + random.int(0, rooms),
    level: random.chance(0.25) ? random.pick(LEVELS) : null,
    openedOn: laterDay(opened, notBefore),
    permitNumber,
    licence,
    closed: plan.permit === 'CANCELLED',
    ...drawPlaceNear(random, township, 8_000),
  };
  const permit: LicenceDraft = {
    department: 'CULTURE',
    type: 'HOMESTAY_PERMIT',
    number: permitNumber,
    holder: plan.operator,
    ...term,
    state: plan.permit === 'CANCELLED' ? 'CANCELLED' : 'VALID',
    township: plan.township,
    siteName: name,
  };
  return { homestay, permit };
}

/** The first three hold what tables spoil, whatever the seed: brackets, an emoji, a character outside GBK. */
function drawName(random: Random, index: number, township: string): string {
  const first = index === 2 ? '㟙头' : random.pick(FIRST_WORDS);
  const last = random.pick(LAST_WORDS);
  const hundredth = random.int(0, 99);
  const sign = random.pick(SIGNS);
  if (index === 0 || (index > 2 && hundredth < 15)) return `「${first}」${last}`;
  if (index === 1 || (index > 2 && hundredth < 25)) return `${first}${last}${sign}`;
  if (index > 2 && hundredth < 40) return `${township.slice(0, 2)}·${first}${last}`;
  return `${first}${last}`;
}
