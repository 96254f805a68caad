import fc from 'fast-check';
import { comparableValue, compareCells, compareCodePoints, trimFraction } from './compare-cells.js';
import { compareDecimals, floorToScale, formatDecimal, parseDecimal } from './exact-decimal.js';
import { compileWholeTextPattern } from './whole-text-pattern.js';

test('compareCodePoints() orders as the bytes of UTF-8 do', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  expect(compareCodePoints('\u{FFFD}', '😀')).toBeLessThan(0);
});

test.each([
  ['decimal', '9', '10.0', -1],
  ['decimal', '1.10', '1.1', 0],
  ['decimal', 'NaN', 'Infinity', 1],
  ['decimal', '-Infinity', '-99999999999999999999999', -1],
  ['integer', 2n ** 63n - 1n, 2 ** 53, 1],
  ['float', -0.5, '0', -1],
  ['text', '9', '10', 1],
  ['text', 'a', 'B', 1],
  ['text', 'a', 'a ', -1],
  ['other', 5, 'a', -1],
  ['boolean', false, true, -1],
] as const)('compareCells() of %s: %p and %p', (type, a, b, expected) => {
  expect(Math.sign(compareCells(a, b, type))).toBe(expected);
  expect(Math.sign(compareCells(b, a, type))).toBe(expected === 0 ? 0 : -expected);
});

test.each([
  ['integer', '12abc'],
  ['integer', '012'],
  ['integer', ''],
  ['decimal', 'NaN'],
  ['date', 20260630],
  ['binary', 'xyz'],
  ['boolean', 'yes'],
  ['text', true],
] as const)('comparableValue() finds no %s in %p', (type, value) => {
  expect(comparableValue(value, type)).toBeNull();
});

test.each([
  ['2026-06-30 08:00:00.500', '2026-06-30 08:00:00.5'],
  ['2026-06-30 08:00:00.000000', '2026-06-30 08:00:00'],
  ['2026-06-30 08:00:00', '2026-06-30 08:00:00'],
  ['2026-06-30', '2026-06-30'],
  ['1.500', '1.500'],
])('trimFraction(%p) is %p', (text, expected) => {
  expect(trimFraction(text)).toBe(expected);
});

test('decimals are read, written, rounded down and compared exactly', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat(30), fc.nat(30), (digits, scale, target) => {
      const text = formatDecimal({ digits, scale });
      const read = parseDecimal(text);
      if (read === null) throw new Error(`not read back: ${text}`);
      expect(compareDecimals(read, { digits, scale })).toBe(0);
      const floor = floorToScale(read, target);
      const next = { digits: floor.digits + 1n, scale: floor.scale };
      expect(compareDecimals(floor, read)).toBeLessThanOrEqual(0);
      if (scale > target) expect(compareDecimals(next, read)).toBeGreaterThan(0);
    }),
  );
  expect(parseDecimal('1e3')).toEqual({ digits: 1000n, scale: 0 });
  for (const text of ['', '.5', '5.', '+5', '05', '1e', '0x1', ' 1', '１', '1'.repeat(1001)]) {
    expect(parseDecimal(text)).toBeNull();
  }
});

test.each([
  '^a',
  'a$',
  '\\d',
  '(?:a)',
  '(?=a)',
  'a+?',
  'a**',
  '[[:digit:]]',
  '[]a]',
  '(a',
  'a)',
  '[b-a]',
  '{2}',
  'a{3,1}',
])('compileWholeTextPattern() refuses %p', (pattern) => {
  expect(() => compileWholeTextPattern(pattern)).toThrow(/pattern/);
});

test('compileWholeTextPattern() matches whole texts by code point', () => {
  expect(compileWholeTextPattern('a|b').test('ab')).toBe(false);
  expect(compileWholeTextPattern('..').test('😀\n')).toBe(true);
});
