import { all, any, type Condition, not } from '../../../adapters/condition.js';
import {
  type ExactDecimal,
  floorToScale,
  formatDecimal,
  parseDecimal,
} from '../../../adapters/exact-decimal.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { NOTHING, nullFor, only } from '../quality.js';
import { unguardedText } from '../texts/cell-text.js';
import { isNullWord, nullWords } from '../texts/null-words.js';
import {
  type CellPredicate,
  CLEAN,
  type Decoded,
  type PushedCondition,
  type SortCodec,
  type ValueCodec,
} from '../value-codec.js';
import { canonicalDecimal } from './decimal.js';
import { isShownInPart, withoutDust } from './dust.js';
import { countsAsNumber, isBounded } from './number-bounds.js';
import { readAmount, scaled } from './read-amount.js';
import { dimensionOf, UNIT_FACTORS, type Unit } from './units.js';

export interface DecimalOptions {
  readonly unit: Unit;
  /**
   * `exact`: a DECIMAL column, whose digits are what somebody entered. `binary`: any other numeric column; it
   * may hold binary fractions, so its cells lie near the values. `none`: not numeric, nothing is pushed.
   */
  readonly order: 'exact' | 'binary' | 'none';
  readonly nulls: readonly string[];
}

/** Exact decimals in canonical units (yuan, metre, kilowatt, tonne), as text. */
export function decimalCodec(options: DecimalOptions): ValueCodec {
  const words = nullWords(options.nulls);
  const unreadable = nullFor(
    dimensionOf(options.unit) === 'money' ? 'AMOUNT_UNREADABLE' : 'NUMBER_UNREADABLE',
  );
  const isBare = options.nulls.length === 0 && isOne(UNIT_FACTORS[options.unit]);
  const decode = (cell: SourceValue): Decoded<string | null> => {
    const trimmed = unguardedText(cell);
    if (trimmed === null) return NOTHING;
    if (isBare && SHORT.test(trimmed)) return { value: withTwoDecimals(trimmed), quality: CLEAN };
    const plain = parseDecimal(trimmed);
    if ((plain === null || options.nulls.length > 0) && isNullWord(trimmed, words))
      return nullFor('NULL_WORD');
    if (typeof cell === 'string' && isShownInPart(trimmed)) return nullFor('NUMBER_IMPRECISE');
    if (plain !== null) return readPlain(plain, options) ?? unreadable;
    const amount = readAmount(trimmed, options.unit);
    if (amount === 'belowLimit') return nullFor('NULL_WORD');
    if (amount === null || !isBounded(amount.digits, amount.scale)) return unreadable;
    return { value: canonicalDecimal(amount), quality: CLEAN };
  };
  if (options.order === 'none') return { decode, push: () => null };
  return {
    decode,
    push: (predicate, column) => pushDecimal(predicate, column, options),
    sort: {
      guard: (column) => isNumber(column, options.nulls),
      // Finer than the value: binary dust is off there, and would not lead back to the cell.
      sortText: (cell) => (decode(cell).value === null ? null : exactText(cell, options.unit)),
      cellOf: (sortText) => cellOfAmount(sortText, options.unit),
      compare: 'number',
    } satisfies SortCodec,
  };
}

/**
 * What most cells hold: so few digits and decimals that they are neither dust nor a part of what was shown. In a unit that is the
 * canonical one their text is the value.
 */
const SHORT = /^(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,2})?$/;

function isOne({ numerator, scale }: (typeof UNIT_FACTORS)[Unit]): boolean {
  return numerator === 1n && scale === 0;
}

function withTwoDecimals(text: string): string {
  const point = text.indexOf('.');
  return point < 0 ? `${text}.00` : text.padEnd(point + 3, '0');
}

function readPlain(cell: ExactDecimal, { unit, order }: DecimalOptions): Decoded<string> | null {
  if (!isBounded(cell.digits, cell.scale)) return null;
  const { amount, isCertain } = order === 'exact' ? { amount: cell, isCertain: true } : withoutDust(cell);
  return {
    value: canonicalDecimal(scaled(amount, UNIT_FACTORS[unit])),
    quality: isCertain ? CLEAN : only('NUMBER_IMPRECISE'),
  };
}

function exactText(cell: SourceValue, unit: Unit): string | null {
  const amount = parseDecimal(unguardedText(cell) ?? '');
  return amount === null ? null : canonicalDecimal(scaled(amount, UNIT_FACTORS[unit]));
}

function isNumber(column: string, nulls: readonly string[]): Condition {
  const spared: Condition[] = nulls.length === 0 ? [] : [not({ kind: 'in', column, values: nulls })];
  return all([...countsAsNumber(column), ...spared]);
}

function pushDecimal(
  predicate: CellPredicate,
  column: string,
  { unit, nulls, order }: DecimalOptions,
): PushedCondition | null {
  if (predicate.op === 'isNull') return { condition: not(isNumber(column, nulls)), exact: true };
  if (order === 'binary') return pushNear(predicate, column, unit);
  if (predicate.op === 'in') {
    const cells = predicate.values.flatMap((value): readonly CellAmount[] => {
      const cell = typeof value === 'string' ? cellAmount(value, unit) : null;
      // What does not divide evenly is the value of no cell.
      return cell?.exact === true ? [cell] : [];
    });
    const equal = any(
      cells.map(({ floor }): Condition => ({ kind: 'compare', column, op: 'eq', value: floor })),
    );
    return { condition: all([equal, isNumber(column, nulls)]), exact: true };
  }
  if (predicate.op !== 'range') return null;
  const from = predicate.from === undefined ? undefined : cellAmount(predicate.from, unit);
  const to = predicate.to === undefined ? undefined : cellAmount(predicate.to, unit);
  if (from === null || to === null) return null;
  const bounds: Condition[] = [
    ...(from === undefined ? [] : [{ kind: 'compare', column, op: 'gte', value: from.floor } as const]),
    ...(to === undefined ? [] : [{ kind: 'compare', column, op: 'lte', value: to.ceiling } as const]),
  ];
  const exact = from?.exact !== false && to?.exact !== false;
  return { condition: all([isNumber(column, nulls), ...bounds]), exact };
}

/** A superset: a binary fraction lies beside the decimal that it stands for. */
function pushNear(predicate: CellPredicate, column: string, unit: Unit): PushedCondition | null {
  if (predicate.op === 'in') {
    const near = predicate.values.flatMap((value): readonly Condition[] => {
      const cell = typeof value === 'string' ? cellAmount(value, unit) : null;
      return cell === null ? [] : [between(column, cell.floor, cell.ceiling)];
    });
    return { condition: any(near), exact: false };
  }
  if (predicate.op !== 'range') return null;
  const from = predicate.from === undefined ? undefined : cellAmount(predicate.from, unit);
  const to = predicate.to === undefined ? undefined : cellAmount(predicate.to, unit);
  if (from === null || to === null) return null;
  return { condition: between(column, from?.floor, to?.ceiling), exact: false };
}

/** Single precision errs by less than a millionth; what should be nothing, by less than `1e-6`. */
const NEAR_SCALE = 6;

function between(column: string, from: string | undefined, to: string | undefined): Condition {
  return all([
    ...countsAsNumber(column),
    ...(from === undefined ? [] : [{ kind: 'compare', column, op: 'gte', value: moved(from, -1n) } as const]),
    ...(to === undefined ? [] : [{ kind: 'compare', column, op: 'lte', value: moved(to, 1n) } as const]),
  ]);
}

function moved(text: string, direction: 1n | -1n): string {
  const { digits, scale } = parseDecimal(text) ?? { digits: 0n, scale: 0 };
  const unit = 10n ** BigInt(scale);
  const magnitude = digits < 0n ? -digits : digits;
  const distance = direction * (magnitude + unit);
  return formatDecimal({ digits: digits * 10n ** BigInt(NEAR_SCALE) + distance, scale: scale + NEAR_SCALE });
}

interface CellAmount {
  readonly floor: string;
  readonly ceiling: string;
  /** Both are the very amount. */
  readonly exact: boolean;
}

/** Finer than any column counts. */
const CELL_SCALE = 20;

/** The cell that has a canonical amount; horsepower does not divide evenly. */
function cellAmount(canonical: string, unit: Unit): CellAmount | null {
  const amount = parseDecimal(canonical);
  if (amount === null) return null;
  const { numerator, scale } = UNIT_FACTORS[unit];
  // Enough places that powers of ten always divide evenly.
  const places = Math.max(amount.scale, CELL_SCALE) + numerator.toString().length;
  const dividend = amount.digits * 10n ** BigInt(places - amount.scale + scale);
  const exact = dividend % numerator === 0n;
  const below = dividend / numerator - (dividend < 0n && !exact ? 1n : 0n);
  const text = (digits: bigint): string => withoutZeros(floorToScale({ digits, scale: places }, places));
  return { floor: text(below), ceiling: text(exact ? below : below + 1n), exact };
}

function withoutZeros(value: ExactDecimal): string {
  const text = formatDecimal(value);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function cellOfAmount(sortText: string, unit: Unit): SourceValue {
  const cell = cellAmount(sortText, unit);
  if (cell === null)
    throw new TypeError(`Cannot resume after ${JSON.stringify(sortText)}: it must be a decimal number`);
  return cell.floor;
}
