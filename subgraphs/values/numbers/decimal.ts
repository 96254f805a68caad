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
  const { digits, scale } = parse(text);
  return canonicalDecimal({ digits: digits * BigInt(factor), scale });
}

/** Negative, zero or positive, as `left` is less than, equal to or greater than `right` by value. */
export function compareDecimals(left: string, right: string): number {
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
