import { any, type Condition } from '../../../adapters/condition.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { isDamaged } from '../damage.js';
import { NOTHING, nullFor, only } from '../quality.js';
import {
  type CellPredicate,
  CLEAN,
  type Decoded,
  type PushedCondition,
  type ValueCodec,
} from '../value-codec.js';
import { unguardedText } from './cell-text.js';
import { isNullWord, type NullWords, nullWords } from './null-words.js';
import { compileSplitter, isCutOnly, type Split, type Splitter } from './split.js';

/**
 * Several texts in one cell. Empty elements stay, as `''`, so that the n-th name belongs to the n-th
 * certificate number even when the cell begins with a separator (D15).
 */
export function textsCodec(split: Split | undefined, furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  const splitter = compileSplitter(split);
  const isPushed = isCutOnly(split);
  return {
    decode: (cell) => decodeTexts(cell, splitter, words),
    push: (predicate, column) => (isPushed ? pushTexts(predicate, column) : null),
  };
}

export function decodeTexts(
  cell: SourceValue,
  splitter: Splitter,
  words: NullWords,
): Decoded<readonly string[] | null> {
  const trimmed = unguardedText(cell);
  if (trimmed === null) return NOTHING;
  if (isNullWord(trimmed, words)) return nullFor('NULL_WORD');
  const elements = splitter(trimmed).map((element) => (isNullWord(element, words) ? '' : element));
  if (elements.every((element) => element === '')) return nullFor('NULL_WORD');
  return { value: elements, quality: isDamaged(trimmed) ? only('TEXT_DAMAGED') : CLEAN };
}

/** Elements are parts of the cell, so a cell with the element holds its text; the rest is checked after decoding. */
function pushTexts(predicate: CellPredicate, column: string): PushedCondition | null {
  const holds = (text: string): Condition => ({ kind: 'contains', column, text });
  // In a JSON list these stand otherwise than they read.
  const stands = (text: unknown): boolean => typeof text !== 'string' || !/["\\\p{Cc}]/u.test(text);
  switch (predicate.op) {
    case 'in': {
      if (!predicate.values.every(stands)) return null;
      const texts = predicate.values.filter((value) => typeof value === 'string');
      return { condition: any(texts.map(holds)), exact: false };
    }
    case 'contains':
      if (!stands(predicate.text)) return null;
      return { condition: holds(predicate.text), exact: false };
    default:
      return null;
  }
}
