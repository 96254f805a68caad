import type { Random } from '../../random.js';

const BLANKS = [' ', '  ', '\u3000', '\u200b', '\t', '\r\n', '\u00a0'];

/** D11: blanks at an end, seen or unseen. */
export function dirtyText(random: Random, text: string): string {
  const blank = random.pick(BLANKS);
  return random.chance(0.7) ? text + blank : blank + text;
}

/** D10, not recoverable: what is left of GBK bytes that were read as UTF-8. */
export function damagedText(random: Random, text: string): string {
  const damage = random.pick(['锟斤拷', '\ufffd\ufffd', 'ÖÜÉ½']);
  const at = random.int(0, text.length);
  return text.slice(0, at) + damage + text.slice(at);
}

/** D4: what is written for "nothing". */
export function nullWord(random: Random): string {
  return random.pick(['', 'undefined', 'null', '暂无', '无', '\\N', '\\n', 'NULL', ' ']);
}

/** Digits, letters and signs as wide as Chinese characters. */
export function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

const BRACKETS = ['[]', '【】', '（）', '()', '［］', '〔〕'];

/** Brackets, width, 第, leading zeros and blanks of a document number (domain §2.6.2). */
export function dirtyDecisionNo(random: Random, decisionNo: string): string {
  const brackets = random.pick(BRACKETS);
  const bracketed = decisionNo.replace('〔', brackets.slice(0, 1)).replace('〕', brackets.slice(1));
  return random.pick([
    () => bracketed,
    () => bracketed.replace('第', ''),
    () => bracketed.replace(/第?0*(\d+)号$/, '第$1号'),
    () => bracketed.replace(/第?0*(\d+)号$/, '$1号'),
    () => bracketed.replace(/\d+/g, fullWidth),
    () => bracketed.replace('第', ' 第 '),
    () => dirtyText(random, bracketed),
  ])();
}

interface TownshipWords {
  readonly names: readonly string[];
  /** Townships merged into it in 2001; they still occur in old addresses. */
  readonly historic: readonly string[];
}

const TOWNSHIPS: ReadonlyMap<string, TownshipWords> = new Map([
  ['330922100', { names: ['菜园', '菜园镇'], historic: ['马关镇', '金平乡', '绿华乡'] }],
  ['330922101', { names: ['嵊山', '嵊山镇'], historic: ['壁下乡'] }],
  ['330922102', { names: ['洋山', '洋山镇'], historic: ['大洋镇', '小洋乡', '滩浒乡'] }],
  ['330922200', { names: ['五龙', '五龙乡'], historic: [] }],
  ['330922201', { names: ['黄龙', '黄龙乡'], historic: [] }],
  ['330922202', { names: ['枸杞', '枸杞乡'], historic: [] }],
  ['330922203', { names: ['花鸟', '花鸟乡'], historic: [] }],
]);

/** D18: twelve digits, the name with and without 镇 or 政府, or the name before the merger of 2001. */
export function dirtyTownship(random: Random, code: string): string {
  const words = TOWNSHIPS.get(code);
  if (words === undefined) return `${code}000`;
  const full = words.names.at(-1) ?? code;
  return random.pick([`${code}000`, ...words.names, `${full}政府`, `嵊泗县${full}`, ...words.historic]);
}

/** D18, not recoverable: the county alone, or a place elsewhere. */
export function lostTownship(random: Random): string {
  return random.pick(['330922', '130821106', '丽水市', '嵊泗县']);
}
