import { type Random, randomFor } from '../../random.js';
import { usccDigits, usccOf, withMod11Check } from '../check-digits.js';
import { addDays, dayNumber, isoDay } from '../days.js';
import { drawBrand } from '../people/names.js';
import { drawTownship, townshipOf } from '../townships.js';
import type { Organisation, RegState } from '../world.js';
import { INDUSTRIES, type Industry, TURNS } from './industries.js';

const DIVISION = '330922';
/** Licences founded since then carry a social credit code alone (三证合一). */
const ONE_CODE_SINCE = '2015-10-01';
const CODES = 31 ** 5;
/** Multiplies serials over all codes without repeating one; prime, so it shares no factor with 31. */
const STRIDE = 7_654_321;
const DRAWN: readonly Industry[] = INDUSTRIES.flatMap((industry) =>
  new Array<Industry>(industry.share).fill(industry),
);

/** 海晏渔业, which every size and seed holds. */
const HAIYAN = 0;
/** A shop that registered anew under another code, and one that never exchanged its old licence. */
const RE_REGISTERED = 4;
const WITHOUT_USCC = 5;
/** The first organisations are in business all the time, whatever the seed: landmarks point at them. */
const ALWAYS_ACTIVE = 12;
/** The next two are gone, whatever the seed; the cancelled one so lately that hardly anything it did is missing. */
export const REVOKED_LANDMARK = 12;
export const CANCELLED_LANDMARK = 13;
const CANCELLED_DAYS_AGO = 20;
const LAST_LANDMARK = 13;

/** Firms and individual businesses; names of firms are unique in the county, as the law wants it. */
export function makeOrganisations(
  seed: number,
  today: string,
  count: number,
  persons: number,
): readonly Organisation[] {
  const draft: Draft = { names: new Set(['嵊泗县海晏渔业有限公司']), ofTrade: new Map() };
  return Array.from({ length: count }, (_, index) =>
    index === HAIYAN ? haiyan() : makeOrganisation(seed, today, index, persons, draft),
  );
}

/** What the organisations before have taken. */
interface Draft {
  readonly names: Set<string>;
  /** How many were drawn into a trade that some turn away from. */
  readonly ofTrade: Map<string, number>;
}

function haiyan(): Organisation {
  return {
    index: HAIYAN,
    kind: 'ORGANISATION',
    uscc: '91330922MA28K00156',
    formerUsccs: [],
    regNo: '330922000000012',
    pripid: '3309220000000012',
    name: '嵊泗县海晏渔业有限公司',
    formerNames: ['海晏渔业合作社'],
    regState: 'ACTIVE',
    industry: 'A0412',
    township: '330922101',
    address: '浙江省舟山市嵊泗县嵊山镇渔港路1号',
    established: '2009-05-20',
    cancelledAt: null,
    opTo: null,
    regCapitalYuan: '500000.00',
    opScope: '海洋捕捞；水产品销售',
    legalRep: 0,
  };
}

function makeOrganisation(
  seed: number,
  today: string,
  index: number,
  persons: number,
  { names, ofTrade }: Draft,
): Organisation {
  const random = randomFor(seed, 'organisation', index);
  const business =
    index === RE_REGISTERED || index === WITHOUT_USCC || (index >= ALWAYS_ACTIVE && index % 3 === 2);
  const industry = turnTo(random.pick(DRAWN), index, ofTrade);
  const township = drawTownship(random).code;
  const old = index === RE_REGISTERED || index === WITHOUT_USCC || random.chance(0.55);
  const established = old
    ? isoDay(random.int(dayNumber('1992-01-01'), dayNumber(ONE_CODE_SINCE) - 1))
    : isoDay(random.int(dayNumber(ONE_CODE_SINCE), dayNumber(today) - (index < ALWAYS_ACTIVE ? 1300 : 400)));
  const withoutUscc =
    index === WITHOUT_USCC || (business && old && index !== RE_REGISTERED && random.chance(0.3));
  const reRegistered = index === RE_REGISTERED || (business && old && !withoutUscc && random.chance(0.06));
  const regState = index < ALWAYS_ACTIVE ? 'ACTIVE' : drawState(random, index);
  const name = uniqueName(random, townshipOf(township).name, industry, business, names);
  return {
    index,
    kind: business ? 'INDIVIDUAL_BUSINESS' : 'ORGANISATION',
    uscc: withoutUscc ? null : creditCode(business, index, old),
    formerUsccs: reRegistered ? [creditCode(business, CODES - 1 - index, false)] : [],
    regNo: old ? registrationNumber(business, index) : null,
    pripid: `${DIVISION}00${String(index + 12).padStart(8, '0')}`,
    name,
    formerNames: random.chance(0.08) ? [formerName(random, name, names)] : [],
    regState,
    industry: industry.code,
    township,
    address: `浙江省舟山市嵊泗县${townshipOf(township).name}${random.pick(townshipOf(township).roads)}${random.int(2, 399)}号`,
    established,
    cancelledAt: regState === 'CANCELLED' ? addDays(today, -cancelledDaysAgo(random, index)) : null,
    opTo: random.chance(0.6) ? null : addDays(established, 365 * random.pick([10, 20, 30])),
    regCapitalYuan: `${random.pick(business ? [5, 10, 20] : [50, 100, 200, 500, 1000]) * 10_000}.00`,
    opScope: industry.scope,
    legalRep: random.int(0, persons - 1),
  };
}

/** The trade that was drawn, or the one that this firm turned to instead. */
function turnTo(drawn: Industry, index: number, ofTrade: Map<string, number>): Industry {
  if (index <= LAST_LANDMARK) return drawn;
  const place = ofTrade.get(drawn.code) ?? 0;
  ofTrade.set(drawn.code, place + 1);
  const turn = TURNS.find((each) => each.from === drawn.code && place % each.every === each.place);
  return turn?.to ?? drawn;
}

function cancelledDaysAgo(random: Random, index: number): number {
  return index === CANCELLED_LANDMARK ? CANCELLED_DAYS_AGO : random.int(5, 1000);
}

function drawState(random: Random, index: number): RegState {
  const hundredth = random.int(0, 99);
  if (index === REVOKED_LANDMARK) return 'REVOKED';
  if (index === CANCELLED_LANDMARK) return 'CANCELLED';
  if (hundredth < 86) return 'ACTIVE';
  if (hundredth < 92) return 'CANCELLED';
  if (hundredth < 96) return 'REVOKED';
  return random.pick(['SUSPENDED', 'SUSPENDED', 'MOVED_OUT', 'WITHDRAWN'] as const);
}

/** Firms founded before 2015 carry the number of their old organisation code; all others one of the MA series. */
function creditCode(business: boolean, serial: number, old: boolean): string {
  const category = business ? '92' : '91';
  if (old && !business) return usccOf(category, DIVISION, String(20_000_000 + serial * 61).padStart(8, '0'));
  return usccOf(category, DIVISION, `MA2${usccDigits((serial * STRIDE) % CODES, 5)}`);
}

/** First digit of the serial: 0 firms, 6 individual businesses (GS 15-2006). */
function registrationNumber(business: boolean, index: number): string {
  return withMod11Check(`${DIVISION}${business ? '6' : '0'}${String(index + 1).padStart(7, '0')}`);
}

function uniqueName(
  random: Random,
  township: string,
  industry: Industry,
  business: boolean,
  names: Set<string>,
): string {
  for (let attempt = 0; ; attempt += 1) {
    const brand = drawBrand(random, 2 + (names.size > 2000 || attempt > 4 ? 1 : 0) + (attempt > 8 ? 1 : 0));
    const word = random.pick(industry.words);
    const name = business
      ? `嵊泗县${township}${brand}${word}`
      : `嵊泗县${brand}${word}${random.pick(['有限公司', '有限公司', '有限责任公司', '专业合作社'])}`;
    // Shops of one name exist; firms of one name do not.
    if (!names.has(name) || (business && random.chance(0.02))) {
      names.add(name);
      return name;
    }
  }
}

function formerName(random: Random, name: string, names: Set<string>): string {
  for (;;) {
    const former = name.replace(/^嵊泗县(.{2}[镇乡])?.{2}/, (_, township: string | undefined) => {
      return `嵊泗县${township ?? ''}${drawBrand(random, names.size > 2000 ? 4 : 3)}`;
    });
    if (!names.has(former)) {
      names.add(former);
      return former;
    }
  }
}
