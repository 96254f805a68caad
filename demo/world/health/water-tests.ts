import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import { LODGING } from '../market/industries.js';
import type { SubjectPointer, World } from '../world.js';
import { ORGANISATION } from '../world-base.js';

/** An indicator of GB 5749-2022. */
export interface WaterIndicator {
  readonly name: string;
  /** How it is measured; colonies are counted in a volume, which is no concentration. */
  readonly unit: 'mg/L' | 'CFU/mL' | 'MPN/100mL';
  /** In that unit; null: none may be there at all (不得检出). */
  readonly limit: string | null;
  /** Ten-thousandths of the unit: the limit, and below which the laboratory finds nothing. */
  readonly most: number;
  readonly least: number;
}

/** One indicator of one sample of drinking water. */
export interface WaterTest {
  /** Unique over the county: sample, and place among its indicators. */
  readonly sampleNo: string;
  readonly place: number;
  /** Who supplies the water: a firm, or whoever runs a guest house. */
  readonly supplier: SubjectPointer;
  readonly point: string;
  readonly pointKind: 'FINISHED' | 'TAP' | 'SECONDARY';
  readonly sampledOn: string;
  readonly reportedOn: string;
  readonly indicator: WaterIndicator;
  /** In the indicator's unit, four decimals for concentrations, whole for counts; null: not detected. */
  readonly value: string | null;
  readonly passed: boolean;
  readonly township: string;
}

const concentration = (name: string, limit: string, least: number): WaterIndicator => ({
  name,
  unit: 'mg/L',
  limit,
  most: Math.round(Number(limit) * 10_000),
  least,
});

const ARSENIC = concentration('砷', '0.01', 10);

const INDICATORS: readonly WaterIndicator[] = [
  ARSENIC,
  concentration('铅', '0.01', 5),
  concentration('镉', '0.005', 5),
  concentration('氟化物', '1.0', 500),
  concentration('硝酸盐（以N计）', '10', 800),
  concentration('三氯甲烷', '0.06', 2),
  concentration('高锰酸盐指数（以O₂计）', '3', 5000),
  concentration('铁', '0.3', 100),
  { name: '菌落总数', unit: 'CFU/mL', limit: '100', most: 1_000_000, least: 10_000 },
  { name: '总大肠菌群', unit: 'MPN/100mL', limit: null, most: 0, least: 20_000 },
];

/** Firms of this trade make their own water out of the sea. */
const DESALINATING = 'C1361';
/** Of so many lodgings, and of so many guest houses, one has a tank of its own. */
const LODGINGS_EVERY = 4;
const HOMESTAYS_EVERY = 3;
/** Supplies whatever the seed, and once beyond the limit. */
const LANDMARK = 1;

interface Supply {
  readonly supplier: SubjectPointer;
  readonly township: string;
  readonly points: readonly Pick<WaterTest, 'point' | 'pointKind'>[];
}

const WORKS: Supply['points'] = [
  { point: '海水淡化站出厂水', pointKind: 'FINISHED' },
  { point: '食堂龙头水', pointKind: 'TAP' },
];
const TANK: Supply['points'] = [{ point: '屋顶水箱', pointKind: 'SECONDARY' }];

/** 生活饮用水水质监测 of whoever supplies water, twice in the last year; by sample and indicator. */
export function* waterTestsOf(world: World): Generator<WaterTest> {
  let samples = 0;
  for (const supply of suppliesOf(world)) {
    for (const [round, { point, pointKind }] of [...supply.points, ...supply.points].entries()) {
      samples += 1;
      const random = randomFor(world.seed, 'water-sample', samples);
      const isFirst = round < supply.points.length;
      const sampledOn = addDays(world.today, -(isFirst ? random.int(190, 360) : random.int(12, 180)));
      const reportedOn = addDays(sampledOn, random.int(4, 9));
      const sampleNo = `SZ${sampledOn.slice(0, 4)}${String(samples).padStart(6, '0')}`;
      const exceeds = isLandmark(supply.supplier) && round === 0;
      const chosen = random.shuffle(INDICATORS).slice(0, random.int(3, 5));
      const indicators = exceeds ? [ARSENIC, ...chosen.filter((each) => each !== ARSENIC)] : chosen;
      for (const [place, indicator] of indicators.entries()) {
        yield {
          ...{
            sampleNo,
            place,
            supplier: supply.supplier,
            point,
            pointKind,
            sampledOn,
            reportedOn,
            indicator,
          },
          ...(exceeds && place === 0 ? beyond(indicator) : measure(random, indicator)),
          township: supply.township,
        };
      }
    }
  }
}

function isLandmark({ kind, index }: SubjectPointer): boolean {
  return kind === 'organisation' && index === LANDMARK;
}

function suppliesOf({ organisations, homestays }: World): readonly Supply[] {
  const firms = organisations.flatMap(({ index, industry, regState, township, uscc }): readonly Supply[] => {
    const hasWorks = industry === DESALINATING || index === LANDMARK;
    const hasTank = industry === LODGING && index % LODGINGS_EVERY === 1;
    if (regState !== 'ACTIVE' || uscc === null || (!hasWorks && !hasTank)) return [];
    return [{ supplier: ORGANISATION(index), township, points: hasWorks ? WORKS : TANK }];
  });
  const houses = homestays
    .filter(
      ({ index, operator, closed }) => !closed && operator.kind === 'person' && index % HOMESTAYS_EVERY === 0,
    )
    .map(({ operator, township }): Supply => ({ supplier: operator, township, points: TANK }));
  return [...firms, ...houses];
}

function beyond(indicator: WaterIndicator): Pick<WaterTest, 'value' | 'passed'> {
  return { value: textOf(indicator.most * 2, indicator), passed: false };
}

/** A third finds nothing; one in twenty is beyond the limit. */
function measure(random: Random, indicator: WaterIndicator): Pick<WaterTest, 'value' | 'passed'> {
  const { most, least } = indicator;
  const isBeyond = random.chance(0.05);
  if (isBeyond) {
    const found = Math.max(most, least) + random.int(1, Math.max(most, least));
    return { value: textOf(found, indicator), passed: false };
  }
  if (most === 0 || random.chance(0.33)) return { value: null, passed: true };
  return { value: textOf(random.int(least, most), indicator), passed: true };
}

/** Counts are whole, and rounded up so that what is beyond the limit stays so. */
function textOf(tenThousandths: number, { unit }: WaterIndicator): string {
  return unit === 'mg/L' ? (tenThousandths / 10_000).toFixed(4) : String(Math.ceil(tenThousandths / 10_000));
}
