import { all, any, type Condition, NEVER, not } from '../../../adapters/condition.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { isDamaged } from '../damage.js';
import { isShownInPart } from '../numbers/dust.js';
import { NOTHING, nullFor, only } from '../quality.js';
import {
  type CellPredicate,
  CLEAN,
  type Decoded,
  type PushedCondition,
  type ValueCodec,
} from '../value-codec.js';
import { trimText, unguardedText, withoutGuard } from './cell-text.js';
import { isNullWord, type NullWords, nullWords } from './null-words.js';
import { redactText } from './redact-text.js';
import { guardedMatches, matchesInGuard, spelledAs } from './spelled-as.js';
import { isNameable, literalPattern } from './spelling.js';

/**
 * Free text: trimmed (D11), without an exporter's guard, null words become null (D4), damaged text and numbers that lost digits are marked and kept (D10).
 * Expects a column that a source treats as text or integer.
 */
export function textCodec(furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  return {
    decode: (cell) => decodeText(cell, words),
    push: (predicate, column) => pushText(predicate, column, words),
  };
}

/** As `textCodec`, with telephone and citizen numbers hidden. What is hidden cannot be searched for either. */
export function redactedTextCodec(furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  return {
    decode: (cell) => {
      const { value, quality } = decodeText(cell, words);
      return { value: value === null ? null : redactText(value), quality };
    },
    push: (predicate, column) => (predicate.op === 'isNull' ? isNothing(column, words) : null),
  };
}

export function decodeText(cell: SourceValue, words: NullWords): Decoded<string | null> {
  const trimmed = unguardedText(cell);
  if (trimmed === null) return NOTHING;
  if (isNullWord(trimmed, words)) return nullFor('NULL_WORD');
  if (isDamaged(trimmed)) return { value: trimmed, quality: only('TEXT_DAMAGED') };
  // A long number of a spreadsheet, of which the last digits are lost.
  return { value: trimmed, quality: isShownInPart(trimmed) ? only('NUMBER_IMPRECISE') : CLEAN };
}

/** The condition for a predicate on the trimmed text. */
export function pushText(predicate: CellPredicate, column: string, words: NullWords): PushedCondition | null {
  switch (predicate.op) {
    case 'isNull':
      return isNothing(column, words);
    case 'in':
      return {
        condition: any(predicate.values.map((value) => isTrimmedText(column, value, words))),
        exact: true,
      };
    case 'contains':
      return pushContains(predicate.text, column, words);
    default:
      return null;
  }
}

/** True for NULL and for every spelling of a null word. */
export function isNothing(column: string, words: NullWords): PushedCondition {
  const spelt = spelledAs(column, words);
  return { condition: any([{ kind: 'isNull', column }, spelt.condition]), exact: spelt.exact };
}

function isTrimmedText(column: string, value: string | boolean, words: NullWords): Condition {
  if (typeof value === 'boolean' || trimText(value) !== value || isNullWord(value, words)) return NEVER;
  const pattern = literalPattern(value);
  // One guard is taken off: a text with a guard comes of a cell with two.
  const isGuarded = withoutGuard(value) !== value;
  const padded = isGuarded ? matchesInGuard(column, pattern) : guardedMatches(column, pattern);
  // An unnameable character is matched by any; holding the very text as well leaves no other match.
  const trimmed = isNameable(value) ? padded : all([padded, { kind: 'contains', column, text: value }]);
  return isGuarded ? trimmed : any([{ kind: 'in', column, values: [value] }, trimmed]);
}

function pushContains(text: string, column: string, words: NullWords): PushedCondition {
  const contains: Condition = { kind: 'contains', column, text };
  // Blanks at an end of the text may have been trimmed off the cell, and quotes with its guard.
  if (trimText(text) !== text || /['"=＇＂＝]/.test(text)) return { condition: contains, exact: false };
  const nothing = isNothing(column, words);
  if (!nothing.exact) return { condition: contains, exact: false };
  return { condition: all([contains, not(nothing.condition)]), exact: true };
}
