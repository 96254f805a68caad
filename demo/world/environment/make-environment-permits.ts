import { type Random, randomFor } from '../../random.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { drawState } from '../market/make-licences.js';
import type { Organisation } from '../world.js';
import { ORGANISATION } from '../world-base.js';
import type { ManagementLevel } from './management-level.js';

const YEARS = 5;
const AQUACULTURE = 'A0411';
const PROCESSING = 'C1361';
const SHIPYARD = 'C3735';
const SHIPPING = 'G5511';
const CATERING = 'H6210';

/** Of 100 firms of these trades, how many hold a pollution permit or registration. */
const DISCHARGING: ReadonlyMap<string, number> = new Map([
  [PROCESSING, 92],
  [SHIPYARD, 88],
  [AQUACULTURE, 35],
  [CATERING, 12],
]);
/** Of 100 firms, how many may collect or store hazardous waste: bilge oil, paint residues. */
const COLLECTING: ReadonlyMap<string, number> = new Map([
  [SHIPYARD, 55],
  [SHIPPING, 20],
]);
/** Holders whatever the seed: one under its own number, one under its predecessor's; both are measured. */
export const OWN_NUMBER_LANDMARK = 1;
export const FOREIGN_NUMBER_LANDMARK = 3;
const LANDMARKS = new Set([OWN_NUMBER_LANDMARK, FOREIGN_NUMBER_LANDMARK]);
/** A shop that registered anew, whose permit still has the number of its former code. */
const FORMER_CODE_LANDMARK = 4;
/** Of so many permits one was taken over from whoever ran the works before. */
const TAKEN_OVER_EVERY = 7;
const TAKEN_OVER = 4;

/** A firm in business, and its code. */
type Holder = Organisation & { readonly uscc: string };

/** 排污许可证 and 危险废物经营许可证 of the environment bureau. Firms that are in business alone hold one. */
export function makeEnvironmentPermits(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): readonly LicenceDraft[] {
  return [
    ...pollutionPermits(seed, today, organisations),
    ...wastePermits(seed, today, organisations.filter(isHolder)),
  ];
}

function isHolder(organisation: Organisation): organisation is Holder {
  return organisation.uscc !== null && organisation.regState === 'ACTIVE';
}

function pollutionPermits(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): readonly LicenceDraft[] {
  const permits: LicenceDraft[] = [];
  let predecessor: string | null = null;
  for (const organisation of organisations) {
    const random = randomFor(seed, 'pollution-permit', organisation.index);
    if (isHolder(organisation) && holdsPermit(random, organisation)) {
      const takenOver =
        organisation.index === FOREIGN_NUMBER_LANDMARK || permits.length % TAKEN_OVER_EVERY === TAKEN_OVER;
      const number = numberOf(random, organisation, takenOver ? predecessor : null);
      permits.push(draft(random, today, organisation, 'POLLUTION_PERMIT', number));
    }
    predecessor = organisation.uscc ?? predecessor;
  }
  return permits;
}

function holdsPermit(random: Random, { index, industry }: Holder): boolean {
  const drawn = random.chance((DISCHARGING.get(industry) ?? 0) / 100);
  return drawn || LANDMARKS.has(index) || index === FORMER_CODE_LANDMARK;
}

/**
 * Code, running number of the works and check letter. A permit keeps its number when another firm takes the works over,
 * and when its holder registers anew.
 */
function numberOf(random: Random, holder: Holder, predecessor: string | null): string {
  const [former] = holder.formerUsccs;
  const letter = LETTERS[drawLevel(random, holder)];
  if (predecessor !== null) return `${predecessor}002${random.pick(letter)}`;
  return `${former ?? holder.uscc}001${random.pick(letter)}`;
}

/** The last letter of the number tells how closely the works are managed; W is a receipt of registration. */
const LETTERS: { readonly [level in ManagementLevel]: readonly string[] } = {
  KEY: ['V', 'P'],
  SIMPLIFIED: ['Q', 'R', 'U'],
  REGISTERED: ['W'],
};

function drawLevel(random: Random, { index, industry }: Holder): ManagementLevel {
  const hundredth = random.int(0, 99);
  if (LANDMARKS.has(index)) return 'KEY';
  if (industry === CATERING) return 'REGISTERED';
  if (industry === AQUACULTURE) return hundredth < 30 ? 'SIMPLIFIED' : 'REGISTERED';
  return hundredth < 25 ? 'KEY' : hundredth < 70 ? 'SIMPLIFIED' : 'REGISTERED';
}

function wastePermits(seed: number, today: string, holders: readonly Holder[]): readonly LicenceDraft[] {
  return holders.flatMap((holder) => {
    const { index, industry } = holder;
    const random = randomFor(seed, 'hazardous-waste', index);
    const holds = random.chance((COLLECTING.get(industry) ?? 0) / 100);
    if (!holds && index !== OWN_NUMBER_LANDMARK) return [];
    const number = `浙危废经第330922${String(index + 1).padStart(5, '0')}号`;
    return [draft(random, today, holder, 'HAZARDOUS_WASTE', number)];
  });
}

function draft(
  random: Random,
  today: string,
  { index, township, established }: Holder,
  type: string,
  number: string,
): LicenceDraft {
  const landmark = LANDMARKS.has(index);
  const ended = random.chance(0.1) && !landmark;
  const state = drawState(random);
  return {
    department: 'ENVIRONMENT',
    type,
    number,
    holder: ORGANISATION(index),
    ...drawTerm(random, today, YEARS, ended, established),
    state: landmark ? 'VALID' : state,
    township,
    siteName: null,
  };
}
