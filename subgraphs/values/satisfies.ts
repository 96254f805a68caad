import type { FieldValue } from '../kinds/field-value.js';
import { canonicalMoment } from './dates/moment.js';
import { isDecimal } from './numbers/decimal.js';
import { normaliseDocumentNumber } from './texts/document-number.js';
import { compareCodePoints, compareSortTexts } from './texts/sort-text.js';
import type { CellPredicate } from './value-codec.js';

/** How values of a field compare: decimals and integers by value, everything else by code point. */
interface Comparison {
  readonly compare: 'text' | 'number';
}

/**
 * Whether a decoded value satisfies a predicate; what the engine checks where the source could not.
 *
 * Comparisons with null are false. Of a list, one element must satisfy it. A bound that is a day covers the
 * whole day of a date-time.
 */
export function satisfies(value: FieldValue, predicate: CellPredicate, { compare }: Comparison): boolean {
  if (predicate.op === 'isNull') return value === null || (Array.isArray(value) && value.length === 0);
  if (value === null) return false;
  if (typeof value === 'object') return value.some((element) => satisfies(element, predicate, { compare }));
  switch (predicate.op) {
    case 'in':
      return predicate.values.some((wanted) => equals(value, wanted, compare));
    case 'range':
      return isWithin(String(value), predicate, compare);
    case 'contains':
      return String(value).includes(predicate.text);
    case 'startsWith':
      return String(value).startsWith(predicate.text);
    case 'sameNumber':
      return normaliseDocumentNumber(String(value)) === normaliseDocumentNumber(predicate.text);
  }
}

function equals(
  value: string | number | boolean,
  wanted: string | boolean,
  compare: 'text' | 'number',
): boolean {
  if (typeof wanted === 'boolean' || typeof value === 'boolean') return value === wanted;
  const text = String(value);
  if (compare === 'number')
    return isDecimal(wanted) && isDecimal(text) && compareSortTexts(text, wanted, compare) === 0;
  return text === wanted || (MOMENT.test(text) && text === canonicalMoment(wanted));
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T/;

function isWithin(
  text: string,
  range: { readonly from?: string; readonly to?: string },
  compare: 'text' | 'number',
): boolean {
  if (compare === 'number') {
    const above =
      range.from === undefined || (isDecimal(range.from) && compareSortTexts(text, range.from, compare) >= 0);
    return (
      above &&
      (range.to === undefined || (isDecimal(range.to) && compareSortTexts(text, range.to, compare) <= 0))
    );
  }
  const isMoment = MOMENT.test(text);
  const bound = (given: string): string => (isMoment ? (canonicalMoment(given) ?? given) : given);
  if (range.from !== undefined && compareCodePoints(text, bound(range.from)) < 0) return false;
  if (range.to === undefined) return true;
  const compared = isMoment && DAY.test(range.to) ? text.slice(0, 10) : text;
  return compareCodePoints(compared, bound(range.to)) <= 0;
}
