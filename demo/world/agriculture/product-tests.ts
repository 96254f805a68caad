import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { SubjectPointer, World } from '../world.js';
import { ORGANISATION, PERSON } from '../world-base.js';

/** One substance looked for in one sample of produce. */
export interface ProductTest {
  readonly index: number;
  /** 抽样编号, unique. */
  readonly sampleNo: string;
  readonly sampledOn: string;
  readonly reportedOn: string;
  readonly reportNo: string;
  readonly product: string;
  readonly category: '水产品' | '蔬菜' | '水果';
  /** A farm, or as often a person. */
  readonly producer: SubjectPointer;
  readonly item: string;
  /** Milligrams per kilogram, four decimals; null: not detected. */
  readonly measured: string | null;
  /** Below so much the laboratory detects nothing. */
  readonly detectionLimit: string;
  /** The most that may be in it. */
  readonly limit: string;
  readonly passed: boolean;
  readonly township: string;
}

interface Substance {
  readonly item: string;
  /** In ten-thousandths of a milligram per kilogram. */
  readonly limit: number;
  readonly detected: number;
}

interface Produce {
  readonly category: ProductTest['category'];
  readonly products: readonly string[];
  readonly substances: readonly Substance[];
}

const PRODUCE: readonly Produce[] = [
  {
    category: '水产品',
    products: ['贻贝', '梭子蟹', '大黄鱼', '紫菜'],
    substances: [
      { item: '镉', limit: 20_000, detected: 50 },
      { item: '恩诺沙星', limit: 1000, detected: 10 },
    ],
  },
  {
    category: '蔬菜',
    products: ['小白菜', '萝卜', '豇豆'],
    substances: [
      { item: '毒死蜱', limit: 200, detected: 100 },
      { item: '铅', limit: 3000, detected: 20 },
    ],
  },
  {
    category: '水果',
    products: ['杨梅', '柑橘'],
    substances: [{ item: '多菌灵', limit: 50_000, detected: 100 }],
  },
];
const INSPECTIONS_PER_TEST = 20;
const FEWEST = 24;
const FARMS: ReadonlySet<string> = new Set(['A0411', 'C1361', 'A0412']);

/** 农产品质量安全抽检 of the last two years. */
export function productTestsOf(world: World): readonly ProductTest[] {
  const count = Math.max(FEWEST, Math.ceil([...world.inspections].length / INSPECTIONS_PER_TEST));
  const farms = world.organisations.filter(
    ({ industry, regState }) => regState === 'ACTIVE' && FARMS.has(industry),
  );
  return Array.from({ length: count }, (_, index) => makeTest(world, farms, index));
}

function makeTest(world: World, farms: World['organisations'], index: number): ProductTest {
  const random = randomFor(world.seed, 'product-test', index);
  const produce = random.pick(PRODUCE);
  const { item, limit, detected } = random.pick(produce.substances);
  const measured = drawMeasured(random, limit, detected, index);
  const sampledOn = addDays(world.today, -random.int(20, 730));
  const producer =
    index % 2 === 0
      ? ORGANISATION(random.pick(farms).index)
      : PERSON(random.int(0, world.persons.length - 1));
  return {
    index,
    sampleNo: `NC${sampledOn.slice(0, 4)}${String(index + 1).padStart(5, '0')}`,
    sampledOn,
    reportedOn: addDays(sampledOn, random.int(5, 15)),
    reportNo: `（${sampledOn.slice(0, 4)}）农检字第${String(index + 1).padStart(5, '0')}号`,
    product: random.pick(produce.products),
    category: produce.category,
    producer,
    item,
    measured: measured === null ? null : content(measured),
    detectionLimit: content(detected),
    limit: content(limit),
    passed: measured === null || measured <= limit,
    township: townshipOf(world, producer),
  };
}

/** Half of them nothing; now and then too much, and so the third whatever the seed. */
function drawMeasured(random: Random, limit: number, detected: number, index: number): number | null {
  const tooMuch = index === 2 || random.chance(0.06);
  if (tooMuch) return limit + random.int(1, limit);
  return index % 2 === 1 && random.chance(0.9) ? null : random.int(detected, limit);
}

function content(tenThousandths: number): string {
  return (tenThousandths / 10_000).toFixed(4);
}

function townshipOf({ organisations, persons }: World, { kind, index }: SubjectPointer): string {
  return (kind === 'organisation' ? organisations[index] : persons[index])?.township ?? '330922100';
}
