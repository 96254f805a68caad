import { any, not } from '../../../adapters/condition.js';
import { NOTHING, nullFor } from '../quality.js';
import { cellText } from '../texts/cell-text.js';
import { nullWords } from '../texts/null-words.js';
import { spelledAs } from '../texts/spelled-as.js';
import { foldSpelling } from '../texts/spelling.js';
import { CLEAN, type PushedCondition, type ValueCodec } from '../value-codec.js';
import { NO_DIGITS, NO_WORDS, YES_DIGITS, YES_WORDS } from './truth-words.js';

/**
 * Yes or no. `truths` are the mapping's cells that mean yes; among digits they alone do then, so that
 * `truths: ['2']` reads 1 as no. Expects a text, integer or boolean column.
 */
export function booleanCodec(
  truths: readonly string[] | undefined,
  furtherNulls: readonly string[],
): ValueCodec {
  const own = truths?.map(foldSpelling);
  const yes = new Set(own === undefined ? [...YES_DIGITS, ...YES_WORDS] : [...own, ...YES_WORDS]);
  const no = new Set(
    [...NO_DIGITS, ...NO_WORDS, ...(own === undefined ? [] : YES_DIGITS)].filter((word) => !yes.has(word)),
  );
  for (const word of furtherNulls.map(foldSpelling)) {
    yes.delete(word);
    no.delete(word);
  }
  const nulls = nullWords(furtherNulls);
  return {
    decode: (cell) => {
      const text = cellText(cell);
      if (text === null) return NOTHING;
      const folded = foldSpelling(text);
      if (yes.has(folded)) return { value: true, quality: CLEAN };
      if (no.has(folded)) return { value: false, quality: CLEAN };
      return nullFor(nulls.has(folded) ? 'NULL_WORD' : 'BOOLEAN_UNREADABLE');
    },
    push: (predicate, column) => {
      if (predicate.op === 'isNull') {
        const known = saysOneOf(column, [...yes, ...no]);
        return known.exact ? { condition: not(known.condition), exact: true } : null;
      }
      if (predicate.op !== 'in') return null;
      const parts = [
        ...(predicate.values.includes(true) ? [saysOneOf(column, yes)] : []),
        ...(predicate.values.includes(false) ? [saysOneOf(column, no)] : []),
      ];
      return {
        condition: any(parts.map((part) => part.condition)),
        exact: parts.every((part) => part.exact),
      };
    },
  };
}

/** By equality first: it spares most rows the pattern, and boolean columns know no patterns. */
function saysOneOf(column: string, folded: Iterable<string>): PushedCondition {
  const words = new Set(folded);
  // A boolean column takes 1 for true, whatever a mapping's truths say of the digit.
  const equal = [...words].filter(
    (word) => !(word === '1' && !words.has('TRUE')) && !(word === '0' && !words.has('FALSE')),
  );
  const values = [...equal, ...equal.map((word) => word.toLowerCase())];
  const spelt = spelledAs(column, words);
  return { condition: any([{ kind: 'in', column, values }, spelt.condition]), exact: spelt.exact };
}
