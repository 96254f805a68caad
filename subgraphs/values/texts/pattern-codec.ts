import { nullFor } from '../quality.js';
import type { ValueCodec } from '../value-codec.js';
import { nullWords } from './null-words.js';
import { decodeText } from './text-codec.js';

/**
 * The part of a text that a pattern finds: its first group, or all that matches. A text without it is no value of the
 * field (a parcel code in the column of unit numbers), and null.
 */
export function patternCodec(pattern: string, furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  const expression = new RegExp(pattern, 'u');
  return {
    decode: (cell) => {
      const decoded = decodeText(cell, words);
      if (decoded.value === null) return decoded;
      const [whole, group] = expression.exec(decoded.value) ?? [];
      const value = group ?? whole;
      return value === undefined ? nullFor('TEXT_IMPLAUSIBLE') : { value, quality: decoded.quality };
    },
    // A text without the pattern is null as well, which no source can tell.
    push: () => null,
  };
}
