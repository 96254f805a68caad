import { all, any, type Condition, not } from '../../../adapters/condition.js';
import {
  type ExactDecimal,
  floorToScale,
  formatDecimal,
  parseDecimal,
} from '../../../adapters/exact-decimal.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { NOTHING, nullFor } from '../quality.js';
import { cellText, trimText } from '../texts/cell-text.js';
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
import { countsAsNumber, isBounded } from './number-bounds.js';
import { readAmount, scaled } from './read-amount.js';
import { dimensionOf, UNIT_FACTORS, type Unit } from './units.js';

export interface DecimalOptions {
  readonly unit: Unit;
  /** The column is numeric: it compares and sorts by value at the source. Otherwise nothing is pushed. */
  readonly isNumeric: boolean;
  readonly nulls: readonly string[];
}

/** Exact decimals in canonical units (yuan, metre, kilowatt, tonne), as text. */
export function decimalCodec(options: DecimalOptions): ValueCodec {
  const words = nullWords(options.nulls);
  const unreadable = nullFor(
    dimensionOf(options.unit) === 'money' ? 'AMOUNT_UNREADABLE' : 'NUMBER_UNREADABLE',
  );
  const decode = (cell: SourceValue): Decoded<string | null> => {
    const text = cellText(cell);
    if (text === null) return NOTHING;
    const plain = parseDecimal(text);
    if (plain !== null && options.nulls.length === 0)
      return bounded(plain, plain, options.unit) ?? unreadable;
    const trimmed = trimText(text);
    if (isNullWord(trimmed, words)) return nullFor('NULL_WORD');
    if (plain !== null) return bounded(plain, plain, options.unit) ?? unreadable;
    const amount = readAmount(trimmed, options.unit);
    if (amount === 'belowLimit') return nullFor('NULL_WORD');
    if (amount === null || !isBounded(amount.digits, amount.scale)) return unreadable;
    return { value: canonicalDecimal(amount), quality: CLEAN };
  };
  if (!options.isNumeric) return { decode, push: () => null };
  return {
    decode,
    push: (predicate, column) => pushDecimal(predicate, column, options),
    sort: {
      guard: (column) => isNumber(column, options.nulls),
      sortText: (cell) => decode(cell).value,
      cellOf: (sortText) => cellOfAmount(sortText, options.unit),
      compare: 'number',
    } satisfies SortCodec,
  };
}

function bounded(cell: ExactDecimal, amount: ExactDecimal, unit: Unit): Decoded<string> | null {
  if (!isBounded(cell.digits, cell.scale)) return null;
  return { value: canonicalDecimal(scaled(amount, UNIT_FACTORS[unit])), quality: CLEAN };
}

function isNumber(column: string, nulls: readonly string[]): Condition {
  const spared: Condition[] = nulls.length === 0 ? [] : [not({ kind: 'in', column, values: nulls })];
  return all([...countsAsNumber(column), ...spared]);
}

function pushDecimal(
  predicate: CellPredicate,
  column: string,
  { unit, nulls }: DecimalOptions,
): PushedCondition | null {
  if (predicate.op === 'isNull') return { condition: not(isNumber(column, nulls)), exact: true };
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
