import type { ExactDecimal } from '../../../adapters/exact-decimal.js';
import { chineseInteger } from './chinese-numeral.js';
import type { Unit } from './units.js';

const WORDS =
  /^(?:([^元圆圓角分整正]+)([元圆圓]))?(?:零?([^元圆圓角分])角)?(?:零?([^元圆圓角分零])分)?[整正]?$/;
const YUAN_ALONE = /^([^元圆圓角分整正]+)[整正]?$/;

/**
 * Money in words: `贰仟元`, `叁佰元伍角陆分`, `伍角整`, `两万`, always in yuan.
 *
 * @param unit what a bare number counts. `伍` in a column of 万元 may be five yuan or fifty thousand, and is
 *   neither; `贰拾万` says it itself.
 */
export function readMoneyWords(text: string, unit: Unit): ExactDecimal | null {
  const alone = YUAN_ALONE.exec(text)?.[1];
  if (alone !== undefined) {
    const yuan = chineseInteger(alone);
    const isCertain = unit === '元' || yuan === 0n || /[万萬亿億]/.test(alone);
    return yuan === null || !isCertain ? null : { digits: yuan * 100n, scale: 2 };
  }
  const match = WORDS.exec(text);
  if (match === null || text === '') return null;
  const [, yuanText, , jiaoText, fenText] = match;
  if (yuanText === undefined && jiaoText === undefined && fenText === undefined) return null;
  const yuan = yuanText === undefined ? 0n : chineseInteger(yuanText);
  const jiao = jiaoText === undefined ? 0n : chineseInteger(jiaoText);
  const fen = fenText === undefined ? 0n : chineseInteger(fenText);
  if (yuan === null || jiao === null || fen === null || jiao > 9n || fen > 9n) return null;
  return { digits: yuan * 100n + jiao * 10n + fen, scale: 2 };
}
