import { readUscc } from '../../../subgraphs/values/identifiers/uscc.js';
import { generateWorld } from '../generate-world.js';
import { cleanProductionOf, creditRatingsOf } from './environment-ratings.js';
import { readingsOf } from './make-readings.js';

describe.each([1, 2, 3, 4, 5])('permits of the environment bureau, seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const permits = world.licences.filter(({ type }) => type === 'POLLUTION_PERMIT');
  const holderOf = (index: number) => world.organisations[index];

  it('are held by firms in business', () => {
    for (const { holder } of world.licences.filter(({ department }) => department === 'ENVIRONMENT')) {
      expect(holder.kind).toBe('organisation');
      expect(holderOf(holder.index)?.regState).toBe('ACTIVE');
    }
  });

  it('contain the code of their holder, of one that it gave up, or of the firm before it', () => {
    const of = permits.map(({ number, holder }) => {
      const code = number.slice(0, 18);
      const known = holderOf(holder.index);
      expect(readUscc(code).value).toBe(code);
      if (known?.uscc === code) return 'own';
      return known?.formerUsccs.includes(code) === true ? 'former' : 'foreign';
    });
    expect(new Set(of)).toEqual(new Set(['own', 'former', 'foreign']));
  });

  it('are measured, rated and listed, here and there beyond the limit', () => {
    const readings = [...readingsOf(world)];
    expect(new Set(readings.map(({ outlet }) => outlet.keepsUtc))).toEqual(new Set([true, false]));
    expect(readings.some(({ exceeds }) => exceeds === true)).toBe(true);
    for (const { at, flag, average, exceeds, pollutant } of readings) {
      expect(at.slice(0, 10) <= world.today).toBe(true);
      expect(average === null).toBe(flag !== 'N');
      expect(exceeds).toBe(average === null ? null : Number(average) > Number(pollutant.limit));
    }
    expect(creditRatingsOf(world).length).toBeGreaterThan(2);
    expect(cleanProductionOf(world).length).toBeGreaterThan(0);
  });
});
