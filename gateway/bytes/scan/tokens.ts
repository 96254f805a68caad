/** JSON's tokens (RFC 8259). A function gets the place of a token and returns that behind it, or 0 with a doubt. */

import { DOUBT_MALFORMED } from '../layout';
import { refuse } from './reply';

export const QUOTE: u8 = 0x22;
export const COMMA: u8 = 0x2c;
export const COLON: u8 = 0x3a;
export const OPEN_LIST: u8 = 0x5b;
export const CLOSE_LIST: u8 = 0x5d;
export const OPEN_OBJECT: u8 = 0x7b;
export const CLOSE_OBJECT: u8 = 0x7d;
export const MINUS: u8 = 0x2d;
export const POINT: u8 = 0x2e;
export const ZERO: u8 = 0x30;
export const BACKSLASH: u8 = 0x5c;

const SPACE: u8 = 0x20;
/** 'null', 'true' and 'alse' as little-endian words. */
const NULL_WORD: u32 = 0x6c6c756e;
const TRUE_WORD: u32 = 0x65757274;
const ALSE_WORD: u32 = 0x65736c61;

export function skipSpace(at: usize): usize {
  while (true) {
    const byte = load<u8>(at);
    if (byte > SPACE || (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return at;
    at++;
  }
}

export function isNull(at: usize): bool {
  return load<u32>(at) === NULL_WORD;
}

/** Behind `true` or `false`; 0, without a doubt, when it is neither. */
export function endOfBoolean(at: usize): usize {
  if (load<u32>(at) === TRUE_WORD) return at + 4;
  if (load<u8>(at) === 0x66 && load<u32>(at + 1) === ALSE_WORD) return at + 5;
  return 0;
}

/** Whether the text that was scanned last has a backslash. */
export let hasEscape: bool = false;

/** @param at of the opening quote. */
export function endOfText(at: usize): usize {
  hasEscape = false;
  at++;
  const quotes = i8x16.splat(QUOTE);
  const backslashes = i8x16.splat(BACKSLASH);
  const controls = i8x16.splat(SPACE);
  while (true) {
    const bytes = v128.load(at);
    const found = v128.or(
      v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, backslashes)),
      i8x16.lt_u(bytes, controls),
    );
    const mask = i8x16.bitmask(found);
    if (mask === 0) {
      at += 16;
      continue;
    }
    at += ctz(mask);
    const byte = load<u8>(at);
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return refuse(DOUBT_MALFORMED);
    hasEscape = true;
    at = endOfEscape(at);
    if (at === 0) return 0;
  }
}

function endOfEscape(at: usize): usize {
  const byte = load<u8>(at + 1);
  if (byte === 0x75) {
    for (let digit = 2; digit < 6; digit++) if (!isHex(load<u8>(at + digit))) return refuse(DOUBT_MALFORMED);
    return at + 6;
  }
  const isKnown =
    byte === QUOTE ||
    byte === BACKSLASH ||
    byte === 0x2f ||
    byte === 0x62 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x72 ||
    byte === 0x74;
  return isKnown ? at + 2 : refuse(DOUBT_MALFORMED);
}

function isHex(byte: u8): bool {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x66);
}

export function isDigit(byte: u8): bool {
  return byte >= ZERO && byte <= 0x39;
}

/** Of the number that was scanned last: neither point nor exponent. */
export let isWhole: bool = false;
export let hasExponent: bool = false;
/** It is a zero with a minus, which JavaScript writes without. */
export let isMinusZero: bool = false;
/** Digits before the point. */
export let wholeDigits: i32 = 0;

export function endOfNumber(at: usize): usize {
  const isNegative = load<u8>(at) === MINUS;
  if (isNegative) at++;
  const first = at;
  let isZero = true;
  isWhole = true;
  hasExponent = false;
  while (isDigit(load<u8>(at))) {
    if (load<u8>(at) !== ZERO) isZero = false;
    at++;
  }
  wholeDigits = <i32>(at - first);
  if (wholeDigits === 0 || (wholeDigits > 1 && load<u8>(first) === ZERO)) return refuse(DOUBT_MALFORMED);
  if (load<u8>(at) === POINT) {
    isWhole = false;
    at++;
    const fraction = at;
    while (isDigit(load<u8>(at))) {
      if (load<u8>(at) !== ZERO) isZero = false;
      at++;
    }
    if (at === fraction) return refuse(DOUBT_MALFORMED);
  }
  if ((load<u8>(at) | 0x20) === 0x65) {
    isWhole = false;
    hasExponent = true;
    at++;
    const sign = load<u8>(at);
    if (sign === MINUS || sign === 0x2b) at++;
    const power = at;
    while (isDigit(load<u8>(at))) at++;
    if (at === power) return refuse(DOUBT_MALFORMED);
  }
  isMinusZero = isNegative && isZero;
  return at;
}

/** Whether the bytes at two places are the same. */
export function isSame(left: usize, right: usize, length: i32): bool {
  let at = 0;
  for (; at + 8 <= length; at += 8) if (load<u64>(left + at) !== load<u64>(right + at)) return false;
  for (; at < length; at++) if (load<u8>(left + at) !== load<u8>(right + at)) return false;
  return true;
}
