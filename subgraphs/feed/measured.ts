import { addDecimals, compareDecimals, multiplyDecimal } from '../values/numbers/decimal.js';
import type { Measured } from './feed.js';

/** What no rows say of a number. */
export const NOTHING_MEASURED: Measured = { count: 0, sum: '0.00', min: null, max: null };

/** What `count` rows with one number say of it. @param number decimal text, or null: they have none. */
export function measure(number: string | null, count: number): Measured {
  if (number === null) return NOTHING_MEASURED;
  return { count, sum: multiplyDecimal(number, count), min: number, max: number };
}

/** What two sets of rows say together. */
export function addMeasured(left: Measured, right: Measured = NOTHING_MEASURED): Measured {
  return {
    count: left.count + right.count,
    sum: addDecimals(left.sum, right.sum),
    min: outer(left.min, right.min, -1),
    max: outer(left.max, right.max, 1),
  };
}

/** The lesser of two numbers, or the greater; one of them where the other is missing. */
function outer(left: string | null, right: string | null, sign: -1 | 1): string | null {
  if (left === null || right === null) return left ?? right;
  return compareDecimals(left, right) * sign >= 0 ? left : right;
}
