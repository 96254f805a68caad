import { type ExactDecimal, parseDecimal } from '../../../adapters/exact-decimal.js';
import { halfWidth, upperAscii, withoutBlanks } from '../texts/cell-text.js';
import { chineseInteger } from './chinese-numeral.js';
import { dimensionOf, UNIT_FACTORS, type Unit, type UnitFactor, WRITTEN_UNITS } from './units.js';

/**
 * Reads an amount into canonical units: `2,000.00`, `¥2000`, `2万元`, `贰仟元整`, `1.2E4` (D17). Exact.
 *
 * @param unit what a bare number counts; a unit in the cell itself overrides it.
 * @returns null for what is no amount; `belowLimit` for what a laboratory could not detect (`ND`, `<0.01`).
 */
export function readAmount(text: string, unit: Unit): ExactDecimal | 'belowLimit' | null {
  const bare = upperAscii(halfWidth(withoutBlanks(text)));
  if (/^(?:ND|N\.D\.?|未检出|[<≤]\.?\d.*|低于检出限)$/.test(bare)) return 'belowLimit';
  const positive = bare.replace(/^(?:人民币|RMB|CNY|[¥￥$])+:?/, '');
  const { number, factor } = withoutUnit(positive, unit);
  const value = readDigits(number) ?? readWords(positive, unit);
  if (value === null) return null;
  return value.kind === 'yuan' ? value.amount : scaled(value.amount, factor);
}

interface ReadNumber {
  readonly kind: 'bare' | 'yuan';
  readonly amount: ExactDecimal;
}

/** The value in canonical units. */
export function scaled({ digits, scale }: ExactDecimal, factor: UnitFactor): ExactDecimal {
  return { digits: digits * factor.numerator, scale: scale + factor.scale };
}

function withoutUnit(text: string, unit: Unit): { number: string; factor: UnitFactor } {
  const bare = text.replace(/整$|正$|人民币$/, '');
  const written = WRITTEN_UNITS.find(({ word }) => bare.endsWith(word));
  if (written !== undefined && dimensionOf(written.word) === dimensionOf(unit)) {
    return { number: bare.slice(0, -written.word.length), factor: written.factor };
  }
  // `2万` in a column of yuan is twenty thousand; in one of 万元 it repeats the column's unit.
  if (dimensionOf(unit) === 'money' && /\d万$/.test(bare))
    return { number: bare.slice(0, -1), factor: UNIT_FACTORS.万元 };
  return { number: bare, factor: UNIT_FACTORS[unit] };
}

const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d{1,3})?$/;
/** More digits than any money or measure has: somebody else's number. */
const LONGEST = 60;

function readDigits(text: string): ReadNumber | null {
  if (text.length > LONGEST) return null;
  const plain = GROUPED.test(text) ? text.replaceAll(',', '') : text;
  if (!PLAIN.test(plain)) return null;
  const [, sign = '', whole = '', fraction = '', exponent = ''] =
    /^([+-]?)0*(\d*)\.?(\d*)(?:E(.+))?$/.exec(plain) ?? [];
  const normal = `${sign === '-' ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  const amount = parseDecimal(exponent === '' ? normal : `${normal}e${exponent}`);
  return amount === null ? null : { kind: 'bare', amount };
}

const WORDS = /^([^元圆角分]*?)(?:[元圆](?:零?([^元圆角分零])角)?(?:零?([^元圆角分零])分)?)?[整正]?$/;

/** `贰仟元`, `叁佰元伍角陆分`, `两万`: money in words is in yuan, whatever the column counts. */
function readWords(text: string, unit: Unit): ReadNumber | null {
  if (dimensionOf(unit) !== 'money') return null;
  const match = WORDS.exec(text);
  if (match === null) return null;
  const [, yuanText = '', jiaoText, fenText] = match;
  const yuan = chineseInteger(yuanText);
  const jiao = jiaoText === undefined ? 0n : chineseInteger(jiaoText);
  const fen = fenText === undefined ? 0n : chineseInteger(fenText);
  if (yuan === null || jiao === null || fen === null) return null;
  return { kind: 'yuan', amount: { digits: yuan * 100n + jiao * 10n + fen, scale: 2 } };
}
