import { foldSpelling } from './spelling.js';

/** Texts that clerks and programs write for "nothing" (D4). */
const NULL_WORDS = [
  '',
  'undefined',
  'null',
  '(null)',
  'none',
  'nil',
  'nan',
  'n/a',
  '#n/a',
  '\\N',
  '暂无',
  '无',
  '空',
  '-',
  '--',
  '—',
  '——',
  '/',
];

/** The words that mean "nothing" in one column; folded as `foldSpelling` does. */
export type NullWords = ReadonlySet<string>;

const OWN: NullWords = new Set(NULL_WORDS.map(foldSpelling));

/** @param further words of the mapping's `nulls`. */
export function nullWords(further: readonly string[]): NullWords {
  return further.length === 0 ? OWN : new Set([...OWN, ...further.map(foldSpelling)]);
}

/** Longer texts are certainly no null word; spares the folding. */
const LONGEST_OWN = Math.max(...NULL_WORDS.map((word) => word.length));

/** @param trimmed as `trimText` gives it. */
export function isNullWord(trimmed: string, words: NullWords = OWN): boolean {
  return (words !== OWN || trimmed.length <= LONGEST_OWN) && words.has(foldSpelling(trimmed));
}
