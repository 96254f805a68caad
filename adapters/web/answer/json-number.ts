import { formatDecimal, parseDecimal } from '../../exact-decimal.js';

/** Doubles tell whole numbers apart up to here. */
const MAX_CERTAIN = 2n ** 53n;
/** Longer plain digits are no cell that anybody reads. */
const MAX_DIGITS = 40;

/**
 * The text of a number by its value, so that `1e3`, `1.0E3` and `1000.0` are one key and one amount: plain digits,
 * no zeros at the end of a fraction, no `-0`. A whole number beyond 2^53 that is written as a double (Gson does that to
 * every `long` in a map) has lost digits: it stays as it is written, which tells so.
 *
 * @param digits as JSON writes a number.
 */
export function plainNumber(digits: string): string {
  if (/^-?\d+$/.test(digits)) return digits === '-0' ? '0' : digits;
  const value = parseDecimal(digits);
  if (value === null) return digits;
  let { digits: shorter, scale } = value;
  while (scale > 0 && shorter % 10n === 0n) [shorter, scale] = [shorter / 10n, scale - 1];
  const isInexact = scale === 0 && (shorter > MAX_CERTAIN || shorter < -MAX_CERTAIN);
  const text = formatDecimal({ digits: shorter, scale });
  return isInexact || text.length > MAX_DIGITS ? digits : text;
}
