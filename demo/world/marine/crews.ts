import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import { drawState } from '../market/make-licences.js';
import type { Vessel, World } from '../world.js';
import { HAIYAN_VESSEL } from './make-vessels.js';

/** Posts of 《渔业船员管理办法》; deckhands are 普通船员. */
export type CrewPost =
  | 'CAPTAIN'
  | 'MATE'
  | 'ASSISTANT_MATE'
  | 'CHIEF_ENGINEER'
  | 'ENGINEER'
  | 'ASSISTANT_ENGINEER'
  | 'BOATMASTER'
  | 'ELECTRICIAN'
  | 'RADIO_OPERATOR'
  | 'DECKHAND';

/** Of somebody who serves on a vessel. */
export interface CrewCertificate {
  /** Unique over the county. */
  readonly number: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** `LicenceState`. */
  readonly state: string;
}

/** Somebody who serves on a vessel today. */
export interface CrewMember {
  /** Unique: index of the vessel, and place among its crew. */
  readonly vessel: number;
  readonly place: number;
  /** Index into `World.persons`; nobody twice on one vessel. */
  readonly person: number;
  /** Null: what he does has no name in any list. */
  readonly post: CrewPost | null;
  /** Null: he serves without one. */
  readonly certificate: CrewCertificate | null;
  readonly joinedOn: string;
}

/** Certificates of 职务船员 and 普通船员 hold for five years. */
const DAYS = 365 * 5;
/** Metres below which one boatmaster (机驾长) does for captain and engineer. */
const SMALL_M = 12;
const UNLISTED_EVERY = 37;

/**
 * The crews of all vessels, by vessel. 浙嵊渔90007 has, whatever the seed, a captain with a certificate in force, a chief
 * engineer whose certificate ended, and somebody without one.
 */
export function* crewsOf(world: World): Generator<CrewMember> {
  for (const vessel of world.vessels) {
    const taken = new Set<number>();
    for (const [place, post] of postsOf(world.seed, vessel).entries()) {
      const random = randomFor(world.seed, 'crew', vessel.index, place);
      const person = drawPerson(random, world.persons.length, taken);
      taken.add(person);
      const joinedOn = addDays(world.today, -random.int(3, 900));
      const unlisted = post === 'DECKHAND' && (vessel.index * 7 + place) % UNLISTED_EVERY === 5;
      yield {
        vessel: vessel.index,
        place,
        person,
        post: unlisted ? null : post,
        certificate: certificateOf(random, world, vessel.index, place),
        joinedOn,
      };
    }
  }
}

function postsOf(seed: number, { index, lengthM }: Vessel): readonly CrewPost[] {
  const random = randomFor(seed, 'crew.posts', index);
  const hands = (from: number, to: number): readonly CrewPost[] =>
    new Array<CrewPost>(random.int(from, to)).fill('DECKHAND');
  const length = Number(lengthM);
  if (length < SMALL_M && index !== HAIYAN_VESSEL) return ['BOATMASTER', ...hands(1, 2)];
  if (length < 24) return ['CAPTAIN', 'CHIEF_ENGINEER', ...hands(1, 4)];
  const others: readonly CrewPost[] =
    length < 36
      ? ['MATE', 'ENGINEER']
      : ['MATE', 'ASSISTANT_MATE', 'ENGINEER', 'ASSISTANT_ENGINEER', 'ELECTRICIAN', 'RADIO_OPERATOR'];
  return ['CAPTAIN', 'CHIEF_ENGINEER', ...others, ...hands(2, 6)];
}

function drawPerson(random: Random, persons: number, taken: ReadonlySet<number>): number {
  for (;;) {
    const person = random.int(0, persons - 1);
    if (!taken.has(person)) return person;
  }
}

/** Places on 浙嵊渔90007. */
const ENDED_LANDMARK = 1;
const UNCERTIFIED_LANDMARK = 2;

function certificateOf(random: Random, world: World, vessel: number, place: number): CrewCertificate | null {
  const isLandmark = vessel === HAIYAN_VESSEL && place <= UNCERTIFIED_LANDMARK;
  const without = random.chance(0.1);
  const endedByChance = random.chance(0.12);
  if (isLandmark ? place === UNCERTIFIED_LANDMARK : without) return null;
  const ended = isLandmark ? place === ENDED_LANDMARK : endedByChance;
  const validTo = addDays(world.today, ended ? -random.int(1, 400) : random.int(0, DAYS - 30));
  const validFrom = addDays(validTo, 1 - DAYS);
  const state = drawState(random);
  return {
    number: `浙渔${validFrom.slice(0, 4)}${String(vessel).padStart(5, '0')}${String(place).padStart(2, '0')}`,
    validFrom,
    validTo,
    state: isLandmark ? 'VALID' : state,
  };
}
