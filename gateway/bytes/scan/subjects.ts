/** Notes what names the subjects that an answer shows, for the audit. */

import {
  NOTED_BYTES,
  NOTED_NEXT_AT,
  PLAN_ID_AT,
  PLAN_REF_AT,
  RECORD_WALK_AT,
  REGION_NOTES_AT,
  SLOT_END_AT,
  SLOT_PLACE_AT,
  WALK_HAS_NOTED,
} from '../plan-layout';
import { findSlot, isRecord } from './known';
import { regionWord, setRegionWord, take } from './region';
import { program, word } from './reply';
import { emit, emitByte } from './room';
import { CLOSE_LIST, COMMA, OPEN_LIST, QUOTE } from './tokens';

/** Whether the query shows its names or not. */
export function noteSubject(record: usize): void {
  if (load<usize>(record + RECORD_WALK_AT) === WALK_HAS_NOTED) return;
  store<usize>(record + RECORD_WALK_AT, WALK_HAS_NOTED);
  note(findSlot(record, word(program, PLAN_ID_AT)));
  note(findSlot(record, word(program, PLAN_REF_AT)));
}

function note(slot: usize): void {
  if (slot === 0 || isRecord(slot)) return;
  const at: usize = load<usize>(slot + SLOT_PLACE_AT);
  if (load<u8>(at) !== QUOTE) return;
  const noted = take(NOTED_BYTES);
  if (noted === 0) return;
  store<usize>(noted + SLOT_PLACE_AT, at);
  store<usize>(noted + SLOT_END_AT, load<usize>(slot + SLOT_END_AT));
  store<usize>(noted + NOTED_NEXT_AT, regionWord(REGION_NOTES_AT));
  setRegionWord(REGION_NOTES_AT, noted);
}

/** Writes the notes as a JSON list. */
export function writeSubjects(): void {
  emitByte(OPEN_LIST);
  let isFirst = true;
  for (let noted = regionWord(REGION_NOTES_AT); noted !== 0; noted = load<usize>(noted + NOTED_NEXT_AT)) {
    if (!isFirst) emitByte(COMMA);
    isFirst = false;
    const at: usize = load<usize>(noted + SLOT_PLACE_AT);
    emit(at, load<usize>(noted + SLOT_END_AT) - at);
  }
  emitByte(CLOSE_LIST);
}
