/**
 * Which objects say the same of what is sent of them: a hash table of representations. Values are the same if their bytes are; where other
 * bytes may be the same value, nothing is sent (`plain-leaves.ts`).
 */

import { DOUBT_BOUND } from '../layout';
import {
  COUNT_BYTES,
  LIST_FIRST_AT,
  RECORD_IS_LIST,
  RECORD_IS_NULL,
  RECORD_NEXT_AT,
  RECORD_SHAPE_AT,
  REPRESENTATION_HASH_AT,
  REPRESENTATION_OBJECT_AT,
  REPRESENTATION_PROGRAM_AT,
  REQUIRED_BYTES,
  REQUIRED_MEMBERS_AT,
  REQUIRED_NAME_AT,
  SENT_MEMBERS_AT,
  SLOT_END_AT,
  SLOT_PLACE_AT,
} from '../plan-layout';
import { findSlot, isRecord } from './known';
import { takeZeros } from './region';
import { program, recordOf, refuse, word } from './reply';
import { isSame } from './tokens';

/** Places of representations, one word each, and a power of two of them; at most half are used. */
let table: usize = 0;
let places: i32 = 0;
let used: i32 = 0;
/** Of the object that was hashed last. */
let hash: u32 = 0;

const FIRST_PLACES = 16;
/** So many objects in a row do not meet by chance: somebody has chosen them. */
const MOST_LOOKS = 500;

export function beginSame(): void {
  places = FIRST_PLACES;
  used = 0;
  table = takeZeros((<usize>places) << 2);
}

/** @param sent entry of its type. @returns whether all that is sent of it is known. */
export function hashObject(object: usize, sent: usize): bool {
  hash = 0x811c9dc5 ^ <u32>sent;
  if (!hashMembers(object, recordOf(sent, SENT_MEMBERS_AT))) return false;
  hash ^= hash >>> 15;
  return true;
}

function hashMembers(object: usize, members: usize): bool {
  const count = word(members, 0);
  for (let index = 0; index < count; index++) {
    const member = members + COUNT_BYTES + <usize>index * REQUIRED_BYTES;
    const slot = findSlot(object, word(member, REQUIRED_NAME_AT));
    if (slot === 0) return false;
    const place = load<usize>(slot + SLOT_PLACE_AT);
    const inner = word(member, REQUIRED_MEMBERS_AT);
    if (!isRecord(slot)) hashBytes(place, load<usize>(slot + SLOT_END_AT));
    else if (inner !== 0 && !hashRecord(place, program + inner)) return false;
  }
  return true;
}

function hashRecord(record: usize, members: usize): bool {
  const shape = load<usize>(record + RECORD_SHAPE_AT);
  if (shape === RECORD_IS_NULL) return true;
  if (shape !== RECORD_IS_LIST) return hashMembers(record, members);
  for (let each = load<usize>(record + LIST_FIRST_AT); each !== 0; each = load<usize>(each + RECORD_NEXT_AT))
    if (!hashRecord(each, members)) return false;
  return true;
}

/** FNV-1a over words of 4 bytes. */
function hashBytes(at: usize, end: usize): void {
  let value = hash;
  for (; at + 4 <= end; at += 4) value = (value ^ load<u32>(at)) * 0x01000193;
  for (; at < end; at++) value = (value ^ load<u8>(at)) * 0x01000193;
  hash = value;
}

/** @returns the representation that says the same as the object that was hashed last, or 0. */
export function findSame(object: usize, sent: usize): usize {
  if (table === 0) return 0;
  let place = hash & (places - 1);
  for (let look = 0; look < MOST_LOOKS; look++) {
    const known = load<usize>(table + ((<usize>place) << 2));
    if (known === 0) return 0;
    if (saysSame(known, object, sent)) return known;
    place = (place + 1) & (places - 1);
  }
  return refuse(DOUBT_BOUND);
}

function saysSame(known: usize, object: usize, sent: usize): bool {
  if (load<u32>(known + REPRESENTATION_HASH_AT) !== hash) return false;
  if (load<usize>(known + REPRESENTATION_PROGRAM_AT) !== sent) return false;
  return hasSameMembers(
    load<usize>(known + REPRESENTATION_OBJECT_AT),
    object,
    recordOf(sent, SENT_MEMBERS_AT),
  );
}

function hasSameMembers(left: usize, right: usize, members: usize): bool {
  const count = word(members, 0);
  for (let index = 0; index < count; index++) {
    const member = members + COUNT_BYTES + <usize>index * REQUIRED_BYTES;
    const name = word(member, REQUIRED_NAME_AT);
    if (!isSameSlot(findSlot(left, name), findSlot(right, name), word(member, REQUIRED_MEMBERS_AT)))
      return false;
  }
  return true;
}

function isSameSlot(left: usize, right: usize, inner: usize): bool {
  if (left === 0 || right === 0) return false;
  const leftPlace = load<usize>(left + SLOT_PLACE_AT);
  const rightPlace = load<usize>(right + SLOT_PLACE_AT);
  if (isRecord(left))
    return isRecord(right) && inner !== 0 && isSameRecord(leftPlace, rightPlace, program + inner);
  if (isRecord(right)) return false;
  const length = load<usize>(left + SLOT_END_AT) - leftPlace;
  return (
    length === load<usize>(right + SLOT_END_AT) - rightPlace && isSame(leftPlace, rightPlace, <i32>length)
  );
}

function isSameRecord(left: usize, right: usize, members: usize): bool {
  if (left === right) return true;
  const shape = load<usize>(left + RECORD_SHAPE_AT);
  const other = load<usize>(right + RECORD_SHAPE_AT);
  if (shape === RECORD_IS_NULL || other === RECORD_IS_NULL) return shape === other;
  if (shape !== RECORD_IS_LIST || other !== RECORD_IS_LIST) {
    return shape !== RECORD_IS_LIST && other !== RECORD_IS_LIST && hasSameMembers(left, right, members);
  }
  let one = load<usize>(left + LIST_FIRST_AT);
  let two = load<usize>(right + LIST_FIRST_AT);
  while (one !== 0 && two !== 0) {
    if (!isSameRecord(one, two, members)) return false;
    one = load<usize>(one + RECORD_NEXT_AT);
    two = load<usize>(two + RECORD_NEXT_AT);
  }
  return one === two;
}

/** Keeps a representation of the object that was hashed last. @returns false with a doubt. */
export function keepSame(representation: usize): bool {
  if (table === 0) return false;
  store<u32>(representation + REPRESENTATION_HASH_AT, hash);
  used++;
  if (used << 1 > places && !grow()) return false;
  place(table, places, representation);
  return true;
}

function grow(): bool {
  const larger = takeZeros((<usize>places) << 4);
  if (larger === 0) return false;
  for (let index = 0; index < places; index++) {
    const known = load<usize>(table + ((<usize>index) << 2));
    if (known !== 0) place(larger, places << 2, known);
  }
  table = larger;
  places <<= 2;
  return true;
}

function place(into: usize, count: i32, representation: usize): void {
  let index = word(representation, REPRESENTATION_HASH_AT) & (count - 1);
  while (load<usize>(into + ((<usize>index) << 2)) !== 0) index = (index + 1) & (count - 1);
  store<usize>(into + ((<usize>index) << 2), representation);
}
