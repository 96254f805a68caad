import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import { townshipOf } from '../townships.js';
import type { SubjectPointer, World } from '../world.js';
import { ORGANISATION, PERSON } from '../world-base.js';

/** A land parcel (宗地) and whose it is. */
export interface Parcel {
  readonly index: number;
  /** 宗地代码, 19 characters; the unit number (不动产单元号) of 28 begins with it. */
  readonly parcelCode: string;
  readonly unitNumber: string;
  /** One to three, each once. */
  readonly owners: readonly SubjectPointer[];
  /** GB/T 21010: `0601`. */
  readonly landUse: string;
  /** Square metres, two decimals. */
  readonly areaSqm: string;
  readonly township: string;
  readonly address: string;
  readonly from: string;
  /** Null: without end. */
  readonly to: string | null;
}

const USES = ['0601', '0501', '0504', '1104', '0602'] as const;
const HOMESTEAD = '0702';

/** Of firms every third has one; of people every sixth a house of its own. */
export function parcelsOf(world: World): readonly Parcel[] {
  const firms = world.organisations.filter(({ index, uscc }) => index % 3 === 1 && uscc !== null);
  const people = world.persons.filter(({ index }) => index % 6 === 2);
  return [
    ...firms.map(({ index, township, address, established }, place) => {
      const random = randomFor(world.seed, 'parcel', index);
      return makeParcel(random, world, place, {
        owner: ORGANISATION(index),
        landUse: random.pick(USES),
        type: 'GB',
        township,
        address,
        from: established,
      });
    }),
    ...people.map(({ index, township }, place) => {
      const random = randomFor(world.seed, 'homestead', index);
      return makeParcel(random, world, firms.length + place, {
        owner: PERSON(index),
        landUse: HOMESTEAD,
        type: 'JC',
        township,
        address: `嵊泗县${townshipOf(township).name}农村宅基地`,
        from: addDays(world.today, -random.int(400, 9000)),
      });
    }),
  ];
}

interface Plot {
  readonly owner: SubjectPointer;
  readonly landUse: string;
  /** 国有建设用地 or 宅基地使用权, as it stands in the code. */
  readonly type: 'GB' | 'JC';
  readonly township: string;
  readonly address: string;
  readonly from: string;
}

function makeParcel(random: Random, world: World, index: number, plot: Plot): Parcel {
  const { landUse, township, address, from, type } = plot;
  const parcelCode = `${township}001${type}${String(index + 1).padStart(5, '0')}`;
  const isHouse = type === 'JC';
  return {
    index,
    parcelCode,
    unitNumber: `${parcelCode}${isHouse ? 'F00010001' : 'W00000000'}`,
    owners: ownersOf(random, world, plot.owner, index),
    landUse,
    areaSqm: `${isHouse ? random.int(60, 250) : random.int(200, 40_000)}.${random.digits(2)}`,
    township,
    address,
    from,
    to: isHouse ? null : addDays(from, 365 * 50),
  };
}

/** Every fourth parcel is shared: by two, or three; firms and people together, in the order of the certificate. */
function ownersOf(
  random: Random,
  world: World,
  first: SubjectPointer,
  index: number,
): readonly SubjectPointer[] {
  if (index % 4 !== 1) return [first];
  const person = PERSON(random.int(0, world.persons.length - 1));
  const firm = ORGANISATION(random.int(0, 2));
  const others = index % 8 === 1 ? [person] : [firm, person];
  const owners = random.shuffle([first, ...others]);
  const seen = new Set<string>();
  return owners.filter(({ kind, index: of }) => !seen.has(`${kind}${of}`) && seen.add(`${kind}${of}`));
}
