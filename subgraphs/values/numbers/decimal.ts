import * as exact from '../../../adapters/exact-decimal.js';

type ExactDecimal = exact.ExactDecimal;

/** Exact value of a canonical decimal text. @throws {TypeError} on a text that is no number. */
function parse(text: string): ExactDecimal {
  const value = exact.parseDecimal(text);
  if (value === null)
    throw new TypeError(`Cannot calculate with ${JSON.stringify(text)}: it must be a decimal number`);
  return value;
}

/** Canonical text: two or more decimals, no superfluous zeros beyond: `5000.00`, `12.345`. */
export function canonicalDecimal({ digits, scale }: ExactDecimal): string {
  let [shorter, places] = [digits, scale];
  while (places > 2 && shorter % 10n === 0n) [shorter, places] = [shorter / 10n, places - 1];
  if (places < 2) [shorter, places] = [shorter * 10n ** BigInt(2 - places), 2];
  return exact.formatDecimal({ digits: shorter, scale: places });
}

/** Sum of two decimal texts, canonical. */
export function addDecimals(left: string, right: string): string {
  const [few, more] = [hundredths(left), hundredths(right)];
  if (few !== null && more !== null) return fromHundredths(few + more);
  const [a, b] = [parse(left), parse(right)];
  const scale = Math.max(a.scale, b.scale);
  const digits = a.digits * 10n ** BigInt(scale - a.scale) + b.digits * 10n ** BigInt(scale - b.scale);
  return canonicalDecimal({ digits, scale });
}

export function negateDecimal(text: string): string {
  const { digits, scale } = parse(text);
  return canonicalDecimal({ digits: -digits, scale });
}

/** @param factor an integer. */
export function multiplyDecimal(text: string, factor: number): string {
  if (factor === 1 && hundredths(text) !== null) return text;
  const { digits, scale } = parse(text);
  return canonicalDecimal({ digits: digits * BigInt(factor), scale });
}

/** Negative, zero or positive, as `left` is less than, equal to or greater than `right` by value. */
export function compareDecimals(left: string, right: string): number {
  const [few, more] = [hundredths(left), hundredths(right)];
  if (few !== null && more !== null) return Math.sign(few - more);
  return exact.compareDecimals(parse(left), parse(right));
}

/** Whether a text is a number that the functions above accept. */
export function isDecimal(text: string): boolean {
  return exact.parseDecimal(text) !== null;
}

/** A decimal text divided by an integer, canonical, rounded to so many places; halves away from zero (四舍五入). */
export function divideDecimal(text: string, divisor: number, places: number): string {
  return divideDecimals(text, String(divisor), places);
}

/** As `divideDecimal`. @param divisor greater than zero. */
export function divideDecimals(text: string, divisor: string, places: number): string {
  const [over, under] = [parse(text), parse(divisor)];
  const scale = over.scale - under.scale;
  const by = under.digits * 10n ** BigInt(Math.max(0, scale - places));
  const scaled = over.digits * 10n ** BigInt(Math.max(0, places - scale));
  const magnitude = scaled < 0n ? -scaled : scaled;
  const rounded = (2n * magnitude + by) / (2n * by);
  return canonicalDecimal({ digits: scaled < 0n ? -rounded : rounded, scale: places });
}

/** Thirteen digits and a point: any sum of two such numbers of hundredths is a whole number that a double holds. */
const LONGEST = 14;

/**
 * What most amounts are, digits with two decimals, as a number of hundredths, with which the processor calculates; null for any
 * other text.
 */
function hundredths(text: string): number | null {
  const point = text.length - 3;
  if (point < 1 || text.length > LONGEST || text.charCodeAt(point) !== POINT) return null;
  // Canonical texts begin with no zero but the one before the point.
  if (point > 1 && text.charCodeAt(0) === ZERO) return null;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (at === point) continue;
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return null;
    digits = digits * 10 + digit;
  }
  return digits;
}

const ZERO = 48;
const POINT = 46;

function fromHundredths(count: number): string {
  const digits = String(count).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
