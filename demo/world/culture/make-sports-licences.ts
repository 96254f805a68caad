import { type Random, randomFor } from '../../random.js';
import { laterDay } from '../days.js';
import { LODGING, TOURISM } from '../market/industries.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { drawState } from '../market/make-licences.js';
import { signOf } from '../people/names.js';
import type { Licence, Organisation, World } from '../world.js';
import { ORGANISATION } from '../world-base.js';

export type Sport = 'SWIMMING' | 'DIVING' | 'SEA_FISHING';

const YEARS = 5;
const FISHING = 'A0412';
/** The county licenses sea fishing since then. */
const SEA_FISHING_SINCE = '2024-01-01';
/** Of 100 firms of a trade, how many offer which sport. */
const OFFERED: ReadonlyMap<string, readonly { readonly sport: Sport; readonly share: number }[]> = new Map([
  [LODGING, [{ sport: 'SWIMMING', share: 6 }]],
  [
    TOURISM,
    [
      { sport: 'SEA_FISHING', share: 45 },
      { sport: 'DIVING', share: 25 },
    ],
  ],
  [FISHING, [{ sport: 'SEA_FISHING', share: 8 }]],
]);
/** Whatever the seed: a pool and a sea-fishing base, each of the first firm of its trade that holds no other landmark. */
const FIRST_LANDMARK = 12;

const LETTERS: Readonly<Record<Sport, string>> = { SWIMMING: 'Y', DIVING: 'Q', SEA_FISHING: 'H' };
const VENUES: Readonly<Record<Sport, string>> = {
  SWIMMING: '游泳馆',
  DIVING: '潜水俱乐部',
  SEA_FISHING: '海钓基地',
};

/** 高危险性体育项目经营许可证 of the culture bureau, held by firms in business, one each. */
export function makeSportsLicences(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): readonly LicenceDraft[] {
  const held = organisations.filter(({ uscc, regState }) => uscc !== null && regState === 'ACTIVE');
  const landmarks = new Map(
    [LODGING, FISHING].flatMap((trade): readonly [number, Sport][] => {
      const first = held.find(({ index, industry }) => industry === trade && index >= FIRST_LANDMARK);
      return first === undefined ? [] : [[first.index, trade === LODGING ? 'SWIMMING' : 'SEA_FISHING']];
    }),
  );
  return held.flatMap((organisation): readonly LicenceDraft[] => {
    const { index, established, township, name } = organisation;
    const random = randomFor(seed, 'sports-licence', index);
    const drawn = drawSport(random, organisation);
    const landmark = landmarks.get(index);
    const sport = landmark ?? drawn;
    if (sport === null) return [];
    const notBefore = sport === 'SEA_FISHING' ? laterDay(established, SEA_FISHING_SINCE) : established;
    const term = drawTerm(random, today, YEARS, random.chance(0.15) && landmark === undefined, notBefore);
    const state = drawState(random);
    return [
      {
        department: 'CULTURE',
        type: 'HIGH_RISK_SPORTS',
        number: `GWX-${LETTERS[sport]}330922${term.validFrom.slice(0, 4)}${String(index + 1).padStart(6, '0')}`,
        holder: ORGANISATION(index),
        ...term,
        state: landmark === undefined ? state : 'VALID',
        township,
        siteName: `${signOf(name)}${VENUES[sport]}`,
      },
    ];
  });
}

function drawSport(random: Random, { industry }: Organisation): Sport | null {
  const hundredth = random.int(0, 99);
  let sum = 0;
  for (const { sport, share } of OFFERED.get(industry) ?? []) {
    sum += share;
    if (hundredth < sum) return sport;
  }
  return null;
}

/** What a licence says of the venue. */
export interface SportsVenue {
  readonly sport: Sport;
  /** People at once. */
  readonly capacity: number;
  readonly rescuers: number;
  readonly instructors: number;
}

export function sportsVenueOf(
  { seed }: World,
  { index, number }: Pick<Licence, 'index' | 'number'>,
): SportsVenue {
  const random = randomFor(seed, 'sports-venue', index);
  const sport = sportOf(number);
  return {
    sport,
    capacity: random.int(4, 40) * 5,
    // Nobody dives or swims without somebody who watches.
    rescuers: sport === 'SEA_FISHING' ? random.int(0, 2) : random.int(2, 8),
    instructors: random.int(0, 4),
  };
}

/** The sport that the letter in the number of a licence tells. @throws {Error} for a number of another licence. */
function sportOf(number: string): Sport {
  const found = (Object.keys(LETTERS) as Sport[]).find((sport) => number.startsWith(`GWX-${LETTERS[sport]}`));
  if (found === undefined)
    throw new Error(`Cannot tell the sport: the number must begin with GWX-, but is ${number}`);
  return found;
}
