import { daysBetween } from './days.js';
import { generateWorld } from './generate-world.js';
import type { DemoSize } from './world.js';

const WORLDS: readonly [DemoSize, number][] = [
  ['tiny', 1],
  ['tiny', 2],
  ['small', 7],
];

describe.each(WORLDS)('registers of size %s, seed %i', (size, seed) => {
  const world = generateWorld({ seed, size });
  const { positions, vessels, aliases, organisations, scenicSpots } = world;

  it('have one latest fix of most vessels, 浙嵊渔90007 among them, and none of some', () => {
    const heard = new Set(positions.map(({ vessel }) => vessel));
    expect(heard.size).toBe(positions.length);
    expect(heard.has(0)).toBe(true);
    expect(heard.size).toBeLessThan(vessels.length);
    expect(heard.size).toBeGreaterThan(vessels.length / 2);
  });

  it('have fixes at sea around the county, in UTC, some of them days old', () => {
    const endOfToday = Date.parse(`${world.today}T24:00:00+08:00`);
    const agesMs = positions.map(({ at }) => endOfToday - Date.parse(`${at.replace(' ', 'T')}Z`));
    expect(agesMs.filter((age) => !(age > 0))).toEqual([]);
    expect(agesMs.some((age) => age > 2 * 86_400_000)).toBe(true);
    expect(agesMs.some((age) => age < 86_400_000)).toBe(true);
    for (const { lon, lat, speedKn, courseDeg, via, vessel } of positions) {
      expect(lon > 121.5 && lon < 123.5 && lat > 30 && lat < 31.2).toBe(true);
      expect(speedKn).toMatch(/^\d{1,2}\.\d$/);
      expect(courseDeg >= 0 && courseDeg < 360).toBe(true);
      if (via === 'BEIDOU') expect(vessels[vessel]?.beidouId).not.toBeNull();
    }
  });

  it('have older keys of about one in twenty organisations, which nobody has today', () => {
    const keys = new Set(organisations.map(({ pripid }) => pripid));
    expect(aliases.length).toBe(Math.ceil(organisations.length / 20));
    expect(new Set(aliases.map(({ old }) => old)).size).toBe(aliases.length);
    for (const { old, organisation } of aliases) {
      expect(old).toMatch(/^\d{16}$/);
      expect(keys.has(old)).toBe(false);
      expect(organisations[organisation]).toBeDefined();
    }
  });

  it('have scenic spots run by firms in business, one of them over its capacity', () => {
    expect(scenicSpots.length).toBeGreaterThan(3);
    for (const { operator } of scenicSpots) {
      expect(organisations[operator.index]).toMatchObject({ regState: 'ACTIVE' });
    }
    expect(scenicSpots.some(({ visitorsToday, capacity }) => visitorsToday > capacity)).toBe(true);
    expect(scenicSpots.some(({ visitorsToday, capacity }) => visitorsToday <= capacity)).toBe(true);
  });

  it('have decisions published in time, late, never and not yet', () => {
    const decided = [...world.cases].filter(({ stage, fine }) => stage !== 'WITHDRAWN' && fine !== '0.00');
    const lagOf = (from: string | null, to: string | null) => daysBetween(from ?? '', to ?? '');
    const published = decided.filter(({ publishedAt }) => publishedAt !== null);
    const open = decided.filter(({ publishedAt, decidedAt }) => publishedAt === null && decidedAt !== null);
    expect(published.some((each) => lagOf(each.decidedAt, each.publishedAt) <= 7)).toBe(true);
    expect(published.some((each) => lagOf(each.decidedAt, each.publishedAt) > 20)).toBe(true);
    expect(open.some(({ decidedAt }) => lagOf(decidedAt, world.today) > 200)).toBe(true);
    expect(open.some(({ decidedAt }) => lagOf(decidedAt, world.today) < 7)).toBe(true);
  });
});
