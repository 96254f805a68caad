import { LineRing } from './line-ring.js';

describe('LineRing', () => {
  it('keeps the last lines, each whole or not at all', () => {
    const ring = new LineRing(1000);
    for (let index = 0; index < 500; index += 1) {
      ring.write(`${index}:${'检'.repeat(index % 7)}${'x'.repeat(index % 31)}`);
      expect(ring.linesWith(`${index}:`)).toEqual([
        `${index}:${'检'.repeat(index % 7)}${'x'.repeat(index % 31)}`,
      ]);
      const before = index - 5;
      if (before >= 0) expect(ring.linesWith(`${before}:`)).toHaveLength(1);
    }
    expect(ring.linesWith('3:')).toEqual([]);
    for (let index = 0; index < 500; index += 1) {
      const whole = `${index}:${'检'.repeat(index % 7)}${'x'.repeat(index % 31)}`;
      expect([[], [whole]]).toContainEqual(ring.linesWith(`${index}:`));
    }
  });

  it('takes no memory before it is written to', () => {
    const before = process.memoryUsage.rss();
    const ring = new LineRing(256 * 2 ** 20);
    ring.write('a:1');
    expect(ring.linesWith('a:')).toEqual(['a:1']);
    expect(process.memoryUsage.rss() - before).toBeLessThan(128 * 2 ** 20);
  });

  it('leaves out what would take the place of all others', () => {
    const ring = new LineRing(1000);
    ring.write('a:1');
    ring.write(`b:${'x'.repeat(2000)}`);
    expect(ring.linesWith('a:')).toEqual(['a:1']);
    expect(ring.linesWith('b:')).toEqual([]);
  });
});
