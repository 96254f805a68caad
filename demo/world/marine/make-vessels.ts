import { type Random, randomFor } from '../../random.js';
import { dayNumber, isoDay } from '../days.js';
import { drawTownship, townshipOf } from '../townships.js';
import type { SubjectPointer, Vessel } from '../world.js';

/** Former names of converted vessels: eight numbers for each type but the first. */
const FIRST_FORMER = 90_060;
const FORMER_PER_TYPE = 8;
/** Numbers above those of the landmarks. */
const FIRST_NUMBER = 90_100;
const NUMBERS = 99_999 - FIRST_NUMBER + 1;
/** Shares no factor with NUMBERS. */
const STRIDE = 4_801;
const LAST_BUILT = dayNumber('2022-12-31');

interface VesselType {
  readonly word: string;
  readonly share: number;
  readonly modes: readonly string[];
}

const TYPES: readonly VesselType[] = [
  { word: '渔', share: 66, modes: ['拖网', '刺网', '围网', '张网', '钓业', '笼壶', '杂渔具'] },
  { word: '渔养', share: 10, modes: ['养殖'] },
  { word: '渔运', share: 8, modes: ['运输'] },
  { word: '渔冷', share: 6, modes: ['冷藏运输'] },
  { word: '渔休', share: 6, modes: ['休闲垂钓'] },
  { word: '渔加', share: 4, modes: ['加工'] },
];
const DRAWN: readonly VesselType[] = TYPES.flatMap((type) => new Array<VesselType>(type.share).fill(type));

/** Vessels that every size and seed holds. */
export const HAIYAN_VESSEL = 0;
/** The elder of two vessels of one name, and the younger, which took it over. */
const ELDER_NAMESAKE = 3;
const YOUNGER_NAMESAKE = 4;
const PARTNERSHIP = 5;
const RENAMED = 6;
/** Vessels of two other firms that owe fines: candidates for a joint check, and two that just miss it. */
export const CANDIDATES: ReadonlyMap<number, number> = new Map([
  [7, 10],
  [8, 11],
  [9, 10],
  [10, 11],
]);
const LAST_LANDMARK = 10;

/** Those who may own a vessel. */
interface OwnerPools {
  /** Indexes of organisations in fishing, farming and carrying. */
  readonly organisations: readonly number[];
  readonly persons: number;
}

export function makeVessels(seed: number, count: number, owners: OwnerPools): readonly Vessel[] {
  const builtInMonth = new Map<string, number>();
  const drawnOfType = new Map<string, number>();
  return Array.from({ length: count }, (_, index): Vessel => {
    const random = randomFor(seed, 'vessel', index);
    const type = index <= LAST_LANDMARK ? (TYPES[0] ?? random.pick(DRAWN)) : drawType(random, drawnOfType);
    const built = index === HAIYAN_VESSEL ? '2008-06-18' : drawBuilt(random, index);
    const township = index === HAIYAN_VESSEL ? '330922101' : drawTownship(random).code;
    const small = type.word === '渔养' || type.word === '渔休';
    return {
      index,
      vesselCode: vesselCode(built, index, builtInMonth),
      ...vesselNames(random, index, type.word, drawnOfType),
      typeWord: type.word,
      mmsi: `4129${String(index).padStart(5, '0')}`,
      beidouId: random.chance(0.2) ? null : String(400_000 + index),
      township,
      homePort: townshipOf(township).port,
      lengthM: `${small ? random.int(8, 17) : random.int(18, 46)}.${random.digits(2)}`,
      powerKw: `${small ? random.int(20, 120) : random.int(121, 480)}.${random.int(0, 9)}`,
      grossTon: String(small ? random.int(6, 40) : random.int(60, 420)),
      hull: small ? random.pick(['玻璃钢', '木'] as const) : random.pick(['钢', '钢', '钢', '木'] as const),
      operatingMode: random.pick(type.modes),
      built,
      owners: drawOwners(random, index, owners),
    };
  });
}

function drawType(random: Random, drawnOfType: ReadonlyMap<string, number>): VesselType {
  for (;;) {
    const type = random.pick(DRAWN);
    if ((drawnOfType.get(type.word) ?? 0) < NUMBERS) return type;
  }
}

function drawBuilt(random: Random, index: number): string {
  if (index === ELDER_NAMESAKE) return '1996-03-11';
  if (index === YOUNGER_NAMESAKE) return '2019-09-02';
  return isoDay(random.int(dayNumber('1988-01-01'), LAST_BUILT));
}

/** Division, month in which it was built, running number of the month. */
function vesselCode(built: string, index: number, builtInMonth: Map<string, number>): string {
  const month = built.slice(0, 7).replace('-', '');
  if (index === HAIYAN_VESSEL) return '3309222008060012';
  const serial = (builtInMonth.get(month) ?? 0) + 1;
  builtInMonth.set(month, serial);
  // 0012 of that month is a landmark's.
  const number = month === '200806' && serial >= 12 ? serial + 1 : serial;
  return `330922${month}${String(number).padStart(4, '0')}`;
}

function vesselNames(
  random: Random,
  index: number,
  type: string,
  drawnOfType: Map<string, number>,
): Pick<Vessel, 'name' | 'formerNames'> {
  switch (index) {
    case HAIYAN_VESSEL:
      return { name: '浙嵊渔90007', formerNames: [] };
    case ELDER_NAMESAKE:
    case YOUNGER_NAMESAKE:
      return { name: '浙嵊渔90031', formerNames: [] };
    case RENAMED:
      return { name: '浙嵊渔90056', formerNames: ['浙嵊渔90055'] };
    default: {
      const rank = drawnOfType.get(type) ?? 0;
      drawnOfType.set(type, rank + 1);
      const number = FIRST_NUMBER + ((rank * STRIDE) % NUMBERS);
      const name = `浙嵊${type}${number}`;
      // Converted from catching, and renamed with it.
      const converted = type !== '渔' && rank < FORMER_PER_TYPE && random.chance(0.4);
      return { name, formerNames: converted ? [`浙嵊渔${formerNumber(type, rank)}`] : [] };
    }
  }
}

/** Of the range between the landmarks' numbers and everybody else's, so that no other vessel ever bore it. */
function formerNumber(type: string, rank: number): number {
  const place = TYPES.findIndex(({ word }) => word === type) - 1;
  return FIRST_FORMER + place * FORMER_PER_TYPE + rank;
}

/** Mostly one owner; partnerships hold shares of six, as is usual in the county. */
function drawOwners(random: Random, index: number, pools: OwnerPools): Vessel['owners'] {
  const person = (): SubjectPointer => ({ kind: 'person', index: random.int(0, pools.persons - 1) });
  const organisation = (): SubjectPointer => ({
    kind: 'organisation',
    index: random.pick(pools.organisations),
  });
  if (index === HAIYAN_VESSEL) return [{ subject: { kind: 'organisation', index: 0 }, share: '1' }];
  const firm = CANDIDATES.get(index);
  if (firm !== undefined) return [{ subject: { kind: 'organisation', index: firm }, share: '1' }];
  // The two people of one name own one vessel each.
  if (index === 1 || index === 2) return [{ subject: { kind: 'person', index }, share: '1' }];
  const kind = index === PARTNERSHIP ? 99 : random.int(0, 99);
  if (kind < 58) return [{ subject: organisation(), share: '1' }];
  if (kind < 82) return [{ subject: person(), share: '1' }];
  const partners = distinct(
    kind === 99 ? [organisation(), person(), person()] : [person(), person(), person()],
  );
  const shares = SHARES[partners.length - 1] ?? ['1'];
  return partners.map((subject, place) => ({ subject, share: shares[place] ?? '1' }));
}

const SHARES: readonly (readonly string[])[] = [['1'], ['1/2', '1/2'], ['1/2', '1/3', '1/6']];

function distinct(pointers: readonly SubjectPointer[]): readonly SubjectPointer[] {
  return pointers.filter(
    (pointer, place) =>
      pointers.findIndex((other) => other.kind === pointer.kind && other.index === pointer.index) === place,
  );
}
