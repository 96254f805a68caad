import fc from 'fast-check';
import * as exact from '../../../adapters/exact-decimal.js';
import { addDecimals, canonicalDecimal, compareDecimals, multiplyDecimal } from './decimal.js';

/** Texts on both sides of every bound of the short way: digits, decimals, signs, zeros. */
const decimal = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constantFrom('0', '1', '9', '10', '99999999999', '100000000000', '9999999999999999999'),
      fc.nat(1_000_000).map(String),
    ),
    fc.constantFrom('', '.0', '.00', '.01', '.5', '.50', '.99', '.005', '.125'),
  )
  .map((parts) => parts.join(''));

const read = (text: string): exact.ExactDecimal => exact.parseDecimal(text) ?? { digits: 0n, scale: 0 };
const inUnits = ({ digits, scale }: exact.ExactDecimal): bigint => digits * 10n ** BigInt(9 - scale);

test('sums, products by one and comparisons are those of whole numbers of any size', () => {
  fc.assert(
    fc.property(decimal, decimal, (left, right) => {
      const [a, b] = [inUnits(read(left)), inUnits(read(right))];
      expect(addDecimals(left, right)).toBe(canonicalDecimal({ digits: a + b, scale: 9 }));
      expect(Math.sign(compareDecimals(left, right))).toBe(a < b ? -1 : a > b ? 1 : 0);
      expect(multiplyDecimal(left, 1)).toBe(canonicalDecimal({ digits: a, scale: 9 }));
    }),
    { numRuns: 2000 },
  );
});

test.each(['', '.00', 'a.00', '1,000.00', '١.00'])('%j is no number to calculate with', (text) => {
  expect(() => addDecimals(text, '1.00')).toThrow(TypeError);
  expect(() => compareDecimals('1.00', text)).toThrow(TypeError);
});
