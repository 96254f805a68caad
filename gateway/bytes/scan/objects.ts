/** Values of the answer: checked against the program, written in its order. */

import {
  DOUBT_ESCAPE,
  DOUBT_MALFORMED,
  DOUBT_TWICE,
  DOUBT_VIOLATION,
  FIELD_BYTES,
  FIELD_IS_DATA,
  FIELD_IS_KEY_AT,
  FIELD_IS_NULL,
  FIELD_KEY_AT,
  FIELD_KEY_LENGTH_AT,
  FIELD_KIND_AT,
  FIELD_LABEL_AT,
  FIELD_LABEL_LENGTH_AT,
  FIELD_LENGTH_AT,
  FIELD_VALUE_AT,
  KIND_LIST,
  KIND_OBJECT,
  NAME_OBJECT_AT,
  OBJECT_BYTES,
  OBJECT_COUNT_AT,
  OBJECT_FLAGS_AT,
  OBJECT_HAS_ANY_NAME,
  OBJECT_IS_ROOT,
  OBJECT_IS_SUBJECT,
  OBJECT_NAME_AT,
  OBJECT_NAME_LENGTH_AT,
  OBJECT_SEEN_AT,
  VALUE_IS_NON_NULL_AT,
  VALUE_KIND_AT,
  VALUE_MORE_AT,
} from '../layout';
import { carryLeaf, findName } from './leaves';
import { giveScratch, note, recordOf, refuse, takeScratch, word } from './reply';
import { emit, emitByte } from './room';
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

const TYPE_NAME = memory.data<u8>([0x22, 0x5f, 0x5f, 0x74, 0x79, 0x70, 0x65, 0x6e, 0x61, 0x6d, 0x65, 0x22]);
const TYPE_NAME_LENGTH = 12;
/** Members that name a subject: `"id"` and `"ref"`. */
const ID = memory.data<u8>([0x22, 0x69, 0x64, 0x22]);
const ID_LENGTH = 4;
const REF = memory.data<u8>([0x22, 0x72, 0x65, 0x66, 0x22]);
const REF_LENGTH = 5;

/** @param value its record. @returns the place behind it, or 0. */
export function carryValue(at: usize, value: usize): usize {
  if (isNull(at)) {
    if (word(value, VALUE_IS_NON_NULL_AT) !== 0) return refuse(DOUBT_VIOLATION);
    emit(at, 4);
    return at + 4;
  }
  const kind = word(value, VALUE_KIND_AT);
  if (kind < KIND_LIST) return carryLeaf(at, kind, value);
  const byte = load<u8>(at);
  if (kind === KIND_LIST) {
    if (byte !== OPEN_LIST) return refuse(DOUBT_VIOLATION);
    return carryList(at, recordOf(value, VALUE_MORE_AT));
  }
  if (byte !== OPEN_OBJECT) return refuse(DOUBT_VIOLATION);
  if (kind === KIND_OBJECT) return carryObject(at, recordOf(value, VALUE_MORE_AT));
  return carryAbstract(at, recordOf(value, VALUE_MORE_AT));
}

function carryList(at: usize, element: usize): usize {
  emit(at, 1);
  at = skipSpace(at + 1);
  if (load<u8>(at) === CLOSE_LIST) {
    emit(at, 1);
    return at + 1;
  }
  while (true) {
    at = carryValue(at, element);
    if (at === 0) return 0;
    at = skipSpace(at);
    const byte = load<u8>(at);
    if (byte !== COMMA && byte !== CLOSE_LIST) return refuse(DOUBT_MALFORMED);
    emit(at, 1);
    if (byte === CLOSE_LIST) return at + 1;
    at = skipSpace(at + 1);
  }
}

/** An object of one of several types: `__typename` says which, wherever it stands. */
function carryAbstract(at: usize, names: usize): usize {
  const name = findTypeName(at);
  if (name === 0) return 0;
  const end = endOfText(name);
  if (end === 0) return 0;
  if (hasEscape) return refuse(DOUBT_ESCAPE);
  const entry = findName(names, name, <i32>(end - name));
  if (entry === 0) return refuse(DOUBT_VIOLATION);
  return carryObject(at, recordOf(entry, NAME_OBJECT_AT));
}

function isTypeName(key: usize, length: i32): bool {
  return length === TYPE_NAME_LENGTH && isSame(key, TYPE_NAME, TYPE_NAME_LENGTH);
}

/** @param at of an object. @returns the place of its type's name, or 0. */
function findTypeName(at: usize): usize {
  at = skipSpace(at + 1);
  while (load<u8>(at) === QUOTE) {
    const key = at;
    at = readKey(key, DOUBT_ESCAPE);
    if (at === 0) return 0;
    const length = readKeyLength;
    if (isTypeName(key, length)) return load<u8>(at) === QUOTE ? at : refuse(DOUBT_VIOLATION);
    at = skipValue(at);
    if (at === 0) return 0;
    at = skipSpace(at);
    if (load<u8>(at) !== COMMA) return refuse(DOUBT_VIOLATION);
    at = skipSpace(at + 1);
  }
  return refuse(DOUBT_VIOLATION);
}

/** @param at of the opening brace. */
export function carryObject(at: usize, object: usize): usize {
  store<i32>(object + OBJECT_SEEN_AT, word(object, OBJECT_SEEN_AT) + 1);
  if ((word(object, OBJECT_FLAGS_AT) & OBJECT_IS_SUBJECT) !== 0 && noteSubject(at) === 0) return 0;
  const count = word(object, OBJECT_COUNT_AT);
  /** Fields before this one are written. */
  let next = 0;
  let hasName = false;
  at = skipSpace(at + 1);
  if (load<u8>(at) === CLOSE_OBJECT) return endObject(at, object, 0, 0);
  while (true) {
    if (load<u8>(at) !== QUOTE) return refuse(DOUBT_MALFORMED);
    next = writeKnown(object, next, count);
    const field = fieldOf(object, next);
    const keyLength = next < count ? word(field, FIELD_KEY_LENGTH_AT) : 0;
    // The usual case: the expected key, with its colon.
    if (keyLength !== 0 && isSame(at, recordOf(field, FIELD_KEY_AT), keyLength)) {
      writeLabel(field, next, at);
      at = carryValue(skipSpace(at + keyLength), recordOf(field, FIELD_VALUE_AT));
      next++;
    } else {
      const key = at;
      at = readKey(key, DOUBT_ESCAPE);
      if (at === 0) return 0;
      const length = readKeyLength;
      if (isTypeName(key, length)) {
        if (hasName) return refuse(DOUBT_TWICE);
        hasName = true;
        at = checkTypeName(at, object);
      } else {
        const found = findField(object, count, key, length);
        if (found < 0) at = skipValue(at);
        else if (found < next) return refuse(DOUBT_TWICE);
        else if (found > next) return carryUnordered(key, object, next, hasName);
        else {
          writeLabel(field, next, 0);
          at = carryValue(at, recordOf(field, FIELD_VALUE_AT));
          next++;
        }
      }
    }
    if (at === 0) return 0;
    at = skipSpace(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_OBJECT) return endObject(at, object, next, 0);
    if (byte !== COMMA) return refuse(DOUBT_MALFORMED);
    at = skipSpace(at + 1);
  }
}

/**
 * Notes what names a subject, whether the query shows it or not.
 *
 * @param at of the opening brace. @returns the place of the closing one, or 0.
 */
function noteSubject(at: usize): usize {
  at = skipSpace(at + 1);
  if (load<u8>(at) === CLOSE_OBJECT) return at;
  while (true) {
    if (load<u8>(at) !== QUOTE) return refuse(DOUBT_MALFORMED);
    const key = at;
    at = readKey(key, DOUBT_ESCAPE);
    if (at === 0) return 0;
    const length = readKeyLength;
    const value = at;
    at = skipValue(at);
    if (at === 0) return 0;
    if (load<u8>(value) === QUOTE && isSubjectName(key, length)) note(value, at);
    at = skipSpace(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_OBJECT) return at;
    if (byte !== COMMA) return refuse(DOUBT_MALFORMED);
    at = skipSpace(at + 1);
  }
}

function isSubjectName(key: usize, length: i32): bool {
  if (length === ID_LENGTH) return isSame(key, ID, ID_LENGTH);
  return length === REF_LENGTH && isSame(key, REF, REF_LENGTH);
}

/**
 * The rest of an object whose fields come in another order: finds where each is, then writes them.
 *
 * @param at of a key. @param next fields before this one are written.
 */
function carryUnordered(at: usize, object: usize, next: i32, hasName: bool): usize {
  const count = word(object, OBJECT_COUNT_AT);
  const places = takeScratch(count);
  if (places === 0) return 0;
  while (true) {
    if (load<u8>(at) !== QUOTE) return refuse(DOUBT_MALFORMED);
    const key = at;
    at = readKey(key, DOUBT_ESCAPE);
    if (at === 0) return 0;
    const length = readKeyLength;
    if (isTypeName(key, length)) {
      if (hasName) return refuse(DOUBT_TWICE);
      hasName = true;
      at = checkTypeName(at, object);
    } else {
      const found = findField(object, count, key, length);
      if (found >= 0) {
        const place = places + ((<usize>found) << 2);
        if (found < next || load<u32>(place) !== 0) return refuse(DOUBT_TWICE);
        store<u32>(place, <u32>at);
      }
      at = skipValue(at);
    }
    if (at === 0) return 0;
    at = skipSpace(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_OBJECT) break;
    if (byte !== COMMA) return refuse(DOUBT_MALFORMED);
    at = skipSpace(at + 1);
  }
  const end = endObject(at, object, next, places);
  giveScratch(places);
  return end;
}

/** Writes what is left of an object. @param at of the closing brace. @param places of values; 0: nothing else came. */
function endObject(at: usize, object: usize, next: i32, places: usize): usize {
  const count = word(object, OBJECT_COUNT_AT);
  const isRoot = (word(object, OBJECT_FLAGS_AT) & OBJECT_IS_ROOT) !== 0;
  for (next = writeKnown(object, next, count); next < count; next = writeKnown(object, next + 1, count)) {
    const field = fieldOf(object, next);
    const value = recordOf(field, FIELD_VALUE_AT);
    const place: usize = places === 0 ? 0 : <usize>load<u32>(places + ((<usize>next) << 2));
    if (place !== 0) {
      writeLabel(field, next, 0);
      if (carryValue(place, value) === 0) return 0;
    } else {
      if (isRoot || word(value, VALUE_IS_NON_NULL_AT) !== 0) return refuse(DOUBT_VIOLATION);
      writeLabel(field, next, 0);
      writeNull();
    }
  }
  if (count === 0) emitByte(OPEN_OBJECT);
  emit(at, 1);
  return at + 1;
}

/** Writes fields that no reply is needed for, as far as they follow one another. @returns the next field. */
export function writeKnown(object: usize, next: i32, count: i32): i32 {
  while (next < count) {
    const field = fieldOf(object, next);
    const kind = word(field, FIELD_KIND_AT);
    if (kind === FIELD_IS_DATA) return next;
    writeLabel(field, next, 0);
    if (kind === FIELD_IS_NULL) writeNull();
    else emit(recordOf(field, FIELD_VALUE_AT), word(field, FIELD_LENGTH_AT));
    next++;
  }
  return next;
}

export function writeNull(): void {
  emitByte(0x6e);
  emitByte(0x75);
  emitByte(0x6c);
  emitByte(0x6c);
}

/** @param key where the reply has the same key with its colon; 0: nowhere. */
export function writeLabel(field: usize, index: i32, key: usize): void {
  const before: u8 = index === 0 ? OPEN_OBJECT : COMMA;
  if (key !== 0 && word(field, FIELD_IS_KEY_AT) !== 0 && load<u8>(key - 1) === before) {
    emit(key - 1, word(field, FIELD_KEY_LENGTH_AT) + 1);
    return;
  }
  emitByte(before);
  // The label begins with a comma.
  emit(recordOf(field, FIELD_LABEL_AT) + 1, word(field, FIELD_LABEL_LENGTH_AT) - 1);
}

/** @param at of the value of `__typename`. @returns the place behind it, or 0. */
function checkTypeName(at: usize, object: usize): usize {
  if ((word(object, OBJECT_FLAGS_AT) & (OBJECT_IS_ROOT | OBJECT_HAS_ANY_NAME)) !== 0) return skipValue(at);
  if (load<u8>(at) !== QUOTE) return refuse(DOUBT_VIOLATION);
  const end = endOfText(at);
  if (end === 0) return 0;
  if (hasEscape) return refuse(DOUBT_ESCAPE);
  const length = word(object, OBJECT_NAME_LENGTH_AT);
  const isIt = <i32>(end - at) === length && isSame(at, recordOf(object, OBJECT_NAME_AT), length);
  return isIt ? end : refuse(DOUBT_VIOLATION);
}

export function fieldOf(object: usize, index: i32): usize {
  return object + OBJECT_BYTES + <usize>index * FIELD_BYTES;
}

/** @param length of the key with its quotes. @returns -1 when it is none of the fields. */
function findField(object: usize, count: i32, key: usize, length: i32): i32 {
  for (let index = 0; index < count; index++) {
    const field = fieldOf(object, index);
    if (word(field, FIELD_KEY_LENGTH_AT) !== length + 1) continue;
    if (isSame(key, recordOf(field, FIELD_KEY_AT), length)) return index;
  }
  return -1;
}
