import { type Comparable, isNumeric } from '../../compare-cells.js';
import {
  compareDecimals,
  type ExactDecimal,
  floorToScale,
  formatDecimal,
  parseDecimal,
} from '../../exact-decimal.js';
import type { CompareOp, DialectTraits } from '../dialect.js';
import { GREATEST_SINGLE, shownSingle } from '../single-number.js';
import type { NumberStorage, SqlColumn } from '../sql-table.js';

/**
 * A comparison that means the same over the cells that the column can hold, with a value that the column can
 * hold too, so that the database compares like with like and may walk an index.
 */
export type Narrowed =
  | { readonly kind: 'never' }
  /** True for every cell that is not null. */
  | { readonly kind: 'present' }
  | { readonly kind: 'native'; readonly op: CompareOp; readonly value: Comparable }
  /** No native value means the same: compare the cell's text. */
  | { readonly kind: 'text'; readonly op: CompareOp; readonly text: string };

const NEVER: Narrowed = { kind: 'never' };
const PRESENT: Narrowed = { kind: 'present' };

export function narrowComparison(
  column: SqlColumn,
  op: CompareOp,
  value: Comparable,
  traits: DialectTraits,
): Narrowed {
  if (!traits.hasFreeCells && value.kind !== kindOfCells(column)) return NEVER;
  if (value.kind === 'text') {
    if (column.type === 'date' && !traits.hasFreeCells) return narrowDate(op, value.text, traits);
    if (column.type === 'datetime' && !traits.hasFreeCells) return narrowDateTime(op, value.text, traits);
    return narrowText(op, value.text, traits.holdsNul);
  }
  if (value.kind === 'number' && column.numbers !== undefined) {
    return narrowNumber(op, value, column.numbers);
  }
  return { kind: 'native', op, value };
}

function kindOfCells(column: SqlColumn): Comparable['kind'] {
  if (isNumeric(column.type)) return 'number';
  if (column.type === 'boolean') return 'boolean';
  return column.type === 'binary' ? 'bytes' : 'text';
}

/** Cuts what no stored text can hold: U+0000 where the database refuses it, halves of surrogate pairs. */
export function narrowText(op: CompareOp, text: string, holdsNul: boolean): Narrowed {
  const lone = text.search(/\p{Surrogate}/u);
  const nul = holdsNul ? -1 : text.indexOf('\0');
  if (lone < 0 && nul < 0) return native(op, { kind: 'text', text });
  if (op === 'eq') return NEVER;
  const isUpper = op === 'lt' || op === 'lte';
  // What follows the prefix can only be greater than U+0000 …
  if (nul >= 0 && (lone < 0 || nul < lone)) {
    return native(isUpper ? 'lte' : 'gt', { kind: 'text', text: text.slice(0, nul) });
  }
  // … and is either below U+D800 or from U+E000 on.
  return native(isUpper ? 'lt' : 'gte', { kind: 'text', text: `${text.slice(0, lone)}\u{E000}` });
}

/** Dates compare with any text by their ISO text: `2026-06-30` is less than `2026-06-30 08:00:00`. */
function narrowDate(op: CompareOp, text: string, { hasInfiniteDates }: DialectTraits): Narrowed {
  if ((hasInfiniteDates && isInfinity(text)) || isDate(text)) return native(op, { kind: 'text', text });
  if (!isDate(text.slice(0, 10))) return { kind: 'text', op, text };
  if (op === 'eq') return NEVER;
  const day: Comparable = { kind: 'text', text: text.slice(0, 10) };
  return native(op === 'lt' || op === 'lte' ? 'lte' : 'gt', day);
}

function narrowDateTime(op: CompareOp, text: string, { hasInfiniteDates }: DialectTraits): Narrowed {
  if ((hasInfiniteDates && isInfinity(text)) || isDateTime(text)) return native(op, { kind: 'text', text });
  if (!isDate(text)) return { kind: 'text', op, text };
  if (op === 'eq') return NEVER;
  const midnight: Comparable = { kind: 'text', text: `${text} 00:00:00` };
  return native(op === 'lt' || op === 'lte' ? 'lt' : 'gte', midnight);
}

function isInfinity(text: string): boolean {
  return text === 'infinity' || text === '-infinity';
}

function isDate(text: string): boolean {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (match === null || match[1] === '0000') return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function isDateTime(text: string): boolean {
  const time = /^ (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?$/;
  return isDate(text.slice(0, 10)) && time.test(text.slice(10));
}

function narrowNumber(
  op: CompareOp,
  value: Extract<Comparable, { kind: 'number' }>,
  storage: NumberStorage,
): Narrowed {
  if (value.decimal === null) {
    if (storage.kind !== 'integer' && storage.kind !== 'fixed') return native(op, value);
    return beyond(op, value.text === '-Infinity' ? 'below' : 'above');
  }
  switch (storage.kind) {
    case 'exact':
    case 'digits':
      return native(op, numberOf(value.decimal));
    case 'integer':
      return toScale(op, value.decimal, 0, storage.min, storage.max);
    case 'fixed': {
      const max = 10n ** BigInt(storage.precision) - 1n;
      return toScale(op, value.decimal, storage.scale, -max, max);
    }
    case 'double':
      return toDouble(op, value.decimal);
    case 'single':
      return toSingle(op, value.decimal, storage.places);
    case 'mixed':
      return toMixed(op, value.decimal);
  }
}

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** Beyond 2^53 every double is a whole number, so whole numbers tell all cells apart there. */
function toMixed(op: CompareOp, value: ExactDecimal): Narrowed {
  const floor = floorToScale(value, 0);
  const side = compareDecimals(floor, value);
  const isInt64 = floor.digits <= INT64_MAX && floor.digits >= INT64_MIN;
  const isBeyondDoubles = floor.digits >= 2n ** 53n || floor.digits < -(2n ** 53n);
  if (isInt64 && (side === 0 || isBeyondDoubles)) return nearest(op, floor, side);
  // The least integer is a double as well, and what lies just below would be rounded to it.
  if (floor.digits < INT64_MIN && Number(floor.digits) === Number(INT64_MIN)) {
    return nearest(op, { digits: INT64_MIN, scale: 0 }, 1);
  }
  return toDouble(op, value);
}

/** `min` and `max` count units of the last digit. */
function toScale(op: CompareOp, value: ExactDecimal, scale: number, min: bigint, max: bigint): Narrowed {
  const floor = floorToScale(value, scale);
  const units = floor.digits * 10n ** BigInt(scale - floor.scale);
  if (units > max) return beyond(op, 'above');
  if (units < min) return beyond(op, 'below');
  return nearest(op, floor, compareDecimals(floor, value));
}

/** A double stands for the shortest decimal that reads back as itself: the cell that shows 0.1 is 0.1. */
function toDouble(op: CompareOp, value: ExactDecimal): Narrowed {
  const double = Number(formatDecimal(value));
  if (!Number.isFinite(double)) {
    const greatest = numberOf(parseDecimal(String(Number.MAX_VALUE)));
    return double > 0 ? aboveAll(op, greatest) : belowAll(op, greatest);
  }
  const shown = parseDecimal(String(double));
  if (shown === null) return NEVER;
  return nearest(op, shown, compareDecimals(shown, value));
}

/** A single stands for the decimal that it shows: see `shownSingle`. */
function toSingle(op: CompareOp, value: ExactDecimal, places: number | undefined): Narrowed {
  const single = Math.fround(Number(formatDecimal(value)));
  if (!Number.isFinite(single)) {
    const greatest = numberOf(parseDecimal(String(GREATEST_SINGLE)));
    return single > 0 ? aboveAll(op, greatest) : belowAll(op, greatest);
  }
  const shown = parseDecimal(String(shownSingle(single, places)));
  if (shown === null) return NEVER;
  return nearest(op, shown, compareDecimals(shown, value));
}

/** The comparison with the column's own number next to the value; `side`: where that stands (-1, 0, 1). */
function nearest(op: CompareOp, number: ExactDecimal, side: number): Narrowed {
  const value = numberOf(number);
  if (side === 0) return native(op, value);
  if (op === 'eq') return NEVER;
  const isUpper = op === 'lt' || op === 'lte';
  if (side < 0) return native(isUpper ? 'lte' : 'gt', value);
  return native(isUpper ? 'lt' : 'gte', value);
}

/** Doubles have infinities beyond every decimal, so the greatest finite one is the bound. */
function aboveAll(op: CompareOp, greatest: Comparable): Narrowed {
  if (op === 'eq') return NEVER;
  return native(op === 'lt' || op === 'lte' ? 'lte' : 'gt', greatest);
}

function belowAll(op: CompareOp, greatest: Comparable): Narrowed {
  if (op === 'eq' || greatest.kind !== 'number' || greatest.decimal === null) return NEVER;
  const least = numberOf({ ...greatest.decimal, digits: -greatest.decimal.digits });
  return native(op === 'lt' || op === 'lte' ? 'lt' : 'gte', least);
}

/** A value that lies beyond everything which the column can hold. */
function beyond(op: CompareOp, side: 'above' | 'below'): Narrowed {
  if (op === 'eq') return NEVER;
  const isUpper = op === 'lt' || op === 'lte';
  return isUpper === (side === 'above') ? PRESENT : NEVER;
}

function numberOf(decimal: ExactDecimal | null): Comparable {
  return { kind: 'number', text: decimal === null ? 'NaN' : formatDecimal(decimal), decimal };
}

function native(op: CompareOp, value: Comparable): Narrowed {
  return { kind: 'native', op, value };
}
