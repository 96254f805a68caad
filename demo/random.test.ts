import { randomFor } from './random.js';

describe('randomFor()', () => {
  it('draws the same numbers for the same path, pinned for good', () => {
    const random = randomFor(2026, 'market.penalty', 12);
    const drawn = [random.int(0, 999_999), random.int(0, 999_999), random.digits(6), random.chance(0.5)];
    const again = randomFor(2026, 'market.penalty', 12);
    expect([again.int(0, 999_999), again.int(0, 999_999), again.digits(6), again.chance(0.5)]).toEqual(drawn);
    expect(drawn).toMatchInlineSnapshot(`
[
  638265,
  881747,
  "802155",
  true,
]
`);
  });

  it('draws other numbers for another seed, table or row', () => {
    const first = [
      randomFor(1, 'a', 1),
      randomFor(2, 'a', 1),
      randomFor(1, 'b', 1),
      randomFor(1, 'a', 2),
      randomFor(1, 'a1'),
    ].map((random) => random.int(0, 2 ** 32 - 1));
    expect(new Set(first).size).toBe(first.length);
  });

  it('spreads the first draw of neighbouring rows evenly', () => {
    const counts = new Array<number>(10).fill(0);
    for (let row = 0; row < 20_000; row += 1) {
      const digit = randomFor(7, 'row', row).int(0, 9);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('reaches both ends of a range and nothing beyond', () => {
    const random = randomFor(3, 'ends');
    const drawn = new Set(Array.from({ length: 500 }, () => random.int(-1, 2)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  });

  it('keeps every element when shuffling, and moves them', () => {
    const list = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = randomFor(4, 'shuffle').shuffle(list);
    expect(shuffled).not.toEqual(list);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(list);
  });

  it('refuses empty ranges and lists', () => {
    const random = randomFor(5);
    expect(() => random.int(2, 1)).toThrow('2 to 1');
    expect(() => random.int(0.5, 1)).toThrow(RangeError);
    expect(() => random.pick([])).toThrow('empty');
  });
});
