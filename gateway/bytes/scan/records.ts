/** Makes records of a reply: where each value of its objects lies. Leaves are JSON; of what type they must be is not known yet. */

import {
  DOUBT_BOUND,
  DOUBT_ESCAPE,
  DOUBT_EXTRA,
  DOUBT_MALFORMED,
  DOUBT_TWICE,
  DOUBT_VIOLATION,
} from '../layout';
import {
  COUNT_BYTES,
  LIST_BYTES,
  LIST_COUNT_AT,
  LIST_FIRST_AT,
  MEMBER_BYTES,
  MEMBER_KEY_AT,
  MEMBER_KEY_LENGTH_AT,
  MEMBER_ROLE_AT,
  MEMBER_SHAPE_AT,
  NULL_RECORD_BYTES,
  PLAN_NAMES_AT,
  PLAN_TYPES_AT,
  RECORD_BYTES,
  RECORD_IS_LIST,
  RECORD_IS_NULL,
  RECORD_NEXT_AT,
  RECORD_SHAPE_AT,
  RECORD_TYPE_AT,
  ROLE_IS_TYPE,
  ROLE_IS_VALUE,
  SHAPE_BYTES,
  SHAPE_COUNT_AT,
  SLOT_BYTES,
  SLOT_END_AT,
  SLOT_IS_RECORD,
  SLOT_PLACE_AT,
  TEXT_AT,
  TEXT_BYTES,
  TEXT_LENGTH_AT,
} from '../plan-layout';
import { takeZeros } from './region';
import { program, recordOf, refuse, word } from './reply';
import { readKey, readKeyLength, skipValue } from './skip';
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  endOfText,
  hasEscape,
  isNull,
  isSame,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
} from './tokens';

/** Lists of lists are no deeper in any schema. */
const DEEPEST = 20;

/** The record of the object, list or null that was read last. */
export let made: usize = 0;

/** A record of an object of which nothing is known yet. */
export function newObject(shape: usize): usize {
  const record = takeZeros(slotOf(0, word(shape, SHAPE_COUNT_AT)));
  if (record !== 0) store<usize>(record + RECORD_SHAPE_AT, shape);
  return record;
}

export function slotOf(record: usize, field: i32): usize {
  return record + RECORD_BYTES + <usize>field * SLOT_BYTES;
}

/** @param at of the opening brace. @returns the place behind the object, or 0. Its record is `made`. */
export function recordObject(at: usize, shape: usize): usize {
  const record = newObject(shape);
  if (record === 0) return 0;
  const count = word(shape, SHAPE_COUNT_AT);
  /** The field that is expected. */
  let next = 0;
  at = skipSpace(at + 1);
  if (load<u8>(at) === CLOSE_OBJECT) {
    made = record;
    return at + 1;
  }
  while (true) {
    if (load<u8>(at) !== QUOTE) return refuse(DOUBT_MALFORMED);
    const expected = memberOf(shape, next);
    const keyLength = next < count ? word(expected, MEMBER_KEY_LENGTH_AT) : 0;
    // The usual case: the expected key, with its colon.
    if (keyLength !== 0 && isSame(at, recordOf(expected, MEMBER_KEY_AT), keyLength)) {
      at = recordMember(skipSpace(at + keyLength), record, expected, next);
      next++;
    } else {
      const key = at;
      at = readKey(key, DOUBT_ESCAPE);
      if (at === 0) return 0;
      const found = findMember(shape, count, key, readKeyLength);
      if (found >= 0) {
        at = recordMember(at, record, memberOf(shape, found), found);
        next = found + 1;
      } else {
        // What another request is to give would count before that.
        if (isNameOfPlan(key, readKeyLength)) return refuse(DOUBT_EXTRA);
        at = skipValue(at);
      }
    }
    if (at === 0) return 0;
    at = skipSpace(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_OBJECT) {
      made = record;
      return at + 1;
    }
    if (byte !== COMMA) return refuse(DOUBT_MALFORMED);
    at = skipSpace(at + 1);
  }
}

function memberOf(shape: usize, index: i32): usize {
  return shape + SHAPE_BYTES + <usize>index * MEMBER_BYTES;
}

/** @param length of the key with its quotes. @returns -1 when it is none of the members. */
function findMember(shape: usize, count: i32, key: usize, length: i32): i32 {
  for (let index = 0; index < count; index++) {
    const member = memberOf(shape, index);
    if (word(member, MEMBER_KEY_LENGTH_AT) !== length + 1) continue;
    if (isSame(key, recordOf(member, MEMBER_KEY_AT), length)) return index;
  }
  return -1;
}

function isNameOfPlan(key: usize, length: i32): bool {
  return findText(recordOf(program, PLAN_NAMES_AT), key, length) >= 0;
}

/** @returns the place of a text in a list of texts, from 0 on; -1: it is not there. */
function findText(texts: usize, at: usize, length: i32): i32 {
  const count = word(texts, 0);
  let entry = texts + COUNT_BYTES;
  for (let index = 0; index < count; index++) {
    if (word(entry, TEXT_LENGTH_AT) === length && isSame(at, recordOf(entry, TEXT_AT), length)) return index;
    entry += TEXT_BYTES;
  }
  return -1;
}

/** @param at of the member's value. @returns the place behind it, or 0. */
function recordMember(at: usize, record: usize, member: usize, field: i32): usize {
  const slot = slotOf(record, field);
  if (load<usize>(slot + SLOT_END_AT) !== 0) return refuse(DOUBT_TWICE);
  const shape = word(member, MEMBER_SHAPE_AT);
  if (shape !== 0 && !isNull(at)) {
    const end = recordValue(at, program + shape, 0);
    store<usize>(slot + SLOT_PLACE_AT, made);
    store<usize>(slot + SLOT_END_AT, SLOT_IS_RECORD);
    return end;
  }
  const role = word(member, MEMBER_ROLE_AT);
  const end = role === ROLE_IS_VALUE ? skipValue(at) : recordType(at, record, role);
  store<usize>(slot + SLOT_PLACE_AT, at);
  store<usize>(slot + SLOT_END_AT, end);
  return end;
}

function recordType(at: usize, record: usize, role: i32): usize {
  if (load<u8>(at) !== QUOTE) return refuse(DOUBT_VIOLATION);
  const end = endOfText(at);
  if (end === 0) return 0;
  if (hasEscape) return refuse(DOUBT_ESCAPE);
  const type = findText(recordOf(program, PLAN_TYPES_AT), at, <i32>(end - at)) + 1;
  // Of a type that nothing is known of, or an interface that stands for its objects.
  if (type === 0) return refuse(DOUBT_VIOLATION);
  if (role === ROLE_IS_TYPE || word(record, RECORD_TYPE_AT) === 0)
    store<usize>(record + RECORD_TYPE_AT, type);
  return end;
}

/** @param depth of lists. @returns the place behind an object, a list of such, or null; or 0. */
function recordValue(at: usize, shape: usize, depth: i32): usize {
  const byte = load<u8>(at);
  if (byte === OPEN_OBJECT) return recordObject(at, shape);
  if (byte === OPEN_LIST) return depth === DEEPEST ? refuse(DOUBT_BOUND) : recordList(at, shape, depth);
  if (!isNull(at)) return refuse(DOUBT_VIOLATION);
  made = takeZeros(NULL_RECORD_BYTES);
  if (made === 0) return 0;
  store<usize>(made + RECORD_SHAPE_AT, RECORD_IS_NULL);
  return at + 4;
}

function recordList(at: usize, shape: usize, depth: i32): usize {
  const list = takeZeros(LIST_BYTES);
  if (list === 0) return 0;
  store<usize>(list + RECORD_SHAPE_AT, RECORD_IS_LIST);
  let last = list + LIST_FIRST_AT;
  let count = 0;
  at = skipSpace(at + 1);
  if (load<u8>(at) !== CLOSE_LIST) {
    while (true) {
      at = recordValue(at, shape, depth + 1);
      if (at === 0) return 0;
      store<usize>(last, made);
      last = made + RECORD_NEXT_AT;
      count++;
      at = skipSpace(at);
      const byte = load<u8>(at);
      if (byte === CLOSE_LIST) break;
      if (byte !== COMMA) return refuse(DOUBT_MALFORMED);
      at = skipSpace(at + 1);
    }
  }
  store<usize>(list + LIST_COUNT_AT, count);
  made = list;
  return at + 1;
}
