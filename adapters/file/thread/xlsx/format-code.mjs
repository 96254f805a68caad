/** @typedef {'number' | 'date' | 'datetime' | 'time' | 'elapsed'} NumberKind what a cell's number stands for */

/**
 * A piece of a format code. `digit` is `0`, `#` or `?`; `literal` is shown as it stands; `word` is a run of the letters
 * of dates and times; `elapsed` is `[h]`; `condition` is `[<1]`; `other` is what makes a number more than its digits:
 * points, thousands, percents, currencies, exponents, fractions, General, numerals of another script.
 *
 * @typedef {{ readonly kind: 'digit' | 'literal' | 'word' | 'elapsed' | 'condition' | 'text' | 'other', readonly text: string }} Token
 *
 * @typedef {object} Section
 * @property {readonly Token[]} tokens
 * @property {NumberKind} kind
 */

/** The pieces of a format code in the order in which they are tried (ECMA-376 Part 1, 18.8.31). */
const PIECES =
  /"([^"]*)"?|\\(.)|[_*].|\[([^\]]*)\]?|(general|g\/通用格式|standard)|(am\/pm|a\/p|上午\/下午)|(e[+-])|([a-z]+)|([0#?])|(@)|([.,%/])|(;)|(.)/gisu;

/** Runs of the letters by which days and times are written; any other run is literal. */
const DATE_WORD = /^(?:y+|m+|d+|h+|s+|e+|g+|b+|aaaa?)+$/;
const CONDITION = /^(?:[<>]=?|=|<>)-?[0-9.]+$/;

/**
 * The sections of a format code such as `0.00;[Red]-0.00;"-";@`, up to four.
 *
 * @param {string} code
 * @returns {readonly Section[]}
 */
export function parseFormatCode(code) {
  /** @type {Token[][]} */
  const sections = [[]];
  for (const match of code.matchAll(PIECES)) {
    const token = tokenOf(match);
    if (token === 'next') sections.push([]);
    else if (token !== null) sections.at(-1)?.push(token);
  }
  return sections.map((tokens) => ({ tokens, kind: kindOf(tokens) }));
}

/**
 * @param {RegExpExecArray} match
 * @returns {Token | 'next' | null}
 */
function tokenOf(match) {
  const [piece, quoted, escaped, bracket, general, half, exponent, letters, digit, text, sign, end, other] =
    match;
  if (end !== undefined) return 'next';
  if (bracket !== undefined) return tokenOfBracket(bracket.toLowerCase());
  if (digit !== undefined) return { kind: 'digit', text: digit };
  if (text !== undefined) return { kind: 'text', text };
  if (general !== undefined || exponent !== undefined || sign !== undefined)
    return { kind: 'other', text: piece };
  if (half !== undefined) return { kind: 'word', text: 'h' };
  const word = letters?.toLowerCase();
  if (word !== undefined && DATE_WORD.test(word)) return { kind: 'word', text: word };
  const literal = quoted ?? escaped ?? letters ?? other;
  return literal === undefined || literal === '' ? null : { kind: 'literal', text: literal };
}

/**
 * @param {string} bracket
 * @returns {Token | null} null of colours and languages
 */
function tokenOfBracket(bracket) {
  if (/^(?:h+|m+|s+)$/.test(bracket)) return { kind: 'elapsed', text: bracket };
  if (CONDITION.test(bracket)) return { kind: 'condition', text: bracket };
  // `[$¥-804]` shows a currency, `[$-804]` only names a language.
  if (/^\$[^-]/.test(bracket) || bracket.startsWith('dbnum')) return { kind: 'other', text: bracket };
  return null;
}

/**
 * @param {readonly Token[]} tokens
 * @returns {NumberKind}
 */
function kindOf(tokens) {
  if (tokens.some(({ kind }) => kind === 'elapsed')) return 'elapsed';
  const letters = tokens.map(({ kind, text }) => (kind === 'word' ? text : '')).join(' ');
  const hasTime = /[hs]/.test(letters);
  if (/[ydeg]|aaa|mmm/.test(letters)) return hasTime ? 'datetime' : 'date';
  if (hasTime) return 'time';
  // `m` without hours or seconds is a month.
  return letters.includes('m') ? 'date' : 'number';
}
