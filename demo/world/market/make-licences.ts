import { type Random, randomFor } from '../../random.js';
import { withMod11Check } from '../check-digits.js';
import { addDays, dayNumber, isoDay } from '../days.js';
import { CANDIDATES, HAIYAN_VESSEL } from '../marine/make-vessels.js';
import type { Licence, Organisation, SubjectPointer, Vessel } from '../world.js';
import { ALL_INDUSTRIES, type Industry } from './industries.js';
import { drawTerm, type LicenceDraft } from './licence-draft.js';

/** Of these vessels the fishing permit ended and nothing else; of the last of them nothing. */
const LANDMARKS = new Set([HAIYAN_VESSEL, ...CANDIDATES.keys()]);
const ALL_VALID = Math.max(...CANDIDATES.keys());

interface CertificateKind {
  readonly type: string;
  /** Of 100 vessels. */
  readonly share: number;
  /** Null: it never ends. */
  readonly years: number | null;
  readonly number: (year: string, serial: string) => string;
}

/** Domain §2.2: validity of a vessel's certificates. */
const CERTIFICATES: readonly CertificateKind[] = [
  {
    type: 'FISHING_PERMIT',
    share: 85,
    years: 5,
    number: (year, serial) => `（浙嵊）船捕（${year}）HY-${serial}号`,
  },
  { type: 'VESSEL_INSPECTION', share: 95, years: 1, number: (year, serial) => `330922A${year}${serial}` },
  {
    type: 'VESSEL_NATIONALITY',
    share: 95,
    years: 5,
    number: (year, serial) => `（浙嵊）船登（籍）（${year}）HY-${serial}号`,
  },
  {
    type: 'VESSEL_OWNERSHIP',
    share: 90,
    years: null,
    number: (year, serial) => `（浙嵊）船登（权）（${year}）HY-${serial}号`,
  },
  { type: 'RADIO_LICENCE', share: 40, years: 3, number: (year, serial) => `浙嵊渔电${year}${serial}` },
  { type: 'CREW_MIN_MANNING', share: 35, years: 5, number: (year, serial) => `浙嵊渔员${year}${serial}` },
];

/** Certificates of vessels (MARINE) and food licences (MARKET): what the county's own systems register. */
export function makeLicences(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
  vessels: readonly Vessel[],
): readonly Licence[] {
  const licences: Licence[] = [];
  const add = (licence: LicenceDraft) => licences.push({ index: licences.length, ...licence });
  for (const vessel of vessels) {
    for (const kind of CERTIFICATES) {
      const random = randomFor(seed, 'certificate', vessel.index, kind.type);
      if (!LANDMARKS.has(vessel.index) && !random.chance(kind.share / 100)) continue;
      for (const certificate of certificatesOf(random, today, vessel, kind)) add(certificate);
    }
  }
  const byCode = new Map(ALL_INDUSTRIES.map((industry) => [industry.code, industry]));
  for (const organisation of organisations) {
    const industry = byCode.get(organisation.industry);
    const random = randomFor(seed, 'food-licence', organisation.index);
    if (industry === undefined || industry.food === null || !random.chance(0.85)) continue;
    add(foodLicence(random, today, organisation, industry.food));
  }
  return licences;
}

/** The certificate in force, or the last one; now and then its cancelled predecessor too. */
function certificatesOf(
  random: Random,
  today: string,
  vessel: Vessel,
  { type, years, number }: CertificateKind,
): readonly LicenceDraft[] {
  const holder: SubjectPointer = { kind: 'vessel', index: vessel.index };
  const serial = (generation: number) => String(vessel.index * 2 + generation).padStart(6, '0');
  const write = (from: string, to: string | null, state: string, generation: number) => ({
    department: 'MARINE',
    type,
    number: number(from.slice(0, 4), serial(generation)),
    holder,
    validFrom: from,
    validTo: to,
    state,
    ...NO_PLACE,
  });
  if (years === null) return [write(vessel.built, null, 'VALID', 0)];
  const landmark = LANDMARKS.has(vessel.index);
  const expired = landmark ? type === 'FISHING_PERMIT' && vessel.index !== ALL_VALID : random.chance(0.12);
  const span = 365 * years;
  const to = addDays(today, expired ? -random.int(1, 500) : random.int(0, span - 30));
  const from = addDays(to, 1 - span);
  const state = landmark ? 'VALID' : drawState(random);
  const current = write(from, to, state, 0);
  if (landmark || !random.chance(0.15)) return [current];
  return [
    write(addDays(from, -span), addDays(from, -1), random.pick(['CANCELLED', 'WITHDRAWN']), 1),
    current,
  ];
}

export function drawState(random: Random): string {
  const hundredth = random.int(0, 99);
  if (hundredth < 93) return 'VALID';
  return random.pick(['SUSPENDED', 'CANCELLED', 'WITHDRAWN', 'REVOKED']);
}

/** What neither the vessels' nor the market bureau's register writes of a licence. */
const NO_PLACE = { township: null, siteName: null } as const;

function foodLicence(
  random: Random,
  today: string,
  organisation: Organisation,
  food: NonNullable<Industry['food']>,
): LicenceDraft {
  const span = 365 * 5;
  const drawn = dayNumber(today) + (random.chance(0.1) ? -random.int(1, 700) : random.int(0, span - 1));
  // Nobody is licensed before the firm exists.
  const validTo = isoDay(Math.max(drawn, dayNumber(organisation.established) + span));
  return {
    department: 'MARKET',
    type: food === 'SC' ? 'FOOD_PRODUCTION' : 'FOOD_TRADE',
    number: foodLicenceNumber(food, organisation.index),
    holder: { kind: 'organisation', index: organisation.index },
    validFrom: addDays(validTo, 1 - span),
    validTo,
    state: organisation.cancelledAt !== null && random.chance(0.8) ? 'CANCELLED' : drawState(random),
    ...NO_PLACE,
  };
}

/** A food licence of a person who runs a guest house; numbered after those of all organisations. */
export function personFoodLicence(
  random: Random,
  today: string,
  person: number,
  organisations: number,
  ended: boolean,
): LicenceDraft {
  return {
    department: 'MARKET',
    type: 'FOOD_TRADE',
    number: foodLicenceNumber('JY2', organisations + person),
    holder: { kind: 'person', index: person },
    ...drawTerm(random, today, 5, ended, '2010-01-01'),
    state: 'VALID',
    ...NO_PLACE,
  };
}

function foodLicenceNumber(food: NonNullable<Industry['food']>, index: number): string {
  return `${food.slice(0, 2)}${withMod11Check(licenceDigits(food, index))}`;
}

/** Class, division and running number: `2330922000123` of JY; food category (122 aquatic products and on) of SC. */
function licenceDigits(food: NonNullable<Industry['food']>, index: number): string {
  if (food !== 'SC') return `${food.slice(2)}330922${String(index + 1).padStart(6, '0')}`;
  return `${122 + Math.floor(index / 10_000)}330922${String(index % 10_000).padStart(4, '0')}`;
}
