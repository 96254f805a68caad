import fc from 'fast-check';
import { compareDecimals, formatDecimal, parseDecimal } from '../../exact-decimal.js';
import { numberKey, numberOfKey } from './number-key.js';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, scale]) => formatDecimal({ digits, scale }));

function key(text: string): string {
  return numberKey(text) ?? 'none';
}

describe('numberKey()', () => {
  it('sorts as numbers do, and is the same for equal ones', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [left, right] = [parseDecimal(a), parseDecimal(b)];
        if (left === null || right === null) throw new Error(`${a} and ${b} must be numbers`);
        expect(Math.sign(Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))))).toBe(
          compareDecimals(left, right),
        );
      }),
    );
  });

  it('gives the number back', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const [number, back] = [parseDecimal(text), parseDecimal(numberOfKey(key(text)) ?? '')];
        expect(number !== null && back !== null && compareDecimals(number, back)).toBe(0);
      }),
    );
  });

  it.each([
    [
      '-Infinity',
      '-1',
      '-0.5',
      '-0.05',
      '0',
      '0.05',
      '0.5',
      '1',
      '9',
      '10',
      '1e3',
      '1000.5',
      'Infinity',
      'NaN',
    ],
  ])('knows the order of the whole line', (...texts) => {
    expect(texts.map(key)).toEqual(texts.map(key).sort());
    expect(new Set(texts.map(key)).size).toBe(texts.length);
  });

  it.each(['', '007', '+5', '12a', ' 1', '0x1', '1.', 'z'])('of %j is none', (text) => {
    expect(numberKey(text)).toBeNull();
  });
});
