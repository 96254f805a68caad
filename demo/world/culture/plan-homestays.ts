import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import { LODGING } from '../market/industries.js';
import { drawTownship } from '../townships.js';
import type { Licence, Organisation, SubjectPointer } from '../world.js';
import { ORGANISATION, PERSON } from '../world-base.js';

/** What decides everything else about a homestay. */
export interface HomestayPlan {
  readonly operator: SubjectPointer;
  readonly township: string;
  /** A cancelled one is closed. */
  readonly permit: 'VALID' | 'EXPIRED' | 'CANCELLED';
  readonly hygiene: 'VALID' | 'EXPIRED' | 'CANCELLED' | 'ABSENT';
  /** Whether a person who runs it holds a food licence; firms hold those of their trade. */
  readonly food: boolean;
  /** One of those that every size and seed holds. */
  readonly landmark: boolean;
}

/** Those who may run a homestay, and who of them holds a food licence. */
export interface LodgingTrade {
  readonly organisations: readonly Organisation[];
  readonly persons: number;
  readonly licences: readonly Licence[];
}

const CAIYUAN = '330922100';
const GOUQI = '330922202';
type Fortune = Pick<HomestayPlan, 'permit' | 'hygiene'>;
/** What can become of the two permits of a homestay with a food licence. */
const FORTUNES: readonly Fortune[] = [
  { permit: 'VALID', hygiene: 'VALID' },
  { permit: 'VALID', hygiene: 'EXPIRED' },
  { permit: 'VALID', hygiene: 'ABSENT' },
  { permit: 'VALID', hygiene: 'CANCELLED' },
  { permit: 'EXPIRED', hygiene: 'ABSENT' },
];
/** The first people who run landmarks, beyond those whom other landmarks need. */
const FIRST_PERSON = 20;
/** A firm of a landmark is so old that its licences may have ended. */
const OLD_DAYS = 2500;
/** Of all homestays, how many belong to whoever runs the one before. */
const SECOND_SITE = 0.08;

/**
 * Who runs which homestay, where, and under which permits. The first ones have every fortune in 菜园镇 and elsewhere,
 * each with a valid food licence, whatever the seed.
 */
export function planHomestays(
  seed: number,
  today: string,
  count: number,
  trade: LodgingTrade,
): readonly HomestayPlan[] {
  const landmarks = planLandmarks(today, trade);
  const taken = new Set(landmarks.map(({ operator }) => `${operator.kind}${operator.index}`));
  const firms = trade.organisations.filter(
    ({ index, industry }) => industry === LODGING && !taken.has(`organisation${index}`),
  );
  const plans: HomestayPlan[] = [];
  let firm = 0;
  for (let index = landmarks.length; index < count; index += 1) {
    const random = randomFor(seed, 'homestay-plan', index);
    const before = plans.at(-1);
    if (before !== undefined && random.chance(SECOND_SITE)) {
      plans.push({ ...before, ...drawFortune(random) });
      continue;
    }
    const organisation = random.chance(0.55) ? firms[firm] : undefined;
    if (organisation === undefined) {
      const person = drawFreePerson(random, trade.persons, taken);
      plans.push(plan(random, PERSON(person), drawTownship(random).code));
    } else {
      firm += 1;
      plans.push(plan(random, ORGANISATION(organisation.index), organisation.township));
    }
  }
  return [...landmarks, ...plans].slice(0, count);
}

/** Every second one is run by a firm as long as there are firms that hold a valid food licence. */
function planLandmarks(today: string, { organisations, licences }: LodgingTrade): readonly HomestayPlan[] {
  const licensed = new Set(
    licences
      .filter(
        ({ type, state, validTo }) =>
          type === 'FOOD_TRADE' && state === 'VALID' && (validTo ?? today) >= today,
      )
      .map(({ holder }) => holder.index),
  );
  const firms = organisations.filter(
    ({ index, industry, regState, established }) =>
      industry === LODGING &&
      regState === 'ACTIVE' &&
      established <= addDays(today, -OLD_DAYS) &&
      licensed.has(index),
  );
  return [CAIYUAN, GOUQI].flatMap((township, half) =>
    FORTUNES.map((fortune, place): HomestayPlan => {
      const rank = half * FORTUNES.length + place;
      const firm = rank % 2 === 1 ? firms[(rank - 1) / 2] : undefined;
      const operator = firm === undefined ? PERSON(FIRST_PERSON + rank) : ORGANISATION(firm.index);
      return { operator, township, food: true, landmark: true, ...fortune };
    }),
  );
}

function plan(random: Random, operator: SubjectPointer, township: string): HomestayPlan {
  return { operator, township, food: random.chance(0.35), landmark: false, ...drawFortune(random) };
}

function drawFortune(random: Random): Fortune {
  const hundredth = random.int(0, 99);
  return {
    permit: hundredth < 84 ? 'VALID' : hundredth < 94 ? 'EXPIRED' : 'CANCELLED',
    hygiene: drawHygiene(random),
  };
}

function drawHygiene(random: Random): Fortune['hygiene'] {
  const hundredth = random.int(0, 99);
  if (hundredth < 60) return 'VALID';
  if (hundredth < 74) return 'EXPIRED';
  return hundredth < 82 ? 'CANCELLED' : 'ABSENT';
}

/** Somebody who runs no homestay yet; there are several times as many people as homestays. */
function drawFreePerson(random: Random, persons: number, taken: Set<string>): number {
  for (;;) {
    const index = random.int(0, persons - 1);
    const key = `person${index}`;
    if (!taken.has(key)) {
      taken.add(key);
      return index;
    }
  }
}
