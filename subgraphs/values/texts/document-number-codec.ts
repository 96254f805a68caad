import type { PushedCondition, ValueCodec } from '../value-codec.js';
import { BLANKS, cellText } from './cell-text.js';
import { normaliseDocumentNumber } from './document-number.js';
import { nullWords } from './null-words.js';
import { matches } from './spelled-as.js';
import { foldedCharacter } from './spelling.js';
import { decodeText, pushText } from './text-codec.js';

/** Numbers of documents: kept as printed, compared after normalisation (domain §2.6.2). */
export function documentNumberCodec(furtherNulls: readonly string[]): ValueCodec {
  const words = nullWords(furtherNulls);
  return {
    decode: (cell) => decodeText(cellText(cell), words),
    push: (predicate, column) =>
      predicate.op === 'sameNumber'
        ? pushSameNumber(predicate.text, column)
        : pushText(predicate, column, words),
  };
}

/** What normalisation drops, so what may stand between any two characters. */
const DROPPED = `[${BLANKS}第0０]*`;
/** Brackets cannot be named in a portable pattern, and dashes are many. */
const ANY_SHAPE = /[()-]/;

/** A superset: zeros may be dropped in more places here than normalisation drops them. */
function pushSameNumber(text: string, column: string): PushedCondition | null {
  const number = normaliseDocumentNumber(text);
  if (number === '') return null;
  const pattern = [...number]
    .map((character) => (ANY_SHAPE.test(character) ? '.' : foldedCharacter(character)))
    .join(DROPPED);
  return { condition: matches(column, `${DROPPED}${pattern}${DROPPED}(号${DROPPED})?`), exact: false };
}
