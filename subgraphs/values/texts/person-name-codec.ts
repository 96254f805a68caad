import type { ValueCodec } from '../value-codec.js';
import { nullWords } from './null-words.js';
import { maskPersonName } from './person-name.js';
import { compileSplitter, type Split } from './split.js';
import { decodeText, isNothing } from './text-codec.js';
import { decodeTexts } from './texts-codec.js';

/**
 * Names of persons, masked before they leave this file; several of them when the mapping says how they split.
 * Nothing but presence can be asked of the source: a search by the full name would unmask what is masked.
 */
export function personNameCodec(split: Split | undefined, furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  const splitter = split === undefined ? null : compileSplitter(split);
  return {
    decode: (cell) => {
      if (splitter === null) {
        const { value, quality } = decodeText(cell, words);
        return { value: value === null ? null : maskPersonName(value), quality };
      }
      const { value, quality } = decodeTexts(cell, splitter, words);
      return { value: value === null ? null : value.map(maskPersonName), quality };
    },
    push: (predicate, column) =>
      predicate.op === 'isNull' && splitter === null ? isNothing(column, words) : null,
  };
}
