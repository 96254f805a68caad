/** Writes the answer from what is known: follows records, and copies what replies have of leaves. */

import {
  DOUBT_VIOLATION,
  FIELD_NAME_AT,
  FIELD_VALUE_AT,
  KIND_ABSTRACT,
  KIND_ID,
  KIND_LIST,
  KIND_OBJECT,
  NAME_BYTES,
  NAME_OBJECT_AT,
  NAME_TYPE_AT,
  NAMES_BYTES,
  OBJECT_COUNT_AT,
  OBJECT_FLAGS_AT,
  OBJECT_HAS_ANY_NAME,
  OBJECT_IS_ROOT,
  OBJECT_IS_SUBJECT,
  OBJECT_SEEN_AT,
  OBJECT_TYPE_AT,
  VALUE_IS_NON_NULL_AT,
  VALUE_KIND_AT,
  VALUE_MORE_AT,
} from '../layout';
import {
  COUNT_BYTES,
  LIST_COUNTS_AT,
  LIST_FIRST_AT,
  LIST_WRITTEN_AS_AT,
  LIST_WRITTEN_AT,
  LIST_WRITTEN_LENGTH_AT,
  PLAN_OBJECTS_AT,
  RECORD_IS_LIST,
  RECORD_IS_NULL,
  RECORD_NEXT_AT,
  RECORD_SHAPE_AT,
  RECORD_TYPE_AT,
  RECORD_USES_AT,
  SLOT_END_AT,
  SLOT_PLACE_AT,
} from '../plan-layout';
import { findSlot, isRecord, owner } from './known';
import { carryValue, fieldOf, writeKnown, writeLabel, writeNull } from './objects';
import { takeZeros } from './region';
import { doubt, program, recordOf, refuse, word } from './reply';
import { emit, emitByte, room, settle } from './room';
import { noteSubject } from './subjects';
import { CLOSE_LIST, CLOSE_OBJECT, COMMA, OPEN_LIST, OPEN_OBJECT, QUOTE } from './tokens';

/** @returns false with a doubt. */
export function writeObject(record: usize, object: usize): bool {
  const flags = word(object, OBJECT_FLAGS_AT);
  if ((flags & (OBJECT_IS_ROOT | OBJECT_HAS_ANY_NAME)) === 0) {
    const type = word(record, RECORD_TYPE_AT);
    if (type !== 0 && type !== word(object, OBJECT_TYPE_AT)) return refused();
  }
  store<i32>(object + OBJECT_SEEN_AT, word(object, OBJECT_SEEN_AT) + 1);
  if ((flags & OBJECT_IS_SUBJECT) !== 0) noteSubject(record);
  const isRoot = (flags & OBJECT_IS_ROOT) !== 0;
  const count = word(object, OBJECT_COUNT_AT);
  for (
    let index = writeKnown(object, 0, count);
    index < count;
    index = writeKnown(object, index + 1, count)
  ) {
    const field = fieldOf(object, index);
    const value = recordOf(field, FIELD_VALUE_AT);
    const slot = findSlot(record, word(field, FIELD_NAME_AT));
    writeLabel(field, index, 0);
    if (slot === 0) {
      // Nothing was fetched for a field of the root: its null would be a lie.
      if (isRoot || word(value, VALUE_IS_NON_NULL_AT) !== 0) return refused();
      writeNull();
    } else if (!isRecord(slot)) {
      const at = load<usize>(slot + SLOT_PLACE_AT);
      // Texts were read through when the reply was.
      if (word(value, VALUE_KIND_AT) <= KIND_ID && load<u8>(at) === QUOTE)
        emit(at, load<usize>(slot + SLOT_END_AT) - at);
      else if (carryValue(at, value) === 0) return false;
    } else if (!writeRecord(load<usize>(slot + SLOT_PLACE_AT), value, owner)) return false;
  }
  if (count === 0) emitByte(OPEN_OBJECT);
  emitByte(CLOSE_OBJECT);
  return doubt === 0;
}

function refused(): bool {
  refuse(DOUBT_VIOLATION);
  return false;
}

/** @param entity the object that has the value: if it belongs to several, what is written is kept for the others. */
function writeRecord(record: usize, value: usize, entity: usize): bool {
  const shape = word(record, RECORD_SHAPE_AT);
  if (shape === RECORD_IS_NULL) {
    if (word(value, VALUE_IS_NON_NULL_AT) !== 0) return refused();
    writeNull();
    return true;
  }
  const kind = word(value, VALUE_KIND_AT);
  const more = recordOf(value, VALUE_MORE_AT);
  if (shape === RECORD_IS_LIST) {
    if (kind !== KIND_LIST) return refused();
    const isShared = entity !== 0 && word(entity, RECORD_USES_AT) > 1;
    return isShared ? writeShared(record, value) : writeList(record, more);
  }
  if (kind === KIND_OBJECT) return writeObject(record, more);
  if (kind !== KIND_ABSTRACT) return refused();
  const object = objectOfType(more, word(record, RECORD_TYPE_AT));
  return object === 0 ? refused() : writeObject(record, object);
}

/** What is shown of objects of a type, 0 where none of that type can stand. */
function objectOfType(names: usize, type: i32): usize {
  const count = word(names, 0);
  let entry = names + NAMES_BYTES;
  for (let index = 0; index < count; index++) {
    if (word(entry, NAME_TYPE_AT) === type) return recordOf(entry, NAME_OBJECT_AT);
    entry += NAME_BYTES;
  }
  return 0;
}

function writeList(list: usize, element: usize): bool {
  emitByte(OPEN_LIST);
  let isFirst = true;
  for (
    let record = load<usize>(list + LIST_FIRST_AT);
    record !== 0;
    record = load<usize>(record + RECORD_NEXT_AT)
  ) {
    if (!isFirst) emitByte(COMMA);
    isFirst = false;
    if (!writeRecord(record, element, 0)) return false;
  }
  emitByte(CLOSE_LIST);
  return true;
}

/** Writes a list once; where it is shown again, the answer has it already. */
function writeShared(list: usize, value: usize): bool {
  if (load<usize>(list + LIST_WRITTEN_AS_AT) === value) {
    settle();
    emit(room + load<usize>(list + LIST_WRITTEN_AT), load<usize>(list + LIST_WRITTEN_LENGTH_AT));
    addCounts(load<usize>(list + LIST_COUNTS_AT));
    return true;
  }
  const counts = takeZeros((<usize>word(recordOf(program, PLAN_OBJECTS_AT), 0)) << 2);
  if (counts === 0) return false;
  takeCounts(counts, -1);
  const start = settle();
  if (!writeList(list, recordOf(value, VALUE_MORE_AT))) return false;
  const end = settle();
  takeCounts(counts, 1);
  store<usize>(list + LIST_WRITTEN_AS_AT, value);
  store<usize>(list + LIST_WRITTEN_AT, start);
  store<usize>(list + LIST_WRITTEN_LENGTH_AT, end - start);
  store<usize>(list + LIST_COUNTS_AT, counts);
  return true;
}

/** Adds to each of some words how many objects of each kind were written so far, times a factor. */
function takeCounts(counts: usize, factor: i32): void {
  const objects = recordOf(program, PLAN_OBJECTS_AT);
  const count = word(objects, 0);
  for (let index = 0; index < count; index++) {
    const at = (<usize>index) << 2;
    const seen = word(recordOf(objects, COUNT_BYTES + (index << 2)), OBJECT_SEEN_AT);
    store<i32>(counts + at, word(counts, <i32>at) + seen * factor);
  }
}

/** Adds such words to what was written. */
function addCounts(counts: usize): void {
  const objects = recordOf(program, PLAN_OBJECTS_AT);
  const count = word(objects, 0);
  for (let index = 0; index < count; index++) {
    const object = recordOf(objects, COUNT_BYTES + (index << 2));
    store<i32>(object + OBJECT_SEEN_AT, word(object, OBJECT_SEEN_AT) + word(counts, index << 2));
  }
}
