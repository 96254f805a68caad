import { all, any, type Condition, not } from '../../../adapters/condition.js';
import {
  type ExactDecimal,
  floorToScale,
  formatDecimal,
  parseDecimal,
} from '../../../adapters/exact-decimal.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { NOTHING, nullFor } from '../quality.js';
import { halfWidth, unguardedText, withoutBlanks } from '../texts/cell-text.js';
import { isNullWord, nullWords } from '../texts/null-words.js';
import { foldSpelling } from '../texts/spelling.js';
import {
  type CellPredicate,
  CLEAN,
  type Decoded,
  type PushedCondition,
  type ValueCodec,
} from '../value-codec.js';
import { chineseInteger } from './chinese-numeral.js';
import { isShownInPart, withoutDust } from './dust.js';
import { countsAsNumber, isBounded } from './number-bounds.js';

interface IntegerOptions {
  /** The column is an integer column: it compares and sorts by value at the source. */
  readonly isNumeric: boolean;
  readonly nulls: readonly string[];
  /** Words that stand for numbers (非常满意: 5), in a text column. */
  readonly words?: ReadonlyMap<string, number>;
}

/** Whole numbers; as text where a JavaScript number would lose digits. */
export function integerCodec({ isNumeric, nulls, words: numberWords }: IntegerOptions): ValueCodec {
  const words = nullWords(nulls);
  const spelt = new Map([...(numberWords ?? [])].map(([word, number]) => [foldSpelling(word), number]));
  const decode = (cell: SourceValue): Decoded<number | string | null> => {
    const trimmed = unguardedText(cell);
    if (trimmed === null) return NOTHING;
    // A word such as 无 may stand for a number here; then it never means "nothing".
    const meant = spelt.size === 0 ? undefined : spelt.get(foldSpelling(trimmed));
    if (meant !== undefined) return { value: meant, quality: CLEAN };
    if (isNullWord(trimmed, words)) return nullFor('NULL_WORD');
    if (typeof cell === 'string' && isShownInPart(halfWidth(trimmed))) return nullFor('NUMBER_IMPRECISE');
    const value = readInteger(trimmed);
    if (value === null || !isBounded(value, 0)) return nullFor('NUMBER_UNREADABLE');
    const number = Number(value);
    return { value: Number.isSafeInteger(number) ? number : String(value), quality: CLEAN };
  };
  if (!isNumeric) return { decode, push: () => null };
  return {
    decode,
    push: (predicate, column) => pushInteger(predicate, column, nulls),
    sort: {
      guard: (column) => isNumber(column, nulls),
      sortText: (cell) => {
        const { value } = decode(cell);
        return value === null ? null : String(value);
      },
      cellOf: (sortText) => sortText,
      compare: 'number',
    },
  };
}

/** `12`, `1,234`, `12.0`, `1.2E3`, `12人`, `3辆`, `十二`. */
function readInteger(trimmed: string): bigint | null {
  // Whole numbers that JSON writers spell with an exponent, and whole ones with binary dust.
  const plain = /[.E]/i.test(trimmed) ? parseDecimal(trimmed) : null;
  if (plain !== null) {
    const { amount, isCertain } = withoutDust(plain);
    const unit = 10n ** BigInt(amount.scale);
    return isCertain && amount.digits % unit === 0n ? amount.digits / unit : null;
  }
  const match = /^([+-]?)0*(\d{1,60})(?:\.0*)?[个人次件起份艘家辆台间张]?$/.exec(
    halfWidth(withoutBlanks(trimmed)).replace(
      /(?<=^[+-]?\d{1,3}(?:,\d{3})*),(?=\d{3}(?:,\d{3})*(?:\D|$))/g,
      '',
    ),
  );
  if (match === null) return chineseInteger(trimmed);
  const [, sign, digits = ''] = match;
  return sign === '-' ? -BigInt(digits) : BigInt(digits);
}

function isNumber(column: string, nulls: readonly string[]): Condition {
  const spared: Condition[] = nulls.length === 0 ? [] : [not({ kind: 'in', column, values: nulls })];
  return all([...countsAsNumber(column), ...spared]);
}

function pushInteger(
  predicate: CellPredicate,
  column: string,
  nulls: readonly string[],
): PushedCondition | null {
  if (predicate.op === 'isNull') return { condition: not(isNumber(column, nulls)), exact: true };
  if (predicate.op === 'in') {
    const equal = predicate.values.flatMap((value): readonly Condition[] => {
      const number = typeof value === 'string' ? parseDecimal(value) : null;
      if (number === null || ceiling(number) !== floor(number)) return [];
      return [{ kind: 'compare', column, op: 'eq', value: floor(number) }];
    });
    return { condition: all([any(equal), isNumber(column, nulls)]), exact: true };
  }
  if (predicate.op !== 'range') return null;
  const from = predicate.from === undefined ? undefined : parseDecimal(predicate.from);
  const to = predicate.to === undefined ? undefined : parseDecimal(predicate.to);
  if (from === null || to === null) return null;
  const bounds: Condition[] = [
    ...(from === undefined ? [] : [{ kind: 'compare', column, op: 'gte', value: ceiling(from) } as const]),
    ...(to === undefined ? [] : [{ kind: 'compare', column, op: 'lte', value: floor(to) } as const]),
  ];
  return { condition: all([isNumber(column, nulls), ...bounds]), exact: true };
}

function floor(value: ExactDecimal): string {
  return formatDecimal(floorToScale(value, 0));
}

function ceiling({ digits, scale }: ExactDecimal): string {
  const negated = floorToScale({ digits: -digits, scale }, 0);
  return formatDecimal({ digits: -negated.digits, scale: 0 });
}
