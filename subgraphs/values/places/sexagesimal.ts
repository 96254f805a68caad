import { type ExactDecimal, parseDecimal } from '../../../adapters/exact-decimal.js';
import { halfWidth, withoutBlanks } from '../texts/cell-text.js';

const ANGLE =
  /^(?:([NSEW])|(东|西)经|(南|北)纬)?(\d{1,3})[°º度](?:(\d{1,2})[′'’分](?:(\d{1,2}(?:\.\d+)?)(?:″|"|”|秒|''|′′)?)?|(\d{1,2}\.\d+)[′'’分])?([NSEW])?$/;

/**
 * The seconds of arc of an angle in degrees, minutes and seconds: `122°27′05.40″`, `东经122度27分5.4秒`, `122°27.09′`,
 * `E122°27'5"`. Null for any other text. South and west are negative.
 */
export function readSexagesimal(text: string): ExactDecimal | null {
  const match = ANGLE.exec(withoutBlanks(halfWidth(text)).toUpperCase());
  if (match === null) return null;
  const [, before, eastOrWest, southOrNorth, degrees = '', minutes = '0', seconds = '0', mixed, behind] =
    match;
  if (Number(minutes) >= 60 || Number(seconds) >= 60 || Number(mixed ?? 0) >= 60) return null;
  const rest = parseDecimal((mixed ?? seconds).replace(/^0+(?=\d)/, ''));
  if (rest === null) return null;
  const whole = BigInt(degrees) * 3600n + BigInt(minutes) * 60n;
  const total = whole * 10n ** BigInt(rest.scale) + rest.digits * (mixed === undefined ? 1n : 60n);
  const isNegative = [before, behind].some((letter) => letter === 'S' || letter === 'W');
  const isFar = eastOrWest === '西' || southOrNorth === '南';
  return { digits: isNegative || isFar ? -total : total, scale: rest.scale };
}
