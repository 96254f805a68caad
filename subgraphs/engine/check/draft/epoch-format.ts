import type { SourceValue } from '../../../../adapters/source-value.js';
import type { DateFormat } from '../../../values/dates/date-format.js';
import { isFilled, mostly } from './filled.js';

/** Moments that a county's system can hold: from 2005 to 2037, in seconds since 1970. */
const EARLIEST = 1_104_537_600;
const LATEST = 2_145_916_800;
/** Serial numbers of ten digits follow each other; moments lie apart. Seconds. */
const LEAST_SPREAD = 7 * 86_400;

/** How a column of whole numbers counts time, if it does. */
export function epochFormat(cells: readonly SourceValue[]): DateFormat | null {
  const numbers = cells
    .filter(isFilled)
    .map((cell) => (/^\d{10,13}$/.test(String(cell)) ? Number(cell) : Number.NaN));
  if (countsIn(numbers, 1)) return 'epochSeconds';
  return countsIn(numbers, 1000) ? 'epochMillis' : null;
}

function countsIn(numbers: readonly number[], unitsPerSecond: number): boolean {
  const seconds = numbers.map((number) => number / unitsPerSecond);
  const plausible = (second: number): boolean => second >= EARLIEST && second <= LATEST;
  if (!mostly(seconds, plausible)) return false;
  const inRange = seconds.filter(plausible);
  return inRange.length === 1 || Math.max(...inRange) - Math.min(...inRange) >= LEAST_SPREAD;
}
