import { randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { Organisation, SubjectPointer, World } from '../world.js';
import { ORGANISATION } from '../world-base.js';

/** 职业病危害项目申报: what an employer declared. */
export interface HazardDeclaration {
  readonly index: number;
  /** 申报编号, unique. */
  readonly number: string;
  /** An organisation. */
  readonly employer: SubjectPointer;
  readonly declaredOn: string;
  /** As the catalogue of hazards names them, each once. */
  readonly factors: readonly string[];
  readonly workers: number;
  /** How many of the workers are exposed; none where everything is enclosed. */
  readonly exposed: number;
  /** 较重 was given up with the catalogue of 2021. */
  readonly risk: 'SERIOUS' | 'MODERATE' | 'GENERAL';
  readonly township: string;
}

/** The catalogue of risks of 2021 knows 严重 and 一般 alone. */
const TWO_RISKS_SINCE = '2021-03-12';
const DAYS_BETWEEN = 800;
/** Declares whatever the seed. */
const LANDMARK = 1;

interface Trade {
  readonly share: number;
  readonly serious: readonly string[];
  readonly general: readonly string[];
}

const SHIPYARD: Trade = {
  share: 0.95,
  serious: ['电焊烟尘', '苯', '锰及其化合物'],
  general: ['噪声', '高温', '紫外辐射'],
};
const TRADES: ReadonlyMap<string, Trade> = new Map([
  ['C3735', SHIPYARD],
  ['C1361', { share: 0.8, serious: ['氨'], general: ['噪声', '低温', '工频电场'] }],
  ['G5511', { share: 0.3, serious: ['矽尘'], general: ['噪声', '高温'] }],
]);

/** By employer, and of one from the oldest on. */
export function hazardDeclarationsOf(world: World): readonly HazardDeclaration[] {
  return world.organisations
    .flatMap((organisation) => declarationsOf(world, organisation))
    .map((draft, index) => ({
      index,
      number: `ZYB${draft.declaredOn.slice(0, 4)}330922${String(index + 1).padStart(5, '0')}`,
      ...draft,
    }));
}

type Draft = Omit<HazardDeclaration, 'index' | 'number'>;

function declarationsOf({ seed, today }: World, organisation: Organisation): readonly Draft[] {
  const { index, industry, regState, uscc, township, established } = organisation;
  const random = randomFor(seed, 'occupational-hazards', index);
  const trade = TRADES.get(industry) ?? (index === LANDMARK ? SHIPYARD : undefined);
  if (trade === undefined || regState !== 'ACTIVE' || uscc === null) return [];
  if (!random.chance(trade.share) && index !== LANDMARK) return [];
  const workers = random.int(6, 220);
  const last = random.int(10, 600);
  const drafts = Array.from({ length: random.int(1, 3) }, (_, age): Draft => {
    const isSerious = random.chance(0.5);
    const declaredOn = addDays(today, -last - age * DAYS_BETWEEN);
    const dangerous = isSerious ? random.shuffle(trade.serious).slice(0, random.int(1, 2)) : [];
    const others = random.shuffle(trade.general).slice(0, random.int(1, 2));
    return {
      employer: ORGANISATION(index),
      declaredOn,
      factors: [...dangerous, ...others],
      workers,
      exposed: random.chance(0.08) ? 0 : random.int(1, workers),
      risk: riskOf(isSerious, declaredOn),
      township,
    };
  });
  return drafts.filter(({ declaredOn }) => declaredOn >= established).reverse();
}

function riskOf(isSerious: boolean, declaredOn: string): HazardDeclaration['risk'] {
  if (isSerious) return 'SERIOUS';
  return declaredOn < TWO_RISKS_SINCE ? 'MODERATE' : 'GENERAL';
}
