import fc from 'fast-check';
import { jsonDepth } from './json-depth.js';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('jsonDepth()', () => {
  it('counts what JSON.parse() makes of a text', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }),
        fc.constantFrom(0, 2),
        (value, space) => {
          expect(jsonDepth(JSON.stringify(value, null, space))).toBe(depthOf(value));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['"[[[\\"[[["', 0],
    ['["\\\\"]', 1],
    ['["\\\\\\"["]', 1],
    ['["', 1],
    ['"\\', 0],
    [`{"a":${'['.repeat(500)}`, 501],
    ['', 0],
  ])('of %s is %d', (text, depth) => {
    expect(jsonDepth(text)).toBe(depth);
  });

  it('costs no more than the length of a text', () => {
    const text = `["${'\\\\'.repeat(500_000)}"${', "\\""'.repeat(50_000)}]`;
    const start = process.cpuUsage();
    expect(jsonDepth(text)).toBe(1);
    expect(process.cpuUsage(start).user).toBeLessThan(200_000);
  });
});
