import { createRandom, mutate } from './mutations.js';

describe('mutate()', () => {
  const original = Buffer.from('{"list":[{"id":1,"name":"嵊泗"}],"total":1}');

  it('changes nearly every time, never its input, and the same way for the same seed', () => {
    const before = Buffer.from(original);
    const run = () => {
      const random = createRandom(7);
      return Array.from({ length: 500 }, () => mutate(random, original).toString('latin1'));
    };
    const mutants = run();
    expect(run()).toEqual(mutants);
    expect(original.equals(before)).toBe(true);
    expect(mutants.filter((text) => text !== original.toString('latin1')).length).toBeGreaterThan(450);
    expect(new Set(mutants).size).toBeGreaterThan(400);
  });

  it('takes also nothing for a start', () => {
    const random = createRandom(8);
    for (let count = 0; count < 200; count += 1)
      expect(mutate(random, Buffer.alloc(0))).toBeInstanceOf(Buffer);
  });
});
