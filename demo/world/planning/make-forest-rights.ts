import { type Random, randomFor } from '../../random.js';
import { addDays, laterDay } from '../days.js';
import { townshipOf } from '../townships.js';
import type { SubjectPointer, World } from '../world.js';
import { ORGANISATION, PERSON } from '../world-base.js';

/** A forest right (林权) and whose it is. */
export interface ForestRight {
  readonly index: number;
  /** 林权证号, unique. */
  readonly number: string;
  /** One to three, in the order of the certificate, each once; null: the village's collective, which no register knows. */
  readonly holders: readonly (SubjectPointer | null)[];
  readonly collective: string;
  /** Square metres, two decimals. */
  readonly areaSqm: string;
  readonly township: string;
  readonly place: string;
  /** Compartment (林班) and sub-compartment (小班): `12-3`. */
  readonly compartment: string;
  /** One to three, each once. */
  readonly species: readonly string[];
  readonly forestKind: 'PROTECTION' | 'TIMBER' | 'ECONOMIC' | 'ENERGY' | 'SPECIAL';
  readonly from: string;
  /** Null: without end. */
  readonly to: string | null;
}

/** Of so many firms one holds woods, and of so many people. */
const FIRMS_EVERY = 7;
const FIRMS_PLACE = 3;
const PEOPLE_EVERY = 8;
const PEOPLE_PLACE = 5;
const YEARS = [30, 50, 70] as const;

const WOODS: readonly { readonly kind: ForestRight['forestKind']; readonly species: readonly string[] }[] = [
  { kind: 'PROTECTION', species: ['黑松', '木麻黄', '日本扁柏', '香樟'] },
  { kind: 'PROTECTION', species: ['黑松', '枫香', '普陀樟'] },
  { kind: 'TIMBER', species: ['杉木', '马尾松'] },
  { kind: 'ECONOMIC', species: ['杨梅', '柑橘', '茶'] },
  { kind: 'ENERGY', species: ['栎类', '杂木'] },
  { kind: 'SPECIAL', species: ['全缘冬青', '舟山新木姜子'] },
];

/** Of firms with a credit code first, then of people. */
export function forestRightsOf(world: World): readonly ForestRight[] {
  const firms = world.organisations
    .filter(({ index, uscc }) => index % FIRMS_EVERY === FIRMS_PLACE && uscc !== null)
    .map(({ index, township, established }) => ({
      holder: ORGANISATION(index),
      township,
      notBefore: established,
    }));
  const people = world.persons
    .filter(({ index }) => index % PEOPLE_EVERY === PEOPLE_PLACE)
    .map(({ index, township }) => ({ holder: PERSON(index), township, notBefore: '1984-01-01' }));
  return [...firms, ...people].map((first, index) => makeRight(world, first, index));
}

interface First {
  readonly holder: SubjectPointer;
  readonly township: string;
  readonly notBefore: string;
}

function makeRight(world: World, { holder, township, notBefore }: First, index: number): ForestRight {
  const random = randomFor(world.seed, 'forest-right', holder.kind, holder.index);
  const { name, roads } = townshipOf(township);
  const village = random.pick(roads);
  const { kind, species } = random.pick(WOODS);
  const from = laterDay(addDays(world.today, -random.int(200, 12_000)), notBefore);
  const years = random.chance(0.15) ? null : random.pick(YEARS);
  return {
    index,
    number: `嵊林证字〔${from.slice(0, 4)}〕第${String(index + 1).padStart(6, '0')}号`,
    holders: holdersOf(random, world, holder, index),
    collective: `嵊泗县${name}${village}股份经济合作社`,
    areaSqm: `${random.int(300, 180_000)}.${random.digits(2)}`,
    township,
    place: `${name}${village}${random.pick(['后山', '大岙', '小岙', '炮台山', '北坡'])}`,
    compartment: `${random.int(1, 40)}-${random.int(1, 12)}`,
    species: random.shuffle(species).slice(0, random.int(1, Math.min(3, species.length))),
    forestKind: kind,
    from,
    to: years === null ? null : addDays(from, 365 * years),
  };
}

/** Every third is shared: with the village's collective, which comes first, or with a neighbour as well. */
function holdersOf(
  random: Random,
  world: World,
  first: SubjectPointer,
  index: number,
): ForestRight['holders'] {
  if (index % 3 !== 1) return [first];
  const neighbour = PERSON(random.int(0, world.persons.length - 1));
  const isSame = neighbour.kind === first.kind && neighbour.index === first.index;
  const others = isSame ? [] : [neighbour];
  return index % 6 === 1 ? [null, first, ...others] : [first, ...others];
}
