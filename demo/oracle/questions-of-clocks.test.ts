import { generateWorld } from '../world/generate-world.js';
import type { DemoSize } from '../world/world.js';
import { everythingKnown } from './q01-everything-known.js';
import { vesselFacts } from './q03-vessel.js';
import { complaintsByTownship } from './q11-complaints.js';
import { unpublishedDecisions } from './q13-unpublished.js';
import { handMadeWorld, organisation } from './testing/hand-made-world.js';

const options = { personKey: 'key' };
/** Mondays to Fridays. */
const isWorkingDay = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

describe('question 1', () => {
  it('tells the complaints of a subject, newest first, and what they led to', () => {
    const world = handMadeWorld({
      organisations: [{}, {}],
      inspections: [{}],
      cases: [{}],
      complaints: [
        { inspection: 0 },
        { createdAt: '2026-01-05 08:00:00', case: 0 },
        { target: organisation(1) },
        { target: null },
      ],
    });
    expect(everythingKnown(world, 'USCC0', options)?.complaints).toMatchObject([
      { ticketNumber: 'T1', createdAt: '2026-01-05T08:00:00+08:00', inspection: null, case: 'C0' },
      { ticketNumber: 'T0', inspection: 'I0', case: null, category: 'CATERING' },
    ]);
  });
});

describe('question 3', () => {
  it('tells where a vessel was last, at the clock of the county, or that it never was heard', () => {
    const fix = { vessel: 0, lon: 122.5, lat: 30.7, speedKn: '7.3', courseDeg: 90, via: 'AIS' } as const;
    const world = handMadeWorld({
      organisations: [{}],
      vessels: [{}, {}],
      positions: [{ ...fix, at: '2026-06-29 20:15:00' }],
    });
    expect(vesselFacts(world, 'CODE0', options)?.position).toEqual({
      ...{ lon: 122.5, lat: 30.7, speedKn: '7.3', courseDeg: 90, via: 'AIS' },
      at: '2026-06-30T04:15:00+08:00',
    });
    expect(vesselFacts(world, 'CODE1', options)?.position).toBeNull();
  });
});

describe('question 11', () => {
  const world = handMadeWorld({
    organisations: [{}],
    inspections: [{ date: '2025-07-20' }, { date: '2025-07-21' }, { date: '2025-07-10' }],
    cases: [{}],
    complaints: [
      { inspection: 0 },
      { inspection: 1, case: 0 },
      { inspection: 2, kind: 'CONSULTATION' },
      {},
      { township: '330922202', case: 0 },
      { createdAt: '2025-08-01 00:00:00' },
      { createdAt: '2025-06-30 23:59:59' },
      { category: 'FOOD' },
    ],
  });
  const july = { category: 'CATERING', month: '2025-07' };

  it('counts tickets of the month by township, what followed within ten days, and cases', () => {
    expect(complaintsByTownship(world, july)).toEqual([
      { township: '330922100', complaints: 4, toInspection: 2, toCase: 1 },
      { township: '330922202', complaints: 1, toInspection: 0, toCase: 1 },
    ]);
  });

  it('takes another number of days, and some kinds of tickets alone', () => {
    const [within] = complaintsByTownship(world, { ...july, withinDays: 11 });
    expect(within?.toInspection).toBe(3);
    const [complaints] = complaintsByTownship(world, { ...july, kinds: ['COMPLAINT'] });
    expect(complaints).toEqual({ township: '330922100', complaints: 3, toInspection: 1, toCase: 1 });
  });
});

describe('question 13', () => {
  // 2026-06-30 is a Tuesday; seven working days before it is the 19th, a Friday.
  const world = handMadeWorld({
    organisations: [{}],
    cases: [
      { decidedAt: '2026-06-19', publishedAt: null },
      { decidedAt: '2026-06-18', publishedAt: null },
      { decidedAt: '2026-03-02', publishedAt: '2026-03-11' },
      { decidedAt: '2026-03-02', publishedAt: '2026-03-12' },
      { decidedAt: '2026-03-02', publishedAt: null, stage: 'WITHDRAWN' },
      { decidedAt: null, publishedAt: null },
    ],
  });
  const late = (parts: { today?: string; withinWorkingDays?: number } = {}) =>
    unpublishedDecisions(world, { isWorkingDay, ...parts }).map((each) => [
      each.caseCode,
      each.lagWorkingDays,
      each.publishedAt,
    ]);

  it('lists decisions published on the eighth working day, or not by then', () => {
    expect(late()).toEqual([
      ['C3', 8, '2026-03-12'],
      ['C1', 8, null],
    ]);
  });

  it('counts by the calendar that it is given', () => {
    const holiday = (day: string) => day !== '2026-06-22' && isWorkingDay(day);
    const found = unpublishedDecisions(world, { isWorkingDay: holiday });
    expect(found.map(({ caseCode }) => caseCode)).toEqual(['C3']);
  });

  it('takes another limit and another day', () => {
    expect(late({ withinWorkingDays: 6 }).map(([code]) => code)).toEqual(['C2', 'C3', 'C1', 'C0']);
    expect(late({ today: '2026-07-01' }).map(([code]) => code)).toEqual(['C3', 'C1', 'C0']);
  });
});

const WORLDS: readonly [DemoSize, number][] = [
  ['tiny', 1],
  ['tiny', 2],
  ['small', 3],
];

describe.each(WORLDS)('a generated county of size %s, seed %i', (size, seed) => {
  const world = generateWorld({ seed, size });

  it('has catering complaints of July in several townships, some of which led to something', () => {
    const rows = complaintsByTownship(world, { category: 'CATERING', month: '2025-07' });
    expect(rows.length).toBeGreaterThan(3);
    const sum = (of: 'complaints' | 'toInspection' | 'toCase') =>
      rows.reduce((total, row) => total + row[of], 0);
    expect(sum('toInspection')).toBeGreaterThan(0);
    expect(sum('toInspection')).toBeLessThan(sum('complaints'));
    expect(sum('toCase')).toBeGreaterThan(0);
  });

  it('has decisions published late and never, and most in time', () => {
    const found = unpublishedDecisions(world, { isWorkingDay });
    expect(found.some(({ publishedAt }) => publishedAt === null)).toBe(true);
    expect(found.some(({ publishedAt }) => publishedAt !== null)).toBe(true);
    const decided = [...world.cases].filter(({ decidedAt }) => decidedAt !== null);
    expect(found.length).toBeLessThan(decided.length / 2);
  });
});
