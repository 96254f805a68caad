import { BLANKS } from '../texts/cell-text.js';
import { BLANKS_PATTERN, foldedPattern } from '../texts/spelling.js';
import { stemOf, type Township, type Townships } from './townships.js';

const SUFFIXES = '(镇人民政府|乡人民政府|人民政府|镇政府|乡政府|政府|街道办事处|镇|乡)?';
/** Not a digit, so that a longer number is no township code. */
const AFTER_CODE = `[${BLANKS}:：,，;；/(（一-鿿-]`;

/**
 * How a township is written in cells (D18), as patterns that sources understand. Those of two townships never
 * match the same text, because no township's name begins another's.
 */
export interface TownshipPatterns {
  readonly code: string;
  /** Nine digits, three more of a village, and perhaps a name. */
  readonly byCode: string;
  /** A name with or without suffix, or an address that begins with the full name. */
  readonly byName: string;
}

export function townshipPatterns(
  { code, name, otherNames }: Township,
  { prefixes }: Townships,
): TownshipPatterns {
  const names = [name, ...otherNames];
  // 浙江省舟山市嵊泗县, any of them left out or without its last character.
  const prefix = prefixes
    .map((word) => `(${word.slice(0, -1)}(${word.slice(-1)})?${BLANKS_PATTERN})?`)
    .join('');
  const full = names.filter((each) => stemOf(each) !== each).join('|');
  const stems = [...new Set(names.map(stemOf))].join('|');
  const addressed = full === '' ? '' : `(${full}).*|`;
  return {
    code,
    byCode: `${BLANKS_PATTERN}${foldedPattern(code)}([0-9０-９][0-9０-９][0-9０-９])?(${AFTER_CODE}.*)?`,
    byName: `${BLANKS_PATTERN}${prefix}(${addressed}(${stems})${SUFFIXES}${BLANKS_PATTERN})`,
  };
}
