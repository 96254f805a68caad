import { compareDecimals, type ExactDecimal, parseDecimal } from '../../../adapters/exact-decimal.js';
import { halfWidth, upperAscii, withoutBlanks } from '../texts/cell-text.js';
import { readMoneyWords } from './money-words.js';
import { dimensionOf, UNIT_FACTORS, type Unit, type UnitFactor, WRITTEN_UNITS } from './units.js';

/**
 * Reads an amount into canonical units: `2,000.00`, `¥2000`, `-￥100`, `(1,234.50)`, `2万元`, `3万5千元`,
 * `贰仟元整`, `1.2E4` (D17). Exact. A currency other than yuan, and whatever has two readings, is no amount.
 *
 * @param unit what a bare number counts; a unit in the cell itself overrides it.
 * @returns null for what is no amount; `belowLimit` for what a laboratory could not detect (`ND`, `<0.01`).
 */
export function readAmount(text: string, unit: Unit): ExactDecimal | 'belowLimit' | null {
  const spaced = upperAscii(halfWidth(text)).replaceAll('−', '-');
  if (!blanksGroupDigits(spaced)) return null;
  const bare = withoutBlanks(spaced);
  if (/^(?:ND|N\.D\.?|未检出|[<≤]\.?\d.*|低于检出限)$/.test(bare)) return 'belowLimit';
  // `5000.00元（伍仟元整）` says it twice, and is believed when both agree.
  const [, first, second] = /^([^()]+)\(([^()]+)\)$/.exec(bare) ?? [];
  if (first !== undefined && second !== undefined && !isCaption(first)) {
    const [left, right] = [readSigned(first, unit), readSigned(second, unit)];
    return left !== null && right !== null && compareDecimals(left, right) === 0 ? left : null;
  }
  return readSigned(bare, unit);
}

/** The value in canonical units. */
export function scaled({ digits, scale }: ExactDecimal, factor: UnitFactor): ExactDecimal {
  return { digits: digits * factor.numerator, scale: scale + factor.scale };
}

/** Blanks between digits stand for thousands: `1 234.50`, `1 234 567`. `3 5` and `100 200` may be two numbers. */
function blanksGroupDigits(text: string): boolean {
  if (!/\d\s+\d/u.test(text)) return true;
  return /^\D*\d{1,3}(?:(?:\s\d{3})+\.\d+|(?:\s\d{3}){2,})\D*$/u.test(text);
}

/** Words before a bracket that only name what is in it: `人民币（大写）壹佰元整`, `￥(100)`. */
function isCaption(text: string): boolean {
  return /^(?:人民币|RMB|CNY|[-¥￥])+$/.test(text);
}

const CAPTION =
  /^(?:人民币|RMB|CNY|[¥￥])+(?:\((?:大写|小写|元)\))?:?|^(?:\((?:大写|小写)\)|(?:大写|小写))(?:金额)?:?/;

function readSigned(text: string, unit: Unit): ExactDecimal | null {
  const sign = /^(?:-|负)/.exec(text);
  if (sign !== null)
    return /^\D*[+-]/.test(text.slice(1)) ? null : negated(readUnsigned(text.slice(1), unit));
  // Accountants put amounts below zero into brackets.
  const bracketed = /^((?:人民币|RMB|CNY|[¥￥])*)\(([^()]+)\)(元?)$/.exec(text);
  if (bracketed !== null && /\d/.test(text) && /^[¥￥\d]/.test(bracketed[2] ?? '')) {
    return negated(readUnsigned(`${bracketed[1]}${bracketed[2]}${bracketed[3]}`, unit));
  }
  return readUnsigned(text, unit);
}

function negated(amount: ExactDecimal | null): ExactDecimal | null {
  return amount === null ? null : { digits: -amount.digits, scale: amount.scale };
}

function readUnsigned(text: string, unit: Unit): ExactDecimal | null {
  const captionless = text.replace(CAPTION, '').replace(CAPTION, '');
  // `￥-100`, `+100`.
  const [, sign = '', positive = ''] = /^([+-]?)(.*)$/s.exec(captionless) ?? [];
  if (sign !== '' && captionless !== text && /^[+-]/.test(text)) return null;
  const { number, factor } = withoutUnit(positive, unit);
  const plain = readDigits(number);
  const amount =
    plain === null
      ? dimensionOf(unit) === 'money'
        ? (readMixed(positive) ?? readMoneyWords(positive, unit))
        : null
      : scaled(plain, factor);
  return sign === '-' ? negated(amount) : amount;
}

function withoutUnit(text: string, unit: Unit): { number: string; factor: UnitFactor } {
  const bare = text.replace(/[整正]$/, '').replace(/(?:人民币|RMB|CNY)$/, '');
  const written = WRITTEN_UNITS.find(({ word }) => bare.endsWith(word));
  if (written !== undefined && dimensionOf(written.word) === dimensionOf(unit)) {
    return { number: bare.slice(0, -written.word.length), factor: written.factor };
  }
  // `2万` in a column of yuan is twenty thousand; in one of 万元 it repeats the column's unit.
  if (dimensionOf(unit) === 'money' && /\d万$/.test(bare))
    return { number: bare.slice(0, -1), factor: UNIT_FACTORS.万元 };
  return { number: bare, factor: UNIT_FACTORS[unit] };
}

const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const PLAIN = /^(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d{1,3})?$/;
/** More digits than any money or measure has: somebody else's number. */
const LONGEST = 60;

function readDigits(text: string): ExactDecimal | null {
  if (text.length > LONGEST) return null;
  const plain = GROUPED.test(text) ? text.replaceAll(',', '') : text;
  if (!PLAIN.test(plain)) return null;
  const [, whole = '', fraction = '', exponent = ''] = /^0*(\d*)\.?(\d*)(?:E(.+))?$/.exec(plain) ?? [];
  const normal = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  return parseDecimal(exponent === '' ? normal : `${normal}e${exponent}`);
}

const MIXED =
  /^(?:(\d+(?:\.\d+)?)亿)?(?:零?(\d+(?:\.\d+)?)万)?(?:零?(\d)千)?(?:零?(\d)百)?(?:零?(\d+(?:\.\d+)?))?[元圆圓][整正]?$/;
const MIXED_UNITS = [100_000_000n, 10_000n, 1000n, 100n, 1n];

/** `3万5千元`, `1亿2000万元`: digits and words by turns, in yuan. */
function readMixed(text: string): ExactDecimal | null {
  const parts = MIXED.exec(text)?.slice(1);
  if (parts === undefined || parts.every((part) => part === undefined)) return null;
  let yuan: ExactDecimal = { digits: 0n, scale: 0 };
  for (const [index, part] of parts.entries()) {
    const amount = part === undefined ? null : readDigits(part);
    if (amount === null) continue;
    const scale = Math.max(yuan.scale, amount.scale);
    const raise = ({ digits, scale: own }: ExactDecimal): bigint => digits * 10n ** BigInt(scale - own);
    yuan = { digits: raise(yuan) + raise(amount) * (MIXED_UNITS[index] ?? 1n), scale };
  }
  return yuan;
}
