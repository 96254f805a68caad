import { type ExactDecimal, parseDecimal } from '../../../adapters/exact-decimal.js';

/** What a number says once the dust of binary fractions is off. */
interface DustedNumber {
  readonly amount: ExactDecimal;
  /** False where the digits may be dust as well as meant. */
  readonly isCertain: boolean;
}

/** A double tells so many decimal digits for certain; the sixteenth and seventeenth are what arithmetic left. */
const CERTAIN_DIGITS = 15;
/** Sums of many amounts lose digits before these. */
const SUMMED_DIGITS = [14, 13, 12];
/** A single-precision column tells fewer, and its cells arrive as doubles: `1234.56005859375`. */
const SINGLE_DIGITS = 8;
/** A number without more digits and places than these was written by a person: `1591735.25` happens to be a single too. */
const WRITTEN = { digits: 9, places: 3 };
/** What is left of a subtraction that should have given nothing. */
const NOTHING_BELOW = 1e-9;

/**
 * Takes the dust off a number that went through binary fractions: `3.3000000000000003` is 3.3,
 * `434.99999999999994` is 435. A number of fewer digits, or of more than any double has, is kept.
 */
export function withoutDust(amount: ExactDecimal): DustedNumber {
  const double = Number(decimalText(amount));
  if (Number.isInteger(double) || !Number.isFinite(double) || !isShortest(amount, double))
    return { amount, isCertain: true };
  if (Math.abs(double) < NOTHING_BELOW && digitsOf(amount) > CERTAIN_DIGITS)
    return { amount: ZERO, isCertain: false };
  const single = isWritten(amount) ? null : ofSingle(double);
  if (single !== null) return { amount: single, isCertain: true };
  if (digitsOf(amount) <= CERTAIN_DIGITS) return { amount, isCertain: true };
  const certain = rounded(double, CERTAIN_DIGITS);
  if (digitsOf(certain) <= CERTAIN_DIGITS - 3) return { amount: certain, isCertain: true };
  for (const digits of SUMMED_DIGITS) {
    const candidate = rounded(double, digits);
    if (digitsOf(candidate) <= digits - 4) return { amount: candidate, isCertain: false };
  }
  return { amount, isCertain: false };
}

/** Whether a text is what Excel shows of a number from a hundred milliards on: all digits but the first are lost. */
export function isShownInPart(text: string): boolean {
  return /^[+-]?\d(?:\.\d+)?E\+(?:1[1-9]|[2-9]\d|\d{3})$/i.test(text);
}

/** Whether the digits are those that programs print of the double. */
function isShortest(amount: ExactDecimal, double: number): boolean {
  const printed = parseDecimal(String(double));
  if (printed === null) return false;
  const [left, right] = [trimmed(amount), trimmed(printed)];
  return left.digits === right.digits && left.scale === right.scale;
}

function isWritten(amount: ExactDecimal): boolean {
  return digitsOf(amount) <= WRITTEN.digits || trimmed(amount).scale <= WRITTEN.places;
}

function ofSingle(double: number): ExactDecimal | null {
  if (Math.fround(double) !== double) return null;
  for (let digits = 1; digits <= SINGLE_DIGITS; digits += 1) {
    const candidate = double.toPrecision(digits);
    if (Math.fround(Number(candidate)) === double) return trimmed(parseDecimal(candidate) ?? ZERO);
  }
  return null;
}

const ZERO: ExactDecimal = { digits: 0n, scale: 0 };

function rounded(double: number, digits: number): ExactDecimal {
  return trimmed(parseDecimal(double.toPrecision(digits)) ?? ZERO);
}

function digitsOf(amount: ExactDecimal): number {
  return trimmed(amount).digits.toString().replace('-', '').length;
}

/** Without zeros at the end of the fraction. */
function trimmed({ digits, scale }: ExactDecimal): ExactDecimal {
  let [shorter, places] = [digits, scale];
  while (places > 0 && shorter % 10n === 0n) [shorter, places] = [shorter / 10n, places - 1];
  return { digits: shorter, scale: places };
}

function decimalText({ digits, scale }: ExactDecimal): string {
  return `${digits}e-${scale}`;
}
