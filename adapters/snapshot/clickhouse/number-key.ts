import { formatDecimal, parseDecimal } from '../../exact-decimal.js';

/** Of what is no decimal but stands among numbers: `NaN` is above everything, as in the port. */
const SPECIAL_KEYS = new Map([
  ['-Infinity', '0'],
  ['Infinity', 'y'],
  ['NaN', 'z'],
]);
const SPECIAL_TEXTS = new Map([...SPECIAL_KEYS].map(([text, key]) => [key, text]));

/**
 * A text that sorts by its bytes as the number sorts by value, and is the same for equal numbers: `12.5`, `12.50`.
 * After a letter for the sign come four digits for the number's length before the point, then its digits; those of a
 * negative number are mirrored, with an end mark above them all.
 *
 * @returns null of a text that is no number.
 */
export function numberKey(text: string): string | null {
  const special = SPECIAL_KEYS.get(text);
  if (special !== undefined) return special;
  const decimal = parseDecimal(text);
  if (decimal === null) return null;
  const [, sign, whole = '', fraction = ''] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(formatDecimal(decimal)) ?? [];
  const digits = whole === '0' ? '' : whole;
  const rest = fraction.replace(/0+$/, '');
  if (digits === '' && rest === '') return 'b';
  const magnitude = `${String(digits.length).padStart(4, '0')}${digits}.${rest}`;
  return sign === '-' ? `a${mirror(magnitude)}~` : `c${magnitude}`;
}

/** The number of a key, as plain digits; null of a text that is no key. */
export function numberOfKey(key: string): string | null {
  const special = SPECIAL_TEXTS.get(key);
  if (special !== undefined) return special;
  if (key === 'b') return '0';
  const isNegative = key.startsWith('a') && key.endsWith('~');
  if (!isNegative && !key.startsWith('c')) return null;
  const magnitude = isNegative ? mirror(key.slice(1, -1)) : key.slice(1);
  const match = /^[0-9]{4}([0-9]*)\.([0-9]*)$/.exec(magnitude);
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  return isNegative ? `-${digits}` : digits;
}

function mirror(digits: string): string {
  return digits.replace(/[0-9]/g, (digit) => String(9 - Number(digit)));
}
