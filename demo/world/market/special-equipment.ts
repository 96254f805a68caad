import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { Organisation, SubjectPointer, World } from '../world.js';
import { ORGANISATION } from '../world-base.js';

/** A boiler, lift, crane and the like (特种设备), as it is registered and inspected. */
export interface SpecialEquipment {
  readonly index: number;
  /** 设备注册代码: kind, division, year and month of registration, running number; 20 digits, unique. */
  readonly code: string;
  readonly category:
    | 'BOILER'
    | 'PRESSURE_VESSEL'
    | 'LIFT'
    | 'CRANE'
    | 'FACTORY_VEHICLE'
    | 'AMUSEMENT'
    | 'PIPELINE';
  readonly name: string;
  /** A firm. */
  readonly user: SubjectPointer;
  readonly township: string;
  readonly inspectedOn: string;
  /** The last day of a month: labels say the month alone. Null once it is out of the register. */
  readonly nextInspection: string | null;
  readonly passed: boolean;
  readonly state: 'IN_USE' | 'OUT_OF_USE' | 'SCRAPPED' | 'CANCELLED';
}

interface Kind {
  readonly category: SpecialEquipment['category'];
  /** Code of the kind in the catalogue of special equipment. */
  readonly code: string;
  readonly name: string;
  /** Years from one inspection to the next. */
  readonly years: number;
}

const BOILER: Kind = { category: 'BOILER', code: '1120', name: '承压蒸汽锅炉', years: 1 };
const VESSEL: Kind = { category: 'PRESSURE_VESSEL', code: '2150', name: '储氨器', years: 3 };
const LIFT: Kind = { category: 'LIFT', code: '3110', name: '曳引驱动乘客电梯', years: 1 };
const CRANE: Kind = { category: 'CRANE', code: '4710', name: '门座起重机', years: 2 };
const FORKLIFT: Kind = { category: 'FACTORY_VEHICLE', code: '5110', name: '叉车', years: 1 };
const AMUSEMENT: Kind = { category: 'AMUSEMENT', code: '6500', name: '滑行车类游乐设施', years: 1 };
const PIPELINE: Kind = { category: 'PIPELINE', code: '8310', name: '工业管道', years: 3 };

/** What firms of a trade use, and how many of them use any: one in so many. */
const USED: ReadonlyMap<string, { readonly kinds: readonly Kind[]; readonly every: number }> = new Map([
  ['C1361', { kinds: [VESSEL, BOILER, FORKLIFT, PIPELINE], every: 1 }],
  ['C3735', { kinds: [CRANE, FORKLIFT, VESSEL], every: 1 }],
  ['G5511', { kinds: [CRANE, FORKLIFT], every: 1 }],
  ['N7869', { kinds: [AMUSEMENT, LIFT], every: 1 }],
  ['H6130', { kinds: [LIFT], every: 4 }],
  ['F5211', { kinds: [LIFT, FORKLIFT], every: 4 }],
]);
const MOST = 3;
/** In use and overdue, whatever the seed. */
const OVERDUE_LANDMARK = 1;

/** Every piece of special equipment, by firm. */
export function* specialEquipmentOf(world: World): Generator<SpecialEquipment> {
  let index = 0;
  for (const organisation of world.organisations) {
    const used = USED.get(organisation.industry);
    if (used === undefined || organisation.index % used.every !== 0) continue;
    const random = randomFor(world.seed, 'special-equipment', organisation.index);
    for (let left = random.int(1, MOST); left > 0; left -= 1) {
      yield makeEquipment(random, world.today, organisation, random.pick(used.kinds), index);
      index += 1;
    }
  }
}

function makeEquipment(
  random: Random,
  today: string,
  { index: firm, township, regState }: Organisation,
  { category, code, name, years }: Kind,
  index: number,
): SpecialEquipment {
  const landmark = index === OVERDUE_LANDMARK;
  const passed = random.int(0, 99) >= 4 || landmark;
  const drawn = drawState(random, regState === 'ACTIVE', passed);
  const state = landmark ? 'IN_USE' : drawn;
  const cycle = 365 * years;
  const overdue = random.chance(0.08) || landmark;
  const inspectedOn = addDays(today, overdue ? -cycle - random.int(40, 250) : -random.int(1, cycle - 10));
  const registered = addDays(inspectedOn, -random.int(0, 2500));
  const isGone = state === 'SCRAPPED' || state === 'CANCELLED';
  return {
    index,
    code: `${code}330922${registered.slice(0, 7).replace('-', '')}${String(index + 1).padStart(4, '0')}`,
    category,
    name,
    user: ORGANISATION(firm),
    township,
    inspectedOn,
    nextInspection: isGone ? null : lastOfMonth(addDays(inspectedOn, cycle)),
    passed,
    state,
  };
}

/** What failed is out of use, and so is all of a firm that is not in business. */
function drawState(random: Random, inBusiness: boolean, passed: boolean): SpecialEquipment['state'] {
  const hundredth = random.int(0, 99);
  if (hundredth < 4) return 'SCRAPPED';
  if (hundredth < 8 || (!inBusiness && hundredth < 50)) return 'CANCELLED';
  return hundredth < 14 || !inBusiness || !passed ? 'OUT_OF_USE' : 'IN_USE';
}

function lastOfMonth(day: string): string {
  const next = addDays(`${day.slice(0, 8)}01`, 31);
  return addDays(`${next.slice(0, 8)}01`, -1);
}
