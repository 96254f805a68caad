import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { PenaltyCase, SubjectPointer, World } from '../world.js';
import { ORGANISATION } from '../world-base.js';

/** A change that a satellite saw (卫片图斑), and what became of it. */
export interface ImageSpot {
  /** Unique: `330922202500123`. */
  readonly number: string;
  /** Who uses the land; null: nobody found out. */
  readonly user: SubjectPointer | null;
  readonly township: string;
  /** Square metres, whole. */
  readonly areaSqm: number;
  readonly seenOn: string;
  readonly offence: 'OCCUPATION' | 'FARMLAND' | 'MINING' | 'CHANGED_USE' | 'BUILDING' | 'NONE';
  readonly judgement: 'LEGAL' | 'ILLEGAL' | 'TEMPORARY' | 'NO_CHANGE' | 'PENDING';
  /** Index of the case that it led to, never filed before it was seen. */
  readonly case: number | null;
}

const OFFENCES = ['OCCUPATION', 'FARMLAND', 'MINING', 'CHANGED_USE', 'BUILDING'] as const;
const HARMLESS = ['LEGAL', 'TEMPORARY', 'NO_CHANGE'] as const;
/** Of so many firms one was seen from above. */
const SEEN_EVERY = 4;
/** Nobody is known of one spot in so many. */
const NOBODY_EVERY = 11;

/** Those that led to the bureau's cases first. */
export function imageSpotsOf(world: World): readonly ImageSpot[] {
  const penalised: ImageSpot[] = [];
  for (const penaltyCase of world.cases) {
    if (penaltyCase.department === 'PLANNING') penalised.push(spotOfCase(world, penaltyCase));
  }
  const seen = world.organisations.filter(({ index }) => index % SEEN_EVERY === 2);
  return [
    ...penalised,
    ...seen.map(({ index, township }, place): ImageSpot => {
      const random = randomFor(world.seed, 'image-spot', index);
      const seenOn = addDays(world.today, -random.int(10, 900));
      const user = place % NOBODY_EVERY === 7 ? null : ORGANISATION(index);
      return { user, township, case: null, ...seenAs(random, seenOn, 10_000 + index), ...judge(random) };
    }),
  ];
}

function spotOfCase(world: World, { index, subject, township, filedAt }: PenaltyCase): ImageSpot {
  const random = randomFor(world.seed, 'image-spot.case', index);
  const spot = seenAs(random, addDays(filedAt, -random.int(5, 60)), index);
  return {
    user: subject,
    township,
    case: index,
    ...spot,
    offence: random.pick(OFFENCES),
    judgement: 'ILLEGAL',
  };
}

function seenAs(random: Random, seenOn: string, serial: number) {
  return {
    number: `330922${seenOn.slice(0, 4)}${String(serial).padStart(7, '0')}`,
    areaSqm: random.int(20, 9000),
    seenOn,
  };
}

function judge(random: Random): Pick<ImageSpot, 'offence' | 'judgement'> {
  const hundredth = random.int(0, 99);
  if (hundredth < 55) return { offence: 'NONE', judgement: random.pick(HARMLESS) };
  return { offence: random.pick(OFFENCES), judgement: hundredth < 70 ? 'PENDING' : 'ILLEGAL' };
}
