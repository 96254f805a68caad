import { parseFormatCode } from './format-code.mjs';
import { IMPRECISE_FROM } from './number-text.mjs';

/**
 * @typedef {import('./format-code.mjs').NumberKind} NumberKind
 * @typedef {import('./format-code.mjs').Section} Section
 */

/** What a format shows of the cells of a style. */
export class CellFormat {
  #sections;
  /** Those for numbers. @type {readonly Section[]} */
  #numbers;

  /** @param {readonly Section[]} sections */
  constructor(sections) {
    this.#sections = sections;
    this.#numbers = sections.filter((section) => !hasText(section)).slice(0, 3);
  }

  /** @param {string} code such as `yyyy"年"m"月"d"日"` */
  static of(code) {
    return new CellFormat(parseFormatCode(code));
  }

  /** @param {NumberKind} kind */
  static ofKind(kind) {
    return new CellFormat([{ tokens: [], kind }]);
  }

  /**
   * @param {number} number
   * @returns {NumberKind}
   */
  kindOf(number) {
    return this.#sectionOf(number)?.kind ?? 'number';
  }

  /**
   * A whole number as a person sees it where the format adds to its digits: `000123` of 123 by `000000`, `浙嵊渔00012` of
   * 12 by `"浙嵊渔"00000`. Amounts are none of these: a format with points, thousands, percents or currencies adds nothing
   * that belongs to the number.
   *
   * @param {number} number
   * @returns {string | null} null where its digits are all that there is
   */
  show(number) {
    const section = this.#sectionOf(number);
    if (section === undefined || section.kind !== 'number' || !isWhole(number)) return null;
    const tokens = section.tokens.filter(({ kind }) => kind !== 'condition');
    if (tokens.length === 0 || tokens.some(({ kind }) => kind !== 'digit' && kind !== 'literal')) return null;
    const isSigned = number < 0 && section === this.#sections[0];
    return `${isSigned ? '-' : ''}${fillDigits(tokens, String(Math.abs(number)))}`.trim();
  }

  /**
   * A text as a person sees it: `菜园镇` of `菜园` by `@"镇"`.
   *
   * @param {string} text
   */
  showText(text) {
    const section = this.#sections.length > 3 ? this.#sections[3] : this.#sections.find(hasText);
    if (section === undefined || !hasText(section)) return text;
    return section.tokens
      .map((token) => (token.kind === 'text' ? text : token.kind === 'literal' ? token.text : ''))
      .join('');
  }

  /** @param {number} number */
  #sectionOf(number) {
    const [first, second, third] = this.#numbers;
    if (first === undefined || second === undefined) return first;
    const condition = conditionOf(first);
    if (condition === null) {
      if (number < 0) return second;
      return number === 0 && third !== undefined ? third : first;
    }
    if (holds(condition, number)) return first;
    const next = conditionOf(second);
    if (next === null || holds(next, number)) return next === null && number >= 0 && third ? third : second;
    return third;
  }
}

/** Whether a number is whole and has no more digits than a spreadsheet keeps. @param {number} number */
function isWhole(number) {
  return Number.isInteger(number) && Math.abs(number) < IMPRECISE_FROM;
}

/** @param {Section} section */
function hasText({ tokens }) {
  return tokens.some(({ kind }) => kind === 'text');
}

/** @param {Section} section */
function conditionOf({ tokens }) {
  return tokens.find(({ kind }) => kind === 'condition')?.text ?? null;
}

/**
 * @param {string} condition such as `>=100`
 * @param {number} number
 */
function holds(condition, number) {
  const [, sign = '', bound = ''] = /^([<>=]+)(.*)$/.exec(condition) ?? [];
  const difference = number - Number(bound);
  const isMet = { '<': difference < 0, '<=': difference <= 0, '>': difference > 0, '>=': difference >= 0 };
  if (sign === '=' || sign === '<>') return (difference === 0) === (sign === '=');
  return /** @type {Record<string, boolean>} */ (isMet)[sign] ?? false;
}

/**
 * The digits fill the places from the right; those that are left stand at the first place.
 *
 * @param {readonly import('./format-code.mjs').Token[]} tokens
 * @param {string} digits
 */
function fillDigits(tokens, digits) {
  let rest = digits === '0' ? '' : digits;
  let places = tokens.filter(({ kind }) => kind === 'digit').length;
  let shown = '';
  for (const { kind, text } of [...tokens].reverse()) {
    if (kind !== 'digit') {
      shown = text + shown;
      continue;
    }
    places -= 1;
    const taken = places === 0 ? rest : rest.slice(-1);
    rest = rest.slice(0, rest.length - taken.length);
    shown = (taken === '' ? emptyPlace(text) : taken) + shown;
  }
  return shown;
}

/** @param {string} place */
function emptyPlace(place) {
  if (place === '0') return '0';
  return place === '?' ? ' ' : '';
}
