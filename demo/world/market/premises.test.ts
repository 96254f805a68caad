import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { addDays } from '../days.js';
import { generateWorld } from '../generate-world.js';
import type { DemoSize, Homestay, Licence, World } from '../world.js';

const WORLDS: readonly [DemoSize, number][] = [
  ['tiny', 1],
  ['tiny', 2],
  ['tiny', 99],
  ['small', 7],
];

const isValid = ({ state, validTo }: Licence, today: string) =>
  state === 'VALID' && (validTo === null || validTo >= today);

function held(world: World, type: string): readonly Licence[] {
  return world.licences.filter((licence) => licence.type === type);
}

function ofHolder(licences: readonly Licence[], { kind, index }: Licence['holder']): readonly Licence[] {
  return licences.filter(({ holder }) => holder.kind === kind && holder.index === index);
}

describe.each(WORLDS)('homestays of size %s, seed %i', (size, seed) => {
  const world = generateWorld({ seed, size });
  const { homestays } = world;

  it('have a permit of their own, for themselves, begun after they opened', () => {
    for (const { licence, permitNumber, operator, township, name, closed, openedOn } of homestays) {
      const permit = world.licences[licence];
      expect(permit).toMatchObject({
        ...{ type: 'HOMESTAY_PERMIT', department: 'CULTURE', number: permitNumber },
        ...{ holder: operator, township, siteName: name, state: closed ? 'CANCELLED' : 'VALID' },
      });
      expect(openedOn <= (permit?.validFrom ?? '')).toBe(true);
    }
    expect(held(world, 'HOMESTAY_PERMIT')).toHaveLength(homestays.length);
  });

  it('are run by people, and by firms of the lodging trade that exist', () => {
    const kinds = new Set(homestays.map(({ operator }) => operator.kind));
    expect(kinds).toEqual(new Set(['organisation', 'person']));
    for (const { operator, openedOn } of homestays) {
      if (operator.kind !== 'organisation') continue;
      const firm = world.organisations[operator.index];
      expect(firm?.industry).toBe('H6130');
      expect((firm?.established ?? '9') <= openedOn).toBe(true);
    }
  });

  it('lie in the county, and some have names that tables spoil', () => {
    for (const { lon, lat, rooms, beds } of homestays) {
      expect(lon > 121.5 && lon < 123.5 && lat > 30 && lat < 31.2).toBe(true);
      expect([lon, lat]).toEqual([Number(lon.toFixed(6)), Number(lat.toFixed(6))]);
      expect(beds).toBeGreaterThanOrEqual(rooms);
    }
    for (const spoilt of [/「.*」/, /\p{Extended_Pictographic}/u, /㟙/]) {
      expect(homestays.some(({ name }) => spoilt.test(name))).toBe(true);
    }
  });
});

describe('homestays of operators with a food licence', () => {
  const seeds = Array.from({ length: 15 }, (_, seed) => seed);
  it.each(seeds)('have every fortune of the hygiene permit, here and there, seed %i', (seed) => {
    const world = generateWorld({ seed, size: 'tiny' });
    const food = held(world, 'FOOD_TRADE').filter((licence) => isValid(licence, world.today));
    const found = world.homestays
      .filter(({ operator }) => ofHolder(food, operator).length > 0)
      .map((homestay) => fortuneOf(world, homestay));
    const fortunes = ['valid', 'expired', 'absent', 'cancelled', 'without a permit'];
    const everywhere = ['菜园镇', 'elsewhere'].flatMap((place) => fortunes.map((what) => `${place} ${what}`));
    expect(new Set(found)).toEqual(new Set(everywhere));
  });
});

function fortuneOf(world: World, { operator, township, licence }: Homestay): string {
  const place = township === '330922100' ? '菜园镇' : 'elsewhere';
  const permit = world.licences[licence];
  const hygiene = ofHolder(held(world, 'HYGIENE_PERMIT'), operator);
  if (permit === undefined || !isValid(permit, world.today)) return `${place} without a permit`;
  if (hygiene.length === 0) return `${place} absent`;
  if (hygiene.some((each) => isValid(each, world.today))) return `${place} valid`;
  return `${place} ${hygiene.some(({ state }) => state === 'VALID') ? 'expired' : 'cancelled'}`;
}

describe.each(WORLDS)('licences of places of size %s, seed %i', (size, seed) => {
  const world = generateWorld({ seed, size });
  const gone = (index: number) =>
    ['CANCELLED', 'REVOKED'].includes(world.organisations[index]?.regState ?? '');

  it('are numbered as their departments do, each number once', () => {
    const spelled: readonly [string, RegExp][] = [
      ['HYGIENE_PERMIT', /^浙卫公证字〔\d{4}〕第330922\d{6}号$/],
      ['HOMESTAY_PERMIT', /^嵊特行民宿〔\d{4}〕第\d{5}号$/],
      ['MEDICAL_INSTITUTION', /^PDY\d{7}33092217D2122$/],
      ['ENTERTAINMENT', /^33092216\d{6}$/],
      ['POLLUTION_PERMIT', /^9[1-3]330922[0-9A-Z]{10}00[12][VPQRUW]$/],
      ['TRAVEL_AGENCY', /^L-ZJ\d{5,}$/],
      ['HIGH_RISK_SPORTS', /^GWX-[YQH]330922\d{10}$/],
      ['MINING', /^C330922\d{6}7130\d{6}$/],
      ['HAZARDOUS_WASTE', /^浙危废经第330922\d{5}号$/],
      ['AQUACULTURE', /^浙嵊泗县府（海）养证〔\d{4}〕第\d{5}号$/],
    ];
    for (const [type, pattern] of spelled) {
      expect(held(world, type).length).toBeGreaterThan(0);
      expect(held(world, type).filter(({ number }) => !pattern.test(number))).toEqual([]);
    }
    const numbers = world.licences.map(({ number }) => normaliseDocumentNumber(number));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(world.licences.filter(({ index }, place) => index !== place)).toEqual([]);
  });

  it('name their place and township, which those of vessels, vehicles and food do not', () => {
    for (const { department, type, township } of world.licences) {
      const isPlaceless = ['MARINE', 'MARKET', 'TRANSPORT'].includes(department) && type !== 'AQUACULTURE';
      expect(township === null).toBe(isPlaceless);
    }
    expect(held(world, 'MEDICAL_INSTITUTION').every(({ siteName }) => siteName !== null)).toBe(true);
  });

  it('were renewed, the permit before ending the day before the next one begins', () => {
    const hygiene = held(world, 'HYGIENE_PERMIT');
    const renewed = hygiene.filter(({ holder, validTo }) =>
      ofHolder(hygiene, holder).some(
        ({ validFrom }) => validTo !== null && validFrom === addDays(validTo, 1),
      ),
    );
    expect(renewed.length).toBeGreaterThan(0);
  });

  it('were granted to nobody before there was a firm', () => {
    for (const { holder, validFrom } of world.licences) {
      if (holder.kind !== 'organisation') continue;
      expect(validFrom >= (world.organisations[holder.index]?.established ?? '9')).toBe(true);
    }
  });

  it('are valid in the hands of a cancelled and of a revoked firm', () => {
    const wrong = world.licences.filter(
      (licence) =>
        licence.holder.kind === 'organisation' && gone(licence.holder.index) && isValid(licence, world.today),
    );
    const states = new Set(wrong.map(({ holder }) => world.organisations[holder.index]?.regState));
    expect(states).toEqual(new Set(['CANCELLED', 'REVOKED']));
  });
});
