import { type Random, randomFor } from '../../random.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { drawState } from '../market/make-licences.js';
import { makePerson } from '../people/make-persons.js';
import { townshipOf } from '../townships.js';
import type { Licence, Organisation, SubjectPointer, World } from '../world.js';
import { ORGANISATION, PERSON } from '../world-base.js';

const YEARS = 5;
/** Firms of this trade, most of which farm a sea area of their own; and one firm whatever the seed. */
const AQUACULTURE = 'A0411';
const SHARE = 0.75;
const FIRM_LANDMARK = 1;
/** Of people every ninth may farm mussels on his own account. */
const PEOPLE_EVERY = 9;
const PEOPLE_PLACE = 4;
const PEOPLE_SHARE = 0.6;
const EARLIEST = '2010-01-01';

interface Farmer {
  readonly holder: SubjectPointer;
  readonly township: string;
  /** Nobody is licensed before that day. */
  readonly notBefore: string;
}

/** 水域滩涂养殖证 of the marine department: sea areas farmed by firms in business and by people. */
export function makeAquaculturePermits(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
  persons: number,
): readonly LicenceDraft[] {
  return [...farmingFirms(seed, organisations), ...farmingPeople(seed, persons)].map((farmer, place) => {
    const random = randomFor(seed, 'aquaculture-permit', farmer.holder.kind, farmer.holder.index);
    const isLandmark = farmer.holder.kind === 'organisation' && farmer.holder.index === FIRM_LANDMARK;
    const ended = random.chance(0.15) && !isLandmark;
    const state = drawState(random);
    const term = drawTerm(random, today, YEARS, ended, farmer.notBefore);
    return {
      department: 'MARINE',
      type: 'AQUACULTURE',
      number: `浙嵊泗县府（海）养证〔${term.validFrom.slice(0, 4)}〕第${String(place + 1).padStart(5, '0')}号`,
      holder: farmer.holder,
      ...term,
      state: isLandmark ? 'VALID' : state,
      township: farmer.township,
      siteName: null,
    };
  });
}

function farmingFirms(seed: number, organisations: readonly Organisation[]): readonly Farmer[] {
  return organisations.flatMap(({ index, uscc, regState, industry, township, established }) => {
    const farms = randomFor(seed, 'aquaculture-firm', index).chance(SHARE) && industry === AQUACULTURE;
    if ((!farms && index !== FIRM_LANDMARK) || uscc === null || regState !== 'ACTIVE') return [];
    return [{ holder: ORGANISATION(index), township, notBefore: established }];
  });
}

function farmingPeople(seed: number, persons: number): readonly Farmer[] {
  const farmers: Farmer[] = [];
  for (let index = PEOPLE_PLACE; index < persons; index += PEOPLE_EVERY) {
    if (!randomFor(seed, 'aquaculture-person', index).chance(PEOPLE_SHARE)) continue;
    farmers.push({ holder: PERSON(index), township: makePerson(seed, index).township, notBefore: EARLIEST });
  }
  return farmers;
}

/** What an aquaculture permit says of the farm. */
export interface SeaFarm {
  readonly seaArea: string;
  /** Square metres, two decimals. */
  readonly areaSqm: string;
  /** One to three, each once. */
  readonly species: readonly string[];
  readonly method: 'RAFT' | 'CAGE' | 'BOTTOM' | 'POND' | 'TANK';
}

/** What grows where: mussels on rafts above all. */
const FARMING: readonly { readonly method: SeaFarm['method']; readonly species: readonly string[] }[] = [
  { method: 'RAFT', species: ['厚壳贻贝', '紫贻贝', '羊栖菜', '海带'] },
  { method: 'RAFT', species: ['厚壳贻贝', '紫贻贝', '海带'] },
  { method: 'CAGE', species: ['大黄鱼', '黑鲷', '鲈鱼'] },
  { method: 'BOTTOM', species: ['荔枝螺', '刺参'] },
  { method: 'POND', species: ['南美白对虾', '三疣梭子蟹'] },
  { method: 'TANK', species: ['石斑鱼', '刺参'] },
];

export function seaFarmOf({ seed }: World, { index, township }: Licence): SeaFarm {
  const random = randomFor(seed, 'sea-farm', index);
  const { method, species } = random.pick(FARMING);
  const island = townshipOf(township ?? '').name.slice(0, 2);
  return {
    seaArea: `${island}岛${random.pick(['东侧', '南侧', '西北侧', '北侧'])}海域`,
    areaSqm: areaOf(random, method),
    species: random.shuffle(species).slice(0, random.int(1, Math.min(3, species.length))),
    method,
  };
}

/** Tanks and ponds are smaller than what hangs or lies in the sea. */
function areaOf(random: Random, method: SeaFarm['method']): string {
  const isLarge = method === 'RAFT' || method === 'BOTTOM';
  return `${isLarge ? random.int(20_000, 900_000) : random.int(800, 30_000)}.${random.digits(2)}`;
}
