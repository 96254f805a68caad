/** What is known of an object: what its own reply says, and what the entities say that belong to it. */

import { DOUBT_MERGE } from '../layout';
import {
  LINK_BYTES,
  LINK_ENTITY_AT,
  LINK_NEXT_AT,
  NO_FIELD,
  RECORD_LINKS_AT,
  RECORD_SHAPE_AT,
  RECORD_USES_AT,
  SHAPE_FIELDS_AT,
  SLOT_END_AT,
  SLOT_IS_RECORD,
  SLOT_PLACE_AT,
} from '../plan-layout';
import { slotOf } from './records';
import { take } from './region';
import { recordOf, refuse, word } from './reply';
import { isNull } from './tokens';

/** The record that has the member that was found last. */
export let owner: usize = 0;

/** @returns the slot of what a record itself says of a member, 0 when it says nothing. */
export function ownSlot(record: usize, name: i32): usize {
  const field = load<u8>(recordOf(load<usize>(record + RECORD_SHAPE_AT), SHAPE_FIELDS_AT) + name);
  if (field === NO_FIELD) return 0;
  const slot = slotOf(record, field);
  return load<usize>(slot + SLOT_END_AT) === 0 ? 0 : slot;
}

export function isRecord(slot: usize): bool {
  return load<usize>(slot + SLOT_END_AT) === SLOT_IS_RECORD;
}

export function isNullSlot(slot: usize): bool {
  return !isRecord(slot) && isNull(load<usize>(slot + SLOT_PLACE_AT));
}

/**
 * The first that is not null counts, in the order in which the replies came.
 *
 * @returns the slot of a member, 0 when nothing is known of it.
 */
export function findSlot(record: usize, name: i32): usize {
  let found = ownSlot(record, name);
  owner = record;
  for (
    let link = load<usize>(record + RECORD_LINKS_AT);
    link !== 0;
    link = load<usize>(link + LINK_NEXT_AT)
  ) {
    const entity = load<usize>(link + LINK_ENTITY_AT);
    const slot = ownSlot(entity, name);
    if (slot === 0) continue;
    if (found === 0 || isNullSlot(found)) {
      found = slot;
      owner = entity;
    } else if ((isRecord(slot) || isRecord(found)) && !isNullSlot(slot) && !isSameRecord(slot, found)) {
      return refuse(DOUBT_MERGE);
    }
  }
  return found;
}

function isSameRecord(left: usize, right: usize): bool {
  return isRecord(left) && isRecord(right) && load<usize>(left) === load<usize>(right);
}

/** Adds what an entity says of an object. It may be added once. */
export function attach(object: usize, entity: usize): void {
  const link = take(LINK_BYTES);
  if (link === 0) return;
  store<usize>(link + LINK_ENTITY_AT, entity);
  store<usize>(link + LINK_NEXT_AT, 0);
  let last = object + RECORD_LINKS_AT;
  for (let next = load<usize>(last); next !== 0; next = load<usize>(last)) last = next + LINK_NEXT_AT;
  store<usize>(last, link);
  store<i32>(entity + RECORD_USES_AT, word(entity, RECORD_USES_AT) + 1);
}
