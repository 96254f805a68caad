/** Gives entities to the objects that wait for them: each only if it is plainly the one that was asked for at its place. */

import { DOUBT_ENTITIES, NO_DOUBT } from '../layout';
import {
  ASKED_BYTES,
  ASKED_PART_BYTES,
  ASKED_PART_COUNT_AT,
  ASKED_PART_FIRST_AT,
  ASKED_PART_TARGETS_AT,
  ASKED_REQUEST_AT,
  COUNT_BYTES,
  ECHO_BYTES,
  ECHO_GIVEN_AT,
  ECHO_INNER_AT,
  ECHO_SENT_AT,
  LIST_COUNT_AT,
  LIST_FIRST_AT,
  PART_ASKS_TYPES_AT,
  PART_BYTES,
  PART_NAME_AT,
  RECORD_IS_LIST,
  RECORD_IS_NULL,
  RECORD_NEXT_AT,
  RECORD_SHAPE_AT,
  RECORD_TYPE_AT,
  REPRESENTATION_BYTES,
  REPRESENTATION_ENTITY_AT,
  REPRESENTATION_NEXT_AT,
  REPRESENTATION_PROGRAM_AT,
  REQUEST_BYTES,
  REQUEST_COUNT_AT,
  SENT_ECHO_AT,
  SENT_TYPE_AT,
  SLOT_BYTES,
  SLOT_END_AT,
  SLOT_PLACE_AT,
  TARGET_NEXT_AT,
  TARGET_OBJECT_AT,
  TARGET_REPRESENTATION_AT,
} from '../plan-layout';
import { attach, findSlot, isNullSlot, isRecord, ownSlot } from './known';
import { doubt, program, recordOf, refuse, word } from './reply';
import { BACKSLASH, isSame, QUOTE } from './tokens';

/** @param asked what `gather` gave. @param data record of the reply's `data`. */
export function takeEntities(asked: usize, data: usize): void {
  const request: usize = load<usize>(asked + ASKED_REQUEST_AT);
  const count = word(request, REQUEST_COUNT_AT);
  for (let index = 0; index < count; index++) {
    const part = request + REQUEST_BYTES + <usize>index * PART_BYTES;
    takePart(asked + ASKED_BYTES + <usize>index * ASKED_PART_BYTES, part, data);
    if (doubt !== NO_DOUBT) return;
  }
}

function takePart(asked: usize, part: usize, data: usize): void {
  const count = word(asked, ASKED_PART_COUNT_AT);
  if (count === 0) return;
  const slot = ownSlot(data, word(part, PART_NAME_AT));
  if (slot === 0 || !isRecord(slot)) {
    refuse(DOUBT_ENTITIES);
    return;
  }
  const list: usize = load<usize>(slot + SLOT_PLACE_AT);
  if (load<usize>(list + RECORD_SHAPE_AT) !== RECORD_IS_LIST || word(list, LIST_COUNT_AT) !== count) {
    refuse(DOUBT_ENTITIES);
    return;
  }
  let entity = load<usize>(list + LIST_FIRST_AT);
  let representation = load<usize>(asked + ASKED_PART_FIRST_AT);
  while (representation !== 0) {
    const shape = load<usize>(entity + RECORD_SHAPE_AT);
    if (shape !== RECORD_IS_NULL) {
      if (shape === RECORD_IS_LIST || !isAnswer(entity, representation, part)) {
        refuse(DOUBT_ENTITIES);
        return;
      }
      store<usize>(representation + REPRESENTATION_ENTITY_AT, entity);
    }
    entity = load<usize>(entity + RECORD_NEXT_AT);
    representation = load<usize>(representation + REPRESENTATION_NEXT_AT);
  }
  for (
    let target = load<usize>(asked + ASKED_PART_TARGETS_AT);
    target !== 0;
    target = load<usize>(target + TARGET_NEXT_AT)
  ) {
    const found = load<usize>(load<usize>(target + TARGET_REPRESENTATION_AT) + REPRESENTATION_ENTITY_AT);
    if (found !== 0) attach(load<usize>(target + TARGET_OBJECT_AT), found);
  }
}

function isAnswer(entity: usize, representation: usize, part: usize): bool {
  const sent: usize = load<usize>(representation + REPRESENTATION_PROGRAM_AT);
  const type = word(entity, RECORD_TYPE_AT);
  if (type === 0 ? word(part, PART_ASKS_TYPES_AT) !== 0 : type !== word(sent, SENT_TYPE_AT)) return false;
  const echo = recordOf(sent, SENT_ECHO_AT);
  const count = word(echo, 0);
  for (let index = 0; index < count; index++) {
    const key = echo + COUNT_BYTES + <usize>index * ECHO_BYTES;
    const given = ownSlot(entity, word(key, ECHO_GIVEN_AT));
    const own = representation + REPRESENTATION_BYTES + <usize>index * SLOT_BYTES;
    if (!isEcho(given, own, word(key, ECHO_INNER_AT))) return false;
  }
  return true;
}

/** Null says nothing: a subgraph may find an entity by a key and not give the key. */
function isEcho(given: usize, sent: usize, inner: usize): bool {
  if (given === 0 || word(sent, SLOT_END_AT) === 0) return false;
  if (isNullSlot(given)) return true;
  if (inner === 0) return !isRecord(given) && !isRecord(sent) && isSameKey(given, sent);
  if (!isRecord(given) || !isRecord(sent)) return false;
  const givenRecord: usize = load<usize>(given + SLOT_PLACE_AT);
  const sentRecord: usize = load<usize>(sent + SLOT_PLACE_AT);
  // Lists of keys are left to the objects.
  if (!isObject(givenRecord) || !isObject(sentRecord)) return false;
  const keys = program + inner;
  const count = word(keys, 0);
  for (let index = 0; index < count; index++) {
    const key = keys + COUNT_BYTES + <usize>index * ECHO_BYTES;
    const found = findSlot(sentRecord, word(key, ECHO_SENT_AT));
    if (found === 0) return false;
    if (!isEcho(ownSlot(givenRecord, word(key, ECHO_GIVEN_AT)), found, word(key, ECHO_INNER_AT)))
      return false;
  }
  return true;
}

/** A number and its text are one value: subgraphs may differ in the type of an ID. */
function isSameKey(given: usize, sent: usize): bool {
  let from: usize = load<usize>(given + SLOT_PLACE_AT);
  let end: usize = load<usize>(given + SLOT_END_AT);
  let sentFrom: usize = load<usize>(sent + SLOT_PLACE_AT);
  let sentEnd: usize = load<usize>(sent + SLOT_END_AT);
  if (load<u8>(from) === QUOTE) {
    from++;
    end--;
  }
  if (load<u8>(sentFrom) === QUOTE) {
    sentFrom++;
    sentEnd--;
  }
  if (end - from !== sentEnd - sentFrom || !isSame(from, sentFrom, <i32>(end - from))) return false;
  for (; from < end; from++) if (load<u8>(from) === BACKSLASH) return false;
  return true;
}

function isObject(record: usize): bool {
  const shape = load<usize>(record + RECORD_SHAPE_AT);
  return shape !== RECORD_IS_NULL && shape !== RECORD_IS_LIST;
}
