import { generateWorld } from '../world/generate-world.js';
import type { DemoSize, Licence } from '../world/world.js';
import { canonicalId } from './canonical-id.js';
import { unhygienicHomestays } from './q07-homestays.js';
import { goneButLicensed } from './q09-gone-but-licensed.js';
import { foreignPermitNumbers } from './q23-foreign-permit-numbers.js';
import { handMadeWorld, organisation, person, vessel } from './testing/hand-made-world.js';

const personKey = 'key';
const CAIYUAN = '330922100';
const inCaiyuan = { personKey, township: CAIYUAN };

const homestay = (holder: Licence['holder'], part: Partial<Licence> = {}): Partial<Licence> => ({
  ...{ department: 'CULTURE', type: 'HOMESTAY_PERMIT', holder, township: CAIYUAN, siteName: '听海小院' },
  ...part,
});
const food = (holder: Licence['holder'], part: Partial<Licence> = {}): Partial<Licence> => ({
  ...{ department: 'MARKET', type: 'FOOD_TRADE', holder },
  ...part,
});
const hygiene = (holder: Licence['holder'], part: Partial<Licence> = {}): Partial<Licence> => ({
  ...{ department: 'HEALTH', type: 'HYGIENE_PERMIT', holder },
  ...part,
});

describe('question 7', () => {
  it('finds people and firms, with their sites and what became of the hygiene permit', () => {
    const world = handMadeWorld({
      organisations: [{}, {}],
      persons: [{}],
      licences: [
        homestay(organisation(0)),
        homestay(organisation(0), { siteName: '「望海」民宿' }),
        food(organisation(0)),
        hygiene(organisation(0), { validTo: '2026-06-29' }),
        homestay(person(0)),
        food(person(0), { validTo: null }),
        homestay(organisation(1)),
        food(organisation(1), { validTo: '2026-06-30' }),
        hygiene(organisation(1), { state: 'CANCELLED' }),
      ],
    });
    const found = unhygienicHomestays(world, inCaiyuan);
    expect(found).toMatchObject([
      { id: canonicalId(world, person(0), personKey), name: null, lack: 'ABSENT', hygienePermits: [] },
      {
        id: 'uscc:USCC0',
        name: '第0公司',
        lack: 'EXPIRED',
        sites: [
          { name: '听海小院', permitNumber: 'L0' },
          { name: '「望海」民宿', permitNumber: 'L1' },
        ],
        foodLicences: ['L2'],
        hygienePermits: [{ number: 'L3', expired: true }],
      },
      { id: 'uscc:USCC1', lack: 'CANCELLED', hygienePermits: [{ number: 'L8', state: 'CANCELLED' }] },
    ]);
  });

  const lacking = [homestay(organisation(0)), food(organisation(0))];
  it.each<[string, readonly Partial<Licence>[]]>([
    [
      'a hygiene permit that runs out today',
      [...lacking, hygiene(organisation(0), { validTo: '2026-06-30' })],
    ],
    [
      'an ended hygiene permit and its renewal',
      [...lacking, hygiene(organisation(0), { validTo: '2026-01-01' }), hygiene(organisation(0))],
    ],
    ['no food licence', [homestay(organisation(0))]],
    ['an ended food licence', [homestay(organisation(0)), food(organisation(0), { validTo: '2026-06-29' })]],
    ['a revoked food licence', [homestay(organisation(0)), food(organisation(0), { state: 'REVOKED' })]],
    ['the food licence of somebody else', [homestay(organisation(0)), food(organisation(1))]],
    ['a site elsewhere', [homestay(organisation(0), { township: '330922202' }), food(organisation(0))]],
    ['an ended permit', [homestay(organisation(0), { validTo: '2026-06-29' }), food(organisation(0))]],
    ['a cancelled permit', [homestay(organisation(0), { state: 'CANCELLED' }), food(organisation(0))]],
  ])('leaves out %s', (_label, licences) => {
    const world = (parts: readonly Partial<Licence>[]) =>
      handMadeWorld({ organisations: [{}, {}], licences: parts });
    expect(unhygienicHomestays(world(lacking), inCaiyuan)).toHaveLength(1);
    expect(unhygienicHomestays(world(licences), inCaiyuan)).toEqual([]);
  });

  it('judges by the day that it is asked for', () => {
    const world = handMadeWorld({
      organisations: [{}],
      licences: [...lacking, hygiene(organisation(0), { validTo: '2026-07-31' })],
    });
    expect(unhygienicHomestays(world, { ...inCaiyuan, today: '2026-08-01' })).toHaveLength(1);
    expect(unhygienicHomestays(world, { ...inCaiyuan, today: '2026-07-31' })).toEqual([]);
  });
});

describe('question 9', () => {
  it('lists valid licences of whoever is cancelled or revoked, and of nobody else', () => {
    const world = handMadeWorld({
      organisations: [
        ...([{ regState: 'CANCELLED' }, { regState: 'REVOKED' }, { regState: 'ACTIVE' }] as const),
        ...([{ regState: 'CANCELLED' }, { regState: 'MOVED_OUT' }] as const),
      ],
      vessels: [{}],
      licences: [
        hygiene(organisation(0)),
        food(organisation(0), { validTo: null }),
        food(organisation(0), { validTo: '2026-06-29' }),
        hygiene(organisation(1), { validTo: '2026-06-30' }),
        food(organisation(2)),
        food(organisation(3), { state: 'CANCELLED' }),
        food(organisation(4)),
        { holder: vessel(0) },
      ],
    });
    expect(goneButLicensed(world, { personKey })).toMatchObject([
      { id: 'uscc:USCC0', regState: 'CANCELLED', licences: [{ number: 'L1' }, { number: 'L0' }] },
      { id: 'uscc:USCC1', regState: 'REVOKED', licences: [{ number: 'L3', department: 'HEALTH' }] },
    ]);
  });
});

const WORLDS: readonly [DemoSize, number][] = [
  ['tiny', 1],
  ['tiny', 2],
  ['small', 3],
];

describe.each(WORLDS)('a generated county of size %s, seed %i', (size, seed) => {
  const world = generateWorld({ seed, size });

  it('has homestays without a hygiene permit for every reason, in 菜园镇 and elsewhere', () => {
    for (const township of [CAIYUAN, '330922202']) {
      const found = unhygienicHomestays(world, { personKey, township });
      expect(new Set(found.map(({ lack }) => lack))).toEqual(new Set(['ABSENT', 'EXPIRED', 'CANCELLED']));
      expect(found.length).toBeLessThan(world.homestays.length);
    }
  });

  it('has organisations that are gone and hold valid licences', () => {
    const found = goneButLicensed(world, { personKey });
    expect(new Set(found.map(({ regState }) => regState))).toEqual(new Set(['CANCELLED', 'REVOKED']));
    expect(found.length).toBeLessThan(world.organisations.length / 5);
  });
});

describe('question 23', () => {
  it('finds the numbers of those who were there before, and not those of earlier registrations', () => {
    const permit = (holder: number, code: string): Partial<Licence> => ({
      ...{ department: 'ENVIRONMENT', type: 'POLLUTION_PERMIT' },
      ...{ holder: organisation(holder), number: `${code}001V` },
    });
    const world = handMadeWorld({
      organisations: [{ uscc: '91330922MA28K00156' }, { formerUsccs: ['91330922MA28KX007W'] }],
      licences: [
        permit(0, '91330922MA28K00156'),
        permit(1, '91330922MA28KX007W'),
        permit(1, '91330922MA28K00156'),
        { ...permit(1, '91330922MA28K00156'), type: 'HYGIENE_PERMIT' },
      ],
    });
    expect(foreignPermitNumbers(world, { personKey })).toEqual([
      {
        permit: '91330922MA28K00156001V',
        embedded: '91330922MA28K00156',
        holder: canonicalId(world, organisation(1), personKey),
      },
    ]);
  });
});
