/** @typedef {import('./format-code.mjs').NumberKind} NumberKind */

const DAY_SECONDS = 86_400;
/** 9999-12-31, in days from 1899-12-30. */
const LAST_DAY = 2_958_465;
const DAYS_1904 = 1462;
/** From here on a number has more digits than a spreadsheet keeps. */
export const IMPRECISE_FROM = 1e15;
/** Digits that a spreadsheet keeps of a number. */
const KEPT_DIGITS = 15;
/** A number that needs no more digits once it is rounded to those was calculated, and the rest is binary dust. */
const CLEAN_DIGITS = 12;

/**
 * A number of a cell as text: its shortest digits without binary dust and without an exponent, a day `yyyy-MM-dd`, a
 * moment `yyyy-MM-dd HH:mm:ss`, a time of day or duration `HH:mm:ss`. A number of more than 15 digits keeps its exponent
 * (`3.3092219800101E+17`), by which everybody can tell that its last digits are lost.
 *
 * @param {number} number
 * @param {NumberKind} kind
 * @param {boolean} is1904
 */
export function writeNumber(number, kind, is1904) {
  if (kind === 'number' || number < 0) return shortestDigits(number);
  const seconds = Math.round(number * DAY_SECONDS);
  if (kind === 'elapsed' || (kind === 'time' && seconds < DAY_SECONDS)) return writeTime(seconds);
  const day = Math.floor(seconds / DAY_SECONDS) + (is1904 ? DAYS_1904 : 0);
  const rest = seconds % DAY_SECONDS;
  if (day > LAST_DAY) return shortestDigits(number);
  if (day === 0) return writeTime(rest);
  return kind === 'date' && rest === 0 ? writeDay(day) : `${writeDay(day)} ${writeTime(rest)}`;
}

/** The 1900 system has a 29 February 1900, so that days before it count one less. @param {number} day */
function writeDay(day) {
  if (day === 60) return '1900-02-29';
  const epoch = Date.UTC(1899, 11, day < 60 ? 31 : 30);
  return new Date(epoch + day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

/** @param {number} seconds */
function writeTime(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** @param {number} number finite */
function shortestDigits(number) {
  if (Math.abs(number) >= IMPRECISE_FROM) return withExponent(number);
  const shortest = String(number);
  const text = shortest.length > KEPT_DIGITS ? String(withoutDust(number)) : shortest;
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?e([+-][0-9]+)$/.exec(text);
  if (match === null) return text === '-0' ? '0' : text;
  const [, sign = '', whole = '', fraction = '', exponent = ''] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

/** `3.3000000000000003` is 3.3, `434.99999999999994` is 435; a third keeps all its digits. @param {number} number */
function withoutDust(number) {
  const rounded = Number(number.toPrecision(KEPT_DIGITS));
  return countDigits(rounded) <= CLEAN_DIGITS ? rounded : number;
}

/** Digits before the point, zeros included, and behind it. @param {number} number */
function countDigits(number) {
  const text = Math.abs(number) < 1 ? number.toExponential().replace(/e.*$/, '') : String(number);
  return text.replace(/[^0-9]/g, '').length;
}

/** As a spreadsheet shows it: `3.3092219800101E+17`. @param {number} number */
function withExponent(number) {
  return number.toExponential(KEPT_DIGITS - 1).replace(/\.?0*e/, 'E');
}
