import { compareDecimals, type ExactDecimal, parseDecimal } from './exact-decimal.js';
import type { ColumnType } from './source-adapter.js';
import type { SourceValue } from './source-value.js';

/** How two texts stand to each other by code point; JavaScript's own `<` compares UTF-16 units instead. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    if (a.charCodeAt(index) !== b.charCodeAt(index)) return compareFrom(a, b, index);
  }
  return a.length - b.length;
}

/** Two texts that differ from this unit on, which may be the second half of a surrogate pair. */
function compareFrom(a: string, b: string, index: number): number {
  const before = index === 0 ? 0 : a.charCodeAt(index - 1);
  if (before >= 0xd800 && before < 0xdc00) {
    const order = codePointAt(a, index - 1) - codePointAt(b, index - 1);
    if (order !== 0) return order;
  }
  return codePointAt(a, index) - codePointAt(b, index);
}

function codePointAt(text: string, index: number): number {
  return text.codePointAt(index) ?? -1;
}

/** A value of a column together with the way in which it compares. Values of different kinds are never equal. */
export type Comparable =
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Plain or exponent digits, `NaN`, `Infinity` or `-Infinity`. */
  | { readonly kind: 'number'; readonly text: string; readonly decimal: ExactDecimal | null }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

const KIND_RANK = { boolean: 0, number: 1, text: 2, bytes: 3 } as const;

/** A cell as its column compares it: a decimal column's text is a number, a date is its ISO text. */
export function comparableCell(cell: Exclude<SourceValue, null>, type: ColumnType): Comparable {
  if (typeof cell === 'boolean') return { kind: 'boolean', value: cell };
  if (cell instanceof Uint8Array) return { kind: 'bytes', bytes: cell };
  if (typeof cell !== 'string') return comparableNumber(String(cell)) ?? { kind: 'text', text: String(cell) };
  const number = isNumeric(type) ? comparableNumber(cell) : null;
  return number ?? { kind: 'text', text: cell };
}

/**
 * A value of a condition as the column's type; null when it is no value of that type, so that every
 * comparison with it is false. `'12'` is 12 in an integer column and 12 is `'12'` in a text column, but
 * `'12abc'` and `'012'` are no numbers.
 */
export function comparableValue(value: Exclude<SourceValue, null>, type: ColumnType): Comparable | null {
  if (isNumeric(type)) return numericValue(value);
  switch (type) {
    case 'text':
      return textValue(value);
    case 'date':
      return typeof value === 'string' ? { kind: 'text', text: value } : null;
    case 'datetime':
      return typeof value === 'string' ? { kind: 'text', text: trimFraction(value) } : null;
    case 'boolean':
      return booleanValue(value);
    case 'binary':
      return bytesValue(value);
    default:
      return comparableCell(value, type);
  }
}

/** `2026-06-30 08:00:00.500000` is `2026-06-30 08:00:00.5`; only then do moments sort by their text. */
export function trimFraction(dateTime: string): string {
  const moment = /^([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})\.([0-9]+)$/.exec(dateTime);
  if (moment === null) return dateTime;
  const [, seconds = '', fraction = ''] = moment;
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? seconds : `${seconds}.${digits}`;
}

/** Total order within one column: booleans, then numbers, then texts, then bytes. */
export function compareComparables(a: Comparable, b: Comparable): number {
  if (a.kind === 'number' && b.kind === 'number') return compareNumbers(a, b);
  if (a.kind === 'text' && b.kind === 'text') return compareCodePoints(a.text, b.text);
  if (a.kind === 'boolean' && b.kind === 'boolean') return Number(a.value) - Number(b.value);
  if (a.kind === 'bytes' && b.kind === 'bytes') return Buffer.compare(a.bytes, b.bytes);
  return KIND_RANK[a.kind] - KIND_RANK[b.kind];
}

/** How two cells of one column stand to each other. */
export function compareCells(
  a: Exclude<SourceValue, null>,
  b: Exclude<SourceValue, null>,
  type: ColumnType,
): number {
  return compareComparables(comparableCell(a, type), comparableCell(b, type));
}

export function isNumeric(type: ColumnType): boolean {
  return type === 'integer' || type === 'decimal' || type === 'float';
}

/** PostgreSQL's order: NaN is above Infinity, and equal to itself. */
const SPECIAL_RANK = new Map([
  ['-Infinity', -1],
  ['Infinity', 1],
  ['NaN', 2],
]);

function compareNumbers(
  a: Extract<Comparable, { kind: 'number' }>,
  b: Extract<Comparable, { kind: 'number' }>,
): number {
  if (a.decimal !== null && b.decimal !== null) return compareDecimals(a.decimal, b.decimal);
  return (SPECIAL_RANK.get(a.text) ?? 0) - (SPECIAL_RANK.get(b.text) ?? 0);
}

function comparableNumber(text: string): Extract<Comparable, { kind: 'number' }> | null {
  if (SPECIAL_RANK.has(text)) return { kind: 'number', text, decimal: null };
  const decimal = parseDecimal(text);
  return decimal === null ? null : { kind: 'number', text, decimal };
}

function numericValue(value: Exclude<SourceValue, null>): Comparable | null {
  if (value instanceof Uint8Array) return null;
  const number = comparableNumber(typeof value === 'boolean' ? String(Number(value)) : String(value));
  // Infinities and NaN are positions in an order, not values that anybody filters by.
  return number?.decimal === null ? null : number;
}

function textValue(value: Exclude<SourceValue, null>): Comparable | null {
  if (typeof value === 'boolean' || value instanceof Uint8Array) return null;
  return { kind: 'text', text: String(value) };
}

function booleanValue(value: Exclude<SourceValue, null>): Comparable | null {
  if (value instanceof Uint8Array) return null;
  const text = String(value);
  if (text === 'true' || text === '1') return { kind: 'boolean', value: true };
  return text === 'false' || text === '0' ? { kind: 'boolean', value: false } : null;
}

/** Binary keys travel as lower-case hexadecimal text. */
function bytesValue(value: Exclude<SourceValue, null>): Comparable | null {
  if (value instanceof Uint8Array) return { kind: 'bytes', bytes: value };
  if (typeof value !== 'string' || !/^(?:[0-9a-f]{2})*$/.test(value)) return null;
  return { kind: 'bytes', bytes: Buffer.from(value, 'hex') };
}
