/** Leaves that are sent on as they came: only spellings that no other spelling of the same value has, so that what is equal has equal bytes. */

import { DOUBT_SPELLING } from '../layout';
import { refuse } from './reply';
import {
  CLOSE_LIST,
  COMMA,
  endOfBoolean,
  endOfNumber,
  endOfText,
  hasEscape,
  hasExponent,
  isMinusZero,
  isNull,
  isWhole,
  OPEN_LIST,
  QUOTE,
  ZERO,
} from './tokens';

/** JavaScript's numbers keep so many digits, and a sign and a point. */
const MOST_NUMBER_BYTES: usize = 15;

/** @param at of a value that was read before. @returns the place behind it, 0 with a doubt. */
export function endOfPlainLeaf(at: usize): usize {
  const byte = load<u8>(at);
  if (byte === QUOTE) {
    const end = endOfText(at);
    return hasEscape ? refuse(DOUBT_SPELLING) : end;
  }
  if (byte === OPEN_LIST) return endOfPlainList(at);
  if (isNull(at)) return at + 4;
  const end = endOfBoolean(at);
  return end === 0 ? endOfPlainNumber(at) : end;
}

function endOfPlainNumber(at: usize): usize {
  // An object, as a custom scalar may be.
  if (load<u8>(at) > 0x39) return refuse(DOUBT_SPELLING);
  const end = endOfNumber(at);
  if (end === 0) return 0;
  const isPlain = !hasExponent && !isMinusZero && end - at <= MOST_NUMBER_BYTES;
  return isPlain && (isWhole || load<u8>(end - 1) !== ZERO) ? end : refuse(DOUBT_SPELLING);
}

/** Without spaces. */
function endOfPlainList(at: usize): usize {
  at++;
  if (load<u8>(at) === CLOSE_LIST) return at + 1;
  while (true) {
    if (load<u8>(at) === OPEN_LIST) return refuse(DOUBT_SPELLING);
    at = endOfPlainLeaf(at);
    if (at === 0) return 0;
    const byte = load<u8>(at);
    if (byte === CLOSE_LIST) return at + 1;
    if (byte !== COMMA) return refuse(DOUBT_SPELLING);
    at++;
  }
}
