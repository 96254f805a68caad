/** Passes over what the answer does not show: it must be JSON all the same. */

import { DOUBT_BOUND, DOUBT_MALFORMED } from '../layout';
import { refuse } from './reply';
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfBoolean,
  endOfNumber,
  endOfText,
  hasEscape,
  isNull,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
} from './tokens';

/** What is nested deeper is left to the objects. */
const DEEPEST = 100;

/** @returns the place behind the value at this place, or 0. */
export function skipValue(at: usize, depth: i32 = 0): usize {
  const byte = load<u8>(at);
  if (byte === QUOTE) return endOfText(at);
  if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
    if (depth === DEEPEST) return refuse(DOUBT_BOUND);
    return byte === OPEN_OBJECT ? skipObject(at, depth) : skipList(at, depth);
  }
  if (isNull(at)) return at + 4;
  const end = endOfBoolean(at);
  return end !== 0 ? end : endOfNumber(at);
}

function skipList(at: usize, depth: i32): usize {
  at = skipSpace(at + 1);
  if (load<u8>(at) === CLOSE_LIST) return at + 1;
  while (true) {
    at = skipValue(at, depth + 1);
    if (at === 0) return 0;
    at = skipSpace(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_LIST) return at + 1;
    if (byte !== COMMA) return refuse(DOUBT_MALFORMED);
    at = skipSpace(at + 1);
  }
}

function skipObject(at: usize, depth: i32): usize {
  at = skipSpace(at + 1);
  if (load<u8>(at) === CLOSE_OBJECT) return at + 1;
  while (true) {
    if (load<u8>(at) !== QUOTE) return refuse(DOUBT_MALFORMED);
    at = endOfText(at);
    if (at === 0) return 0;
    at = startOfMember(at);
    if (at === 0) return 0;
    at = skipValue(at, depth + 1);
    if (at === 0) return 0;
    at = skipSpace(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_OBJECT) return at + 1;
    if (byte !== COMMA) return refuse(DOUBT_MALFORMED);
    at = skipSpace(at + 1);
  }
}

/** Of the key that was read last, with its quotes. */
export let readKeyLength: i32 = 0;

/** @param at of a key. @param escaped why none with an escape is read. @returns the place of its value, or 0. */
export function readKey(at: usize, escaped: i32): usize {
  const end = endOfText(at);
  if (end === 0) return 0;
  if (hasEscape) return refuse(escaped);
  readKeyLength = <i32>(end - at);
  return startOfMember(end);
}

/** @param at behind a key. @returns where its value begins. */
function startOfMember(at: usize): usize {
  at = skipSpace(at);
  if (load<u8>(at) !== COLON) return refuse(DOUBT_MALFORMED);
  return skipSpace(at + 1);
}
