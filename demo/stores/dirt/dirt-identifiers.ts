import type { Random } from '../../random.js';
import { dirtyText, fullWidth } from './dirt-texts.js';

/** D2 lower case and full width, D3 texts around it, D11 blanks. */
export function dirtyUscc(random: Random, uscc: string): string {
  return random.pick([
    () => uscc.toLowerCase(),
    () => fullWidth(uscc),
    () => uscc.slice(0, -1) + fullWidth(uscc.slice(-1)),
    () => `统一社会信用代码：${uscc}`,
    () => `统一社会信用代码:${uscc.toLowerCase()}`,
    () => `${uscc}（1/1）`,
    () => `${uscc}()`,
    () => dirtyText(random, uscc),
  ])();
}

/** D2: one 0 typed as the letter O, or one 1 as I; the check character tells, since codes hold neither letter. */
export function confusedUscc(random: Random, uscc: string): string {
  const places = [...uscc].flatMap((character, index) => (/[01]/.test(character) ? [index] : []));
  if (places.length === 0) return uscc;
  const place = random.pick(places);
  return uscc.slice(0, place) + (uscc[place] === '0' ? 'O' : 'I') + uscc.slice(place + 1);
}

/** D7, not recoverable: `330922************`. */
export function maskId(idNo: string): string {
  return idNo.slice(0, 6) + '*'.repeat(Math.max(0, idNo.length - 6));
}

/**
 * D6: the form before 1999, without century and check character.
 *
 * @throws {RangeError} when the holder was not born in the twentieth century: such numbers never existed.
 */
export function idCard15(idNo: string): string {
  if (!/^\d{6}19\d{9}[\dX]$/.test(idNo)) {
    throw new RangeError(
      'Cannot shorten a citizen number: it must have 18 characters and a birth year 19xx, but has not',
    );
  }
  return idNo.slice(0, 6) + idNo.slice(8, 17);
}

const PINYIN = new Map([
  ['浙', 'ZHE'],
  ['嵊', 'SHENG'],
  ['泗', 'SI'],
  ['渔', 'YU'],
  ['养', 'YANG'],
  ['冷', 'LENG'],
  ['运', 'YUN'],
  ['油', 'YOU'],
  ['水', 'SHUI'],
  ['指', 'ZHI'],
  ['休', 'XIU'],
  ['加', 'JIA'],
]);

/** Every way in which 船名号 are found written (domain §2.0.5); texts that are none only get blanks. */
export function dirtyVesselName(random: Random, name: string): string {
  const parts = /^(浙嵊)(渔\p{Script=Han}?)?(\d{5})$/u.exec(name);
  if (parts === null) return dirtyText(random, name);
  const [, place = '', type = '', number = ''] = parts;
  const syllables = [...place, ...type].map((character) => PINYIN.get(character) ?? character);
  return random.pick([
    () => `${place}${type} ${number}`,
    () => `${name}号`,
    () => `${place}${type}${fullWidth(number)}`,
    () => `${place}${type.replace('渔', '鱼')}${number}`,
    () => `${place}泗${type}${number}`,
    () => `${syllables.join('')}${number}`,
    () => `${syllables.join(' ')} ${number}`,
    () => dirtyText(random, name),
  ])();
}
