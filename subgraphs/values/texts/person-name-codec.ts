import type { ValueCodec } from '../value-codec.js';
import { cellText } from './cell-text.js';
import { nullWords } from './null-words.js';
import { maskPersonName } from './person-name.js';
import { decodeText, isNothing } from './text-codec.js';
import { decodeTexts, separatorPattern } from './texts-codec.js';

/**
 * Names of persons, masked before they leave this file; several of them when the mapping says how they split.
 * Nothing but presence can be asked of the source: a search by the full name would unmask what is masked.
 */
export function personNameCodec(split: string | undefined, furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  const separator = split === undefined ? null : separatorPattern(split);
  return {
    decode: (cell) => {
      if (separator === null) {
        const { value, quality } = decodeText(cellText(cell), words);
        return { value: value === null ? null : maskPersonName(value), quality };
      }
      const { value, quality } = decodeTexts(cellText(cell), separator, words);
      return { value: value === null ? null : value.map(maskPersonName), quality };
    },
    push: (predicate, column) =>
      predicate.op === 'isNull' && separator === null ? isNothing(column, words) : null,
  };
}
