import type { Random } from '../../random.js';
import { dirtyText, fullWidth } from './dirt-texts.js';

/**
 * D17: an amount in yuan as people type it, always the same amount.
 *
 * @param yuan digits with two decimals, not negative: `10000.00`.
 */
export function dirtyAmount(random: Random, yuan: string): string {
  const { whole, cents } = splitAmount(yuan);
  const bare = cents === '00' ? whole : yuan;
  const variants = [
    () => bare,
    () => `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`,
    () => `${bare}元`,
    () => fullWidth(bare),
    () => dirtyText(random, yuan),
  ];
  if (cents === '00' && whole !== '0') variants.push(() => `${capitalNumerals(whole)}元`);
  return random.pick(variants)();
}

/** 万元 as the 双公示 extract has it, exact: `12345.60` is `1.234560`. */
export function inTenThousands(yuan: string): string {
  const { whole, cents } = splitAmount(yuan);
  const digits = whole.padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}${cents}`;
}

const DIGITS = [...'零壹贰叁肆伍陆柒捌玖'];
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/**
 * 贰仟, 壹万零伍佰: a whole number in the numerals that cannot be altered.
 *
 * @param digits up to sixteen digits, more than zero.
 */
export function capitalNumerals(digits: string): string {
  const padded = digits.padStart(Math.ceil(digits.length / 4) * 4, '0');
  const groups = padded.match(/\d{4}/g) ?? [];
  let text = '';
  let gap = false;
  groups.forEach((group, index) => {
    if (group === '0000') {
      gap = text !== '';
      return;
    }
    if (text !== '' && (gap || group.startsWith('0'))) text += '零';
    gap = false;
    text += groupNumerals(group) + (GROUPS[groups.length - 1 - index] ?? '');
  });
  return text;
}

/** Four digits, leading zeros unsaid, zeros between said once. */
function groupNumerals(group: string): string {
  let text = '';
  let gap = false;
  [...group].forEach((digit, index) => {
    if (digit === '0') {
      gap = text !== '';
      return;
    }
    if (gap) text += '零';
    gap = false;
    text += (DIGITS[Number(digit)] ?? '') + (PLACES[3 - index] ?? '');
  });
  return text;
}

function splitAmount(yuan: string): { whole: string; cents: string } {
  const parts = /^(\d{1,16})\.(\d{2})$/.exec(yuan);
  if (parts === null) {
    throw new RangeError(`Cannot write an amount: it must be yuan with two decimals, but is '${yuan}'`);
  }
  return { whole: parts[1] ?? '0', cents: parts[2] ?? '00' };
}
