/**
 * The program that is being run, over one reply at a time: a scan never waits.
 *
 * Behind the reply stand zeros (`ROOM_BEHIND` of the host): no byte of JSON is zero, so that every loop ends there at the
 * latest and no look at a byte needs a bound of its own.
 */

import { DOUBT_BOUND, NO_DOUBT, NOTE_BYTES, NOTE_END_AT, NOTE_START_AT } from '../layout';

/** Start of the program. */
export let program: usize = 0;

/** Why the reply is left to the objects; the first reason counts. */
export let doubt: i32 = NO_DOUBT;

/** Room for places of fields, used as a stack. */
let scratchNext: usize = 0;
let scratchEnd: usize = 0;

/** Names of subjects, one note after the other. */
export let notesEnd: usize = 0;
let notesLimit: usize = 0;

export function begin(programStart: usize): void {
  program = programStart;
  doubt = NO_DOUBT;
}

/** @param scratch room for places of fields, from here to `notes`, where the room for notes begins. */
export function beginScratch(scratch: usize, notes: usize, end: usize): void {
  scratchNext = scratch;
  scratchEnd = notes;
  notesEnd = notes;
  notesLimit = end;
}

/** @returns 0, which stands for "no place" wherever a place is returned. */
export function refuse(reason: i32): usize {
  if (doubt === NO_DOUBT) doubt = reason;
  return 0;
}

/** Room for the places of some fields, all 0. @returns 0 when there is none left. */
export function takeScratch(count: i32): usize {
  const start = scratchNext;
  const bytes = (<usize>count) << 2;
  if (bytes > scratchEnd - start) return refuse(DOUBT_BOUND);
  scratchNext = start + bytes;
  memory.fill(start, 0, bytes);
  return start;
}

export function giveScratch(start: usize): void {
  scratchNext = start;
}

/** Notes a name of a subject. */
export function note(start: usize, end: usize): void {
  if (notesEnd + NOTE_BYTES > notesLimit) {
    refuse(DOUBT_BOUND);
    return;
  }
  store<u32>(notesEnd + NOTE_START_AT, <u32>start);
  store<u32>(notesEnd + NOTE_END_AT, <u32>end);
  notesEnd += NOTE_BYTES;
}

/** A word of the program's. @param record place in memory. */
export function word(record: usize, at: i32): i32 {
  return load<i32>(record + at);
}

/** Place in memory of a record that another one names. */
export function recordOf(record: usize, at: i32): usize {
  return program + load<i32>(record + at);
}
