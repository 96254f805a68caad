import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { Organisation, SubjectPointer, World } from '../world.js';
import { ORGANISATION } from '../world-base.js';

/** One sample that market regulation had tested (监督抽检). */
export interface Sampling {
  readonly index: number;
  /** 抽样单编号, unique. */
  readonly number: string;
  readonly product: string;
  readonly category: string;
  /** Day of production or number of the batch, as printed. */
  readonly batch: string;
  readonly sampledOn: string;
  readonly publishedOn: string;
  /** A firm of the county; null: one from elsewhere, of which the label has the name alone. */
  readonly producer: SubjectPointer | null;
  readonly producerName: string;
  /** Where it was taken: a firm, often the producer itself. */
  readonly place: SubjectPointer;
  readonly township: string;
  /** What was above its limit; null: nothing. */
  readonly failure: SamplingFailure | null;
}

interface SamplingFailure {
  readonly item: string;
  /** Both in `unit`. */
  readonly measured: string;
  readonly limit: string;
  readonly unit: 'mg/kg' | 'μg/kg' | 'CFU/g';
}

interface Item {
  readonly item: string;
  readonly unit: SamplingFailure['unit'];
  readonly limit: string;
}

interface Goods {
  readonly category: string;
  readonly products: readonly string[];
  readonly items: readonly Item[];
  /** Trades of the county that make it; the rest comes from elsewhere. */
  readonly madeBy: string;
  readonly soldBy: readonly string[];
}

const PROCESSING = 'C1361';
const CATERING = 'H6210';
const SHOP = 'F5211';

const GOODS: readonly Goods[] = [
  {
    category: '水产制品',
    products: ['干制贻贝', '鱼片干', '醉泥螺', '虾皮', '即食海蜇'],
    items: [
      { item: '镉（以Cd计）', unit: 'mg/kg', limit: '0.1' },
      { item: 'N-二甲基亚硝胺', unit: 'μg/kg', limit: '4.0' },
      { item: '菌落总数', unit: 'CFU/g', limit: '30000' },
    ],
    madeBy: PROCESSING,
    soldBy: [SHOP, PROCESSING],
  },
  {
    category: '餐饮食品',
    products: ['油条（自制）', '发糕（自制）', '海蜇丝（自制）'],
    items: [{ item: '铝的残留量（干样品，以Al计）', unit: 'mg/kg', limit: '100' }],
    madeBy: CATERING,
    soldBy: [CATERING],
  },
  {
    category: '食用农产品',
    products: ['黄鱼', '梭子蟹', '豇豆', '生姜'],
    items: [
      { item: '恩诺沙星', unit: 'μg/kg', limit: '100' },
      { item: '噻虫胺', unit: 'mg/kg', limit: '0.2' },
    ],
    madeBy: '',
    soldBy: [SHOP, CATERING],
  },
];
const ELSEWHERE = ['舟山市普陀区海味食品厂', '宁波象山东极水产有限公司', '上海浦东鲜达食品有限公司'];
const FEWEST = 36;
const ORGANISATIONS_PER_SAMPLE = 3;
/** Whatever the seed these failed: one of each unit, at a producer of the county or whoever sold it. */
const FAILED = new Set([2, 5, 8, 11]);

/** Samples of the last two years. */
export function samplingsOf(world: World): readonly Sampling[] {
  const count = Math.max(FEWEST, Math.ceil(world.organisations.length / ORGANISATIONS_PER_SAMPLE));
  const active = world.organisations.filter(({ regState }) => regState === 'ACTIVE');
  const byTrade = new Map<string, readonly Organisation[]>();
  for (const { madeBy, soldBy } of GOODS) {
    for (const trade of [madeBy, ...soldBy]) {
      const firms = active.filter(({ industry }) => industry === trade);
      byTrade.set(trade, firms);
    }
  }
  return Array.from({ length: count }, (_, index) => makeSampling(world, byTrade, active, index));
}

function makeSampling(
  world: World,
  byTrade: ReadonlyMap<string, readonly Organisation[]>,
  active: readonly Organisation[],
  index: number,
): Sampling {
  const random = randomFor(world.seed, 'market-sampling', index);
  // The landmarks are of goods that the county makes.
  const goods = FAILED.has(index) ? (GOODS[0] ?? random.pick(GOODS)) : random.pick(GOODS);
  const makers = byTrade.get(goods.madeBy) ?? [];
  const local = makers.length > 0 && (FAILED.has(index) || random.chance(0.7));
  const maker = local ? random.pick(makers) : null;
  const sellers = goods.soldBy.flatMap((trade) => byTrade.get(trade) ?? []);
  const seller = random.pick(sellers.length > 0 ? sellers : active);
  // What is made in a kitchen is taken there.
  const place = maker !== null && (goods.madeBy === CATERING || random.chance(0.3)) ? maker : seller;
  const sampledOn = addDays(world.today, -random.int(40, 730));
  const failed = FAILED.has(index) || random.chance(0.06);
  const item = goods.items[FAILED.has(index) ? Math.floor(index / 3) % goods.items.length : 0];
  return {
    index,
    number: `XBJ${sampledOn.slice(2, 4)}330922${String(340_000 + index).padStart(9, '0')}ZX`,
    product: random.pick(goods.products),
    category: goods.category,
    batch: addDays(sampledOn, -random.int(2, 90)),
    sampledOn,
    publishedOn: addDays(sampledOn, random.int(20, 39)),
    producer: maker === null ? null : ORGANISATION(maker.index),
    producerName: maker?.name ?? random.pick(ELSEWHERE),
    place: ORGANISATION(place.index),
    township: place.township,
    failure: failed
      ? fail(random, FAILED.has(index) && item !== undefined ? item : random.pick(goods.items))
      : null,
  };
}

/** Above the limit by up to three times of it, with a digit more than the limit has. */
function fail(random: Random, { item, unit, limit }: Item): SamplingFailure {
  const digits = (limit.split('.')[1]?.length ?? 0) + (unit === 'CFU/g' ? 0 : 1);
  const measured = (Number(limit) * (100 + random.int(12, 300))) / 100;
  return { item, unit, limit, measured: measured.toFixed(digits) };
}
