import { any, type Condition } from '../../../adapters/condition.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import { nullFor } from '../quality.js';
import type { CellPredicate, Decoded, PushedCondition, ValueCodec } from '../value-codec.js';
import { BLANKS } from './cell-text.js';
import { normaliseDocumentNumber, spellDocumentNumber } from './document-number.js';
import { type NullWords, nullWords } from './null-words.js';
import { guardedMatches, matches } from './spelled-as.js';
import { foldedCharacter } from './spelling.js';
import { decodeText, pushText } from './text-codec.js';

interface DocumentNumberOptions {
  readonly nulls: readonly string[];
  /** Shows the one spelling that the number has in every department, not the cell's own. */
  readonly isCanonical: boolean;
}

/**
 * Numbers of documents: kept as printed unless the mapping asks for the canonical spelling, compared after
 * normalisation (domain §2.6.2).
 */
export function documentNumberCodec({ nulls, isCanonical }: DocumentNumberOptions): ValueCodec {
  const words = nullWords(nulls);
  return {
    decode: (cell) => decodeNumber(cell, words, isCanonical),
    push: (predicate, column) => {
      if (predicate.op === 'sameNumber') return pushSameNumber(predicate.text, column);
      // Many spellings of the cell are one in the canonical spelling.
      return isCanonical && predicate.op !== 'isNull' ? null : pushPrinted(predicate, column, words);
    },
  };
}

function decodeNumber(cell: SourceValue, words: NullWords, isCanonical: boolean): Decoded {
  const { value, quality } = decodeText(cell, words);
  if (value === null) return { value, quality };
  if (isRounded(value)) return nullFor('ID_IMPRECISE');
  return { value: isCanonical ? spellDocumentNumber(value) : value, quality };
}

/** `3.30922E+11`: Excel shows the first digits of a long number, and the last are lost with the export. */
const ROUNDED = '([0-9][.][0-9]+[Ee][+]?[0-9]+|[0-9][Ee][+][0-9]+)';
const ROUNDED_TEXT = /^(?:[0-9][.][0-9]+[Ee][+]?[0-9]+|[0-9][Ee][+][0-9]+)$/;

function isRounded(text: string): boolean {
  return ROUNDED_TEXT.test(text);
}

function pushPrinted(predicate: CellPredicate, column: string, words: NullWords): PushedCondition | null {
  if (predicate.op === 'in') {
    const values = predicate.values.filter((value) => typeof value !== 'string' || !isRounded(value));
    return pushText({ op: 'in', values }, column, words);
  }
  const pushed = pushText(predicate, column, words);
  if (pushed === null) return null;
  const rounded: Condition = guardedMatches(column, ROUNDED);
  if (predicate.op === 'isNull') return { ...pushed, condition: any([pushed.condition, rounded]) };
  return pushed.exact && /^[0-9.Ee+]*$/.test(predicate.op === 'contains' ? predicate.text : '')
    ? { condition: pushed.condition, exact: false }
    : pushed;
}

/** What normalisation drops, so what may stand between any two characters. */
const DROPPED = `[${BLANKS}第0０]*`;
/** An exporter's guard, and what else stands before and behind. */
const EDGE = `[${BLANKS}第0０=＝'＇"＂]*`;
/** Brackets cannot be named in a portable pattern, and dashes are many. */
const ANY_SHAPE = /[()-]/;

/** A superset: zeros may be dropped in more places here than normalisation drops them. */
function pushSameNumber(text: string, column: string): PushedCondition | null {
  const number = normaliseDocumentNumber(text);
  if (number === '') return null;
  const pattern = [...number]
    .map((character) => (ANY_SHAPE.test(character) ? '.' : foldedCharacter(character)))
    .join(DROPPED);
  return { condition: matches(column, `${EDGE}${pattern}${EDGE}(号${EDGE})?`), exact: false };
}
