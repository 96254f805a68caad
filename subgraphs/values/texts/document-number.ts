import { halfWidth, upperAscii, withoutBlanks } from './cell-text.js';

const OPENING = /[〔[【﹝〖「『《〈<{]/g;
const CLOSING = /[〕\]】﹞〗」』》〉>}]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;

/**
 * The form in which document numbers are compared (domain §2.6.2): brackets of every shape, width, blanks, 第,
 * leading zeros of the running number and 号 do not count.
 * `嵊综执罚决字〔2026〕第001号` and `嵊综执罚决字(2026)1号` are the same number.
 */
export function normaliseDocumentNumber(text: string): string {
  return upperAscii(halfWidth(withoutBlanks(text)))
    .replace(OPENING, '(')
    .replace(CLOSING, ')')
    .replace(DASHES, '-')
    .replace(/(?<=[^0-9A-Z-])0+(?=[0-9])/g, '')
    .replaceAll('第', '')
    .replace(/号$/, '');
}

/** Word, year and running number: `嵊综执罚决字〔2026〕第001号`. */
const YEARED = /^([^(]+?)\(((?:19|20)[0-9]{2})\)第?0*([0-9]+(?:-[0-9]+)?)号?$/;

/**
 * The one spelling in which a document number is shown: `嵊综执罚决字〔2026〕1号`, as GB/T 9704 writes it.
 * A number of another shape is kept, in usual width and without blanks.
 */
export function spellDocumentNumber(text: string): string {
  const bare = upperAscii(halfWidth(withoutBlanks(text))).replace(DASHES, '-');
  const [, word, year, number] = YEARED.exec(bare.replace(OPENING, '(').replace(CLOSING, ')')) ?? [];
  return word === undefined ? bare : `${word}〔${year}〕${number}号`;
}
