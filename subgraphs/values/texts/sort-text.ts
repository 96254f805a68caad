import { compareCodePoints } from '../../../adapters/compare-cells.js';
import { compareDecimals } from '../numbers/decimal.js';

export { compareCodePoints };

/** How two sort texts stand to each other: by code point, or as decimals by their value. */
export function compareSortTexts(left: string, right: string, compare: 'text' | 'number'): number {
  return compare === 'text' ? compareCodePoints(left, right) : compareDecimals(left, right);
}
