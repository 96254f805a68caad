import { any, type Condition } from '../../../adapters/condition.js';
import { isDamaged } from '../damage.js';
import { NOTHING, nullFor, only } from '../quality.js';
import {
  type CellPredicate,
  CLEAN,
  type Decoded,
  type PushedCondition,
  type ValueCodec,
} from '../value-codec.js';
import { cellText, trimText } from './cell-text.js';
import { isNullWord, type NullWords, nullWords } from './null-words.js';

/**
 * Several texts in one cell. Empty elements stay, as `''`, so that the n-th name belongs to the n-th
 * certificate number even when the cell begins with a separator (D15).
 */
export function textsCodec(split: string | undefined, furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  const separator = separatorPattern(split);
  return {
    decode: (cell) => decodeTexts(cellText(cell), separator, words),
    push: pushTexts,
  };
}

const WIDTHS: ReadonlyMap<string, string> = new Map([
  [',', '[,，]'],
  ['，', '[,，]'],
  [';', '[;；]'],
  ['；', '[;；]'],
  ['|', '[|｜]'],
  ['/', '[/／]'],
  [' ', '[ \u3000]+'],
]);

/** Where a cell splits; a separator counts in either width. Without one in the mapping: any of `,，;；、`. */
export function separatorPattern(split: string | undefined): RegExp {
  if (split === undefined) return /[,，;；、]/u;
  return new RegExp(WIDTHS.get(split) ?? split.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'u');
}

export function decodeTexts(
  text: string | null,
  separator: RegExp,
  words: NullWords,
): Decoded<readonly string[] | null> {
  if (text === null) return NOTHING;
  const trimmed = trimText(text);
  if (isNullWord(trimmed, words)) return nullFor('NULL_WORD');
  const elements = trimmed.split(separator).map((element) => {
    const bare = trimText(element);
    return isNullWord(bare, words) ? '' : bare;
  });
  if (elements.every((element) => element === '')) return nullFor('NULL_WORD');
  return { value: elements, quality: isDamaged(trimmed) ? only('TEXT_DAMAGED') : CLEAN };
}

/** Elements are parts of the cell, so a cell with the element holds its text; the rest is checked after decoding. */
function pushTexts(predicate: CellPredicate, column: string): PushedCondition | null {
  const holds = (text: string): Condition => ({ kind: 'contains', column, text });
  switch (predicate.op) {
    case 'in': {
      const texts = predicate.values.filter((value) => typeof value === 'string');
      return { condition: any(texts.map(holds)), exact: false };
    }
    case 'contains':
      return { condition: holds(predicate.text), exact: false };
    default:
      return null;
  }
}
