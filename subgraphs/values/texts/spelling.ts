import { BLANKS, halfWidth, trimText, upperAscii, withoutGuard } from './cell-text.js';

/**
 * How a code, a word or a number is compared: trimmed, without an exporter's guard, of usual width, upper case.
 * `foldedPattern` is its inverse, so that a source can find every spelling.
 */
export function foldSpelling(text: string): string {
  return foldUnguarded(withoutGuard(trimText(text)));
}

/** The same for a part of a cell, whose guard stands around the whole. */
export function foldUnguarded(text: string): string {
  return upperAscii(halfWidth(trimText(text)));
}

/** Pattern of any number of blanks. */
export const BLANKS_PATTERN = `[${BLANKS}]*`;

/** Characters that no portable pattern can name: `matches` knows no backslash, and brackets cannot hold these, and line separators are written differently from source to source. */
const UNNAMEABLE = /[\\^[\]\u2028\u2029]/;
const SPECIAL = /[()*+.?{}|$]/;

/** Whether a pattern of this text is exact rather than a superset. */
export function isNameable(text: string): boolean {
  return !UNNAMEABLE.test(text);
}

/** Matches the text itself; a character that cannot be named is matched by any character. */
export function literalPattern(text: string): string {
  return [...text].map(literalCharacter).join('');
}

function literalCharacter(character: string): string {
  if (UNNAMEABLE.test(character)) return '.';
  return SPECIAL.test(character) ? `[${character}]` : character;
}

/** Matches every text that `foldSpelling` turns into this one, blanks at the ends apart. */
export function foldedPattern(folded: string): string {
  return [...folded].map(foldedCharacter).join('');
}

/** Every character that folds to this one, as a bracket expression. */
export function foldedCharacter(character: string): string {
  if (UNNAMEABLE.test(character)) return '.';
  if (character === ' ') return '[ \u3000]';
  const code = character.charCodeAt(0);
  if (character.length > 1 || code < 0x21 || code > 0x7e) return literalCharacter(character);
  const wide = String.fromCharCode(code + 0xfee0);
  if (!/[A-Z]/.test(character)) return character === '-' ? `[${wide}-]` : `[${character}${wide}]`;
  const lower = character.toLowerCase();
  return `[${character}${lower}${wide}${String.fromCharCode(lower.charCodeAt(0) + 0xfee0)}]`;
}
