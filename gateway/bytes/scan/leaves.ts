/** Leaves of the answer: each is checked against its type and written as it came. */

import {
  DOUBT_ESCAPE,
  DOUBT_SPELLING,
  DOUBT_VIOLATION,
  KIND_ANY,
  KIND_BOOLEAN,
  KIND_ENUM,
  KIND_FLOAT,
  KIND_ID,
  KIND_INT,
  KIND_TEXT,
  NAME_BYTES,
  NAME_LENGTH_AT,
  NAME_TEXT_AT,
  NAMES_BYTES,
  VALUE_MORE_AT,
} from '../layout';
import { recordOf, refuse, word } from './reply';
import { emit, emitByte } from './room';
import {
  endOfBoolean,
  endOfNumber,
  endOfText,
  hasEscape,
  hasExponent,
  isDigit,
  isMinusZero,
  isSame,
  isWhole,
  MINUS,
  QUOTE,
  wholeDigits,
} from './tokens';

/** A double has no more digits before its point. */
const MOST_DIGITS = 300;

/** @param at of a value that is not null. @param value its record. @returns the place behind it, or 0. */
export function carryLeaf(at: usize, kind: i32, value: usize): usize {
  const byte = load<u8>(at);
  if (byte === QUOTE) return carryText(at, kind, value);
  if (byte === MINUS || isDigit(byte)) return carryNumber(at, kind);
  const end = endOfBoolean(at);
  if (end !== 0 && (kind === KIND_BOOLEAN || kind === KIND_ANY)) {
    emit(at, end - at);
    return end;
  }
  // An object or a list may be a custom scalar. The objects see which keys stand twice in it.
  return refuse(kind === KIND_ANY ? DOUBT_SPELLING : DOUBT_VIOLATION);
}

function carryText(at: usize, kind: i32, value: usize): usize {
  if (kind === KIND_INT || kind === KIND_FLOAT || kind === KIND_BOOLEAN) return refuse(DOUBT_VIOLATION);
  const end = endOfText(at);
  if (end === 0) return 0;
  if (kind === KIND_ENUM) {
    if (hasEscape) return refuse(DOUBT_ESCAPE);
    if (findName(recordOf(value, VALUE_MORE_AT), at, <i32>(end - at)) === 0) return refuse(DOUBT_VIOLATION);
  }
  emit(at, end - at);
  return end;
}

/** @returns the entry of a name among names, 0 when it is none of them. */
export function findName(names: usize, at: usize, length: i32): usize {
  const count = word(names, 0);
  let entry = names + NAMES_BYTES;
  for (let index = 0; index < count; index++) {
    if (word(entry, NAME_LENGTH_AT) === length && isSame(at, recordOf(entry, NAME_TEXT_AT), length))
      return entry;
    entry += NAME_BYTES;
  }
  return 0;
}

function carryNumber(at: usize, kind: i32): usize {
  if (kind === KIND_TEXT || kind === KIND_BOOLEAN || kind === KIND_ENUM) return refuse(DOUBT_VIOLATION);
  const end = endOfNumber(at);
  if (end === 0) return 0;
  if (hasExponent || isMinusZero || wholeDigits > MOST_DIGITS) return refuse(DOUBT_SPELLING);
  if (kind === KIND_ID) {
    if (!isWhole) return refuse(DOUBT_SPELLING);
    emitByte(QUOTE);
    emit(at, end - at);
    emitByte(QUOTE);
    return end;
  }
  if (kind === KIND_INT && !isInt(at, end)) return refuse(DOUBT_SPELLING);
  emit(at, end - at);
  return end;
}

/** GraphQL's Int has 32 bits. */
function isInt(at: usize, end: usize): bool {
  if (!isWhole || wholeDigits > 10) return false;
  const isNegative = load<u8>(at) === MINUS;
  let number: i64 = 0;
  for (let digit = isNegative ? at + 1 : at; digit < end; digit++) {
    number = number * 10 + (load<u8>(digit) & 15);
  }
  return isNegative ? number <= 2147483648 : number <= 2147483647;
}
