/** A decimal number of any size: `digits` divided by ten to the power of `scale`. */
export interface ExactDecimal {
  readonly digits: bigint;
  /** Not negative. */
  readonly scale: number;
}

/** Longer texts are not numbers of any business; reading them would cost quadratic time. */
const MAX_LENGTH = 1000;
const DECIMAL = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,3}))?$/;

/**
 * Reads `-12.50` or `1e21`; null for anything else. `007` and `+5` are texts that somebody wrote, not the
 * digits of a number, and stay apart from `7` and `5`.
 */
export function parseDecimal(text: string): ExactDecimal | null {
  if (text.length > MAX_LENGTH) return null;
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const magnitude = BigInt(whole + fraction);
  const digits = sign === '-' ? -magnitude : magnitude;
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: ExactDecimal, b: ExactDecimal): number {
  const scale = Math.max(a.scale, b.scale);
  const left = a.digits * 10n ** BigInt(scale - a.scale);
  const right = b.digits * 10n ** BigInt(scale - b.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The greatest decimal with at most `scale` fraction digits that is not greater than `value`. */
export function floorToScale(value: ExactDecimal, scale: number): ExactDecimal {
  if (value.scale <= scale) return value;
  const divisor = 10n ** BigInt(value.scale - scale);
  const quotient = value.digits / divisor;
  const isBelow = value.digits < 0n && value.digits % divisor !== 0n;
  return { digits: isBelow ? quotient - 1n : quotient, scale };
}

/** Plain digits without exponent: `-12.50`. */
export function formatDecimal({ digits, scale }: ExactDecimal): string {
  const sign = digits < 0n ? '-' : '';
  const magnitude = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  if (scale === 0) return sign + magnitude;
  const point = magnitude.length - scale;
  return `${sign}${magnitude.slice(0, point)}.${magnitude.slice(point)}`;
}
