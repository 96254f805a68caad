/** Finds the objects that wait for entities, and writes what is sent of them: each thing that is asked for once. */

import { DOUBT_SPELLING, NO_DOUBT } from '../layout';
import {
  ASKED_BYTES,
  ASKED_PART_BYTES,
  ASKED_PART_COUNT_AT,
  ASKED_PART_FIRST_AT,
  ASKED_PART_TARGETS_AT,
  ASKED_REQUEST_AT,
  COUNT_BYTES,
  EACH,
  ECHO_BYTES,
  ECHO_SENT_AT,
  GROUP_BYTES,
  GROUP_IS_READY_AT,
  GROUP_PATH_AT,
  LIST_FIRST_AT,
  LIST_STEP_AT,
  LIST_WALK_AT,
  PART_BYTES,
  PART_GROUPS_AT,
  PART_LABEL_AT,
  PART_LABEL_LENGTH_AT,
  PART_SENT_AT,
  RECORD_IS_LIST,
  RECORD_IS_NULL,
  RECORD_NEXT_AT,
  RECORD_SHAPE_AT,
  RECORD_TYPE_AT,
  RECORD_WALK_AT,
  REGION_ROOT_AT,
  REGION_WALK_AT,
  REPRESENTATION_BYTES,
  REPRESENTATION_NEXT_AT,
  REPRESENTATION_OBJECT_AT,
  REPRESENTATION_PROGRAM_AT,
  REQUEST_BYTES,
  REQUEST_COUNT_AT,
  REQUIRED_BYTES,
  REQUIRED_LABEL_AT,
  REQUIRED_LABEL_LENGTH_AT,
  REQUIRED_MEMBERS_AT,
  REQUIRED_NAME_AT,
  SENT_BYTES,
  SENT_ECHO_AT,
  SENT_HAS_LESS_AT,
  SENT_HEAD_AT,
  SENT_HEAD_LENGTH_AT,
  SENT_MEMBERS_AT,
  SENT_TYPE_AT,
  SLOT_BYTES,
  SLOT_END_AT,
  SLOT_PLACE_AT,
  TARGET_BYTES,
  TARGET_NEXT_AT,
  TARGET_OBJECT_AT,
  TARGET_REPRESENTATION_AT,
} from '../plan-layout';
import { findSlot, isNullSlot, isRecord } from './known';
import { writeNull } from './objects';
import { endOfPlainLeaf } from './plain-leaves';
import { regionWord, setRegionWord, take, takeZeros } from './region';
import { doubt, program, recordOf, refuse, word } from './reply';
import { emit, emitByte } from './room';
import { beginSame, findSame, hashObject, keepSame } from './same-objects';
import { CLOSE_LIST, CLOSE_OBJECT, COMMA, OPEN_LIST, OPEN_OBJECT } from './tokens';

/** The part that is being gathered, its record, and where its next representation and target are named. */
let part: usize = 0;
let asked: usize = 0;
let lastRepresentation: usize = 0;
let lastTarget: usize = 0;
let walk: usize = 0;

/** How many things are asked for. */
export let askedCount: i32 = 0;

/** Writes variables up to those of the caller. @returns the record of what is asked for, 0 with a doubt. */
export function gather(request: usize): usize {
  const count = word(request, REQUEST_COUNT_AT);
  const record = takeZeros(<usize>(ASKED_BYTES + count * ASKED_PART_BYTES));
  if (record === 0) return 0;
  store<usize>(record + ASKED_REQUEST_AT, request);
  askedCount = 0;
  for (let index = 0; index < count; index++) {
    part = request + REQUEST_BYTES + <usize>index * PART_BYTES;
    asked = record + ASKED_BYTES + <usize>index * ASKED_PART_BYTES;
    gatherPart();
    if (doubt !== NO_DOUBT) return 0;
  }
  emitByte(CLOSE_LIST);
  return doubt === NO_DOUBT ? record : 0;
}

function gatherPart(): void {
  emit(recordOf(part, PART_LABEL_AT), word(part, PART_LABEL_LENGTH_AT));
  lastRepresentation = asked + ASKED_PART_FIRST_AT;
  lastTarget = asked + ASKED_PART_TARGETS_AT;
  beginSame();
  walk = regionWord(REGION_WALK_AT) + 1;
  setRegionWord(REGION_WALK_AT, walk);
  const groups = recordOf(part, PART_GROUPS_AT);
  const count = word(groups, 0);
  for (let index = 0; index < count; index++) {
    const group = groups + COUNT_BYTES + <usize>index * GROUP_BYTES;
    if (word(group, GROUP_IS_READY_AT) === 0) continue;
    store<i32>(group + GROUP_IS_READY_AT, 0);
    const path = recordOf(group, GROUP_PATH_AT);
    collect(
      regionWord(REGION_ROOT_AT),
      path + COUNT_BYTES,
      path + COUNT_BYTES + ((<usize>word(path, 0)) << 2),
    );
  }
  askedCount += word(asked, ASKED_PART_COUNT_AT);
}

/** Takes the objects at a path. Whatever has another shape on the way is passed over. */
function collect(record: usize, step: usize, end: usize): void {
  const shape = load<usize>(record + RECORD_SHAPE_AT);
  if (shape === RECORD_IS_NULL || doubt !== NO_DOUBT) return;
  if (step === end) {
    if (shape !== RECORD_IS_LIST) takeObject(record);
    return;
  }
  const name = load<i32>(step);
  if (name === EACH) {
    if (shape !== RECORD_IS_LIST || wasMet(record, step)) return;
    for (
      let each = load<usize>(record + LIST_FIRST_AT);
      each !== 0;
      each = load<usize>(each + RECORD_NEXT_AT)
    )
      collect(each, step + 4, end);
  } else if (shape !== RECORD_IS_LIST) {
    const slot = findSlot(record, name);
    if (slot !== 0 && isRecord(slot)) collect(load<usize>(slot + SLOT_PLACE_AT), step + 4, end);
  }
}

/** Lists of entities are shown at many places, and every step of every path meets each of them once. */
function wasMet(list: usize, step: usize): bool {
  if (load<usize>(list + LIST_WALK_AT) === walk && load<usize>(list + LIST_STEP_AT) === step) return true;
  store<usize>(list + LIST_WALK_AT, walk);
  store<usize>(list + LIST_STEP_AT, step);
  return false;
}

/** Takes an object whose required members are all known. */
function takeObject(object: usize): void {
  if (load<usize>(object + RECORD_WALK_AT) === walk) return;
  store<usize>(object + RECORD_WALK_AT, walk);
  const sent = sentAs(word(object, RECORD_TYPE_AT));
  if (sent === 0) return;
  if (!hashObject(object, sent)) {
    // A part of it may be sent all the same.
    if (word(sent, SENT_HAS_LESS_AT) !== 0) refuse(DOUBT_SPELLING);
    return;
  }
  let representation = findSame(object, sent);
  if (representation === 0) representation = send(object, sent);
  if (doubt !== NO_DOUBT) return;
  const target = take(TARGET_BYTES);
  if (target === 0) return;
  store<usize>(target + TARGET_OBJECT_AT, object);
  store<usize>(target + TARGET_REPRESENTATION_AT, representation);
  store<usize>(target + TARGET_NEXT_AT, 0);
  store<usize>(lastTarget, target);
  lastTarget = target + TARGET_NEXT_AT;
}

/** Writes what is sent of an object. @returns its representation, or 0 with a doubt. */
function send(object: usize, sent: usize): usize {
  const count = word(asked, ASKED_PART_COUNT_AT);
  if (doubt !== NO_DOUBT) return 0;
  if (count > 0) emitByte(COMMA);
  emit(recordOf(sent, SENT_HEAD_AT), word(sent, SENT_HEAD_LENGTH_AT));
  writeMembers(object, recordOf(sent, SENT_MEMBERS_AT), false);
  emitByte(CLOSE_OBJECT);
  const representation = newRepresentation(object, sent);
  if (representation === 0 || !keepSame(representation)) return 0;
  store<i32>(asked + ASKED_PART_COUNT_AT, count + 1);
  store<usize>(lastRepresentation, representation);
  lastRepresentation = representation + REPRESENTATION_NEXT_AT;
  return representation;
}

/** @returns what is sent of objects of a type, 0 for nothing. */
function sentAs(type: i32): usize {
  const list = recordOf(part, PART_SENT_AT);
  const count = word(list, 0);
  let sent = list + COUNT_BYTES;
  for (let index = 0; index < count; index++) {
    if (word(sent, SENT_TYPE_AT) === type) return sent;
    sent += SENT_BYTES;
  }
  return 0;
}

/** With the values of its keys, as they are now: what comes later may know more. */
function newRepresentation(object: usize, sent: usize): usize {
  const echo = recordOf(sent, SENT_ECHO_AT);
  const count = word(echo, 0);
  const representation = takeZeros(<usize>(REPRESENTATION_BYTES + count * SLOT_BYTES));
  if (representation === 0) return 0;
  store<usize>(representation + REPRESENTATION_OBJECT_AT, object);
  store<usize>(representation + REPRESENTATION_PROGRAM_AT, sent);
  for (let index = 0; index < count; index++) {
    const slot = findSlot(object, word(echo + COUNT_BYTES + <usize>index * ECHO_BYTES, ECHO_SENT_AT));
    if (slot === 0) continue;
    const copy = representation + REPRESENTATION_BYTES + <usize>index * SLOT_BYTES;
    store<usize>(copy + SLOT_PLACE_AT, load<usize>(slot + SLOT_PLACE_AT));
    store<usize>(copy + SLOT_END_AT, load<usize>(slot + SLOT_END_AT));
  }
  return representation;
}

/** All are known. @param isFirst whether nothing of the object is written yet. */
function writeMembers(object: usize, members: usize, isFirst: bool): void {
  const count = word(members, 0);
  for (let index = 0; index < count; index++) {
    const member = members + COUNT_BYTES + <usize>index * REQUIRED_BYTES;
    const label = recordOf(member, REQUIRED_LABEL_AT);
    const length = word(member, REQUIRED_LABEL_LENGTH_AT);
    if (isFirst && index === 0) {
      emitByte(OPEN_OBJECT);
      emit(label + 1, length - 1);
    } else emit(label, length);
    writeMember(findSlot(object, word(member, REQUIRED_NAME_AT)), word(member, REQUIRED_MEMBERS_AT));
  }
  if (isFirst && count === 0) emitByte(OPEN_OBJECT);
}

function writeMember(slot: usize, inner: usize): void {
  const at = load<usize>(slot + SLOT_PLACE_AT);
  if (isRecord(slot)) {
    if (inner === 0) refuse(DOUBT_SPELLING);
    else writeRequired(at, program + inner);
    return;
  }
  const end = endOfPlainLeaf(at);
  if (end === 0 || (inner !== 0 && !isNullSlot(slot))) refuse(DOUBT_SPELLING);
  else emit(at, end - at);
}

/** What is sent of an object below an entity, of a list of such, or null. */
function writeRequired(record: usize, members: usize): void {
  const shape = load<usize>(record + RECORD_SHAPE_AT);
  if (shape === RECORD_IS_NULL) writeNull();
  else if (shape !== RECORD_IS_LIST) {
    writeMembers(record, members, true);
    emitByte(CLOSE_OBJECT);
  } else {
    emitByte(OPEN_LIST);
    let isFirst = true;
    for (
      let each = load<usize>(record + LIST_FIRST_AT);
      each !== 0;
      each = load<usize>(each + RECORD_NEXT_AT)
    ) {
      if (!isFirst) emitByte(COMMA);
      isFirst = false;
      writeRequired(each, members);
    }
    emitByte(CLOSE_LIST);
  }
}
