/**
 * The reply that is being read, and the answer that is being written. One at a time: a scan never waits.
 *
 * Behind the reply stand zeros (`ROOM_BEHIND` of the host): no byte of JSON is zero, so that every loop ends there at the
 * latest and no look at a byte needs a bound of its own.
 */

import { DOUBT_BOUND, NO_DOUBT, NOTE_BYTES, NOTE_END_AT, NOTE_START_AT } from '../layout';

/** Start of the program. */
export let program: usize = 0;

/** Why the reply is left to the objects; the first reason counts. */
export let doubt: i32 = NO_DOUBT;

/** Where the answer is written: first byte, next byte, first byte behind its room. */
let written: usize = 0;
let next: usize = 0;
let roomEnd: usize = 0;

/** A piece of the reply that belongs to the answer and is not copied yet: most answers are few such pieces. */
let pieceStart: usize = 0;
let pieceEnd: usize = 0;

/** Room for places of fields, used as a stack. */
let scratchNext: usize = 0;
let scratchEnd: usize = 0;

/** Names of subjects, one note after the other. */
export let notesEnd: usize = 0;
let notesLimit: usize = 0;

export function begin(
  programStart: usize,
  scratch: usize,
  notes: usize,
  output: usize,
  outputEnd: usize,
): void {
  program = programStart;
  doubt = NO_DOUBT;
  written = output;
  next = output;
  roomEnd = outputEnd;
  pieceStart = 0;
  pieceEnd = 0;
  scratchNext = scratch;
  scratchEnd = notes;
  notesEnd = notes;
  notesLimit = output;
}

/** @returns 0, which stands for "no place" wherever a place is returned. */
export function refuse(reason: i32): usize {
  if (doubt === NO_DOUBT) doubt = reason;
  return 0;
}

/** Adds bytes of the reply or of the program to the answer. */
export function emit(from: usize, length: usize): void {
  if (from === pieceEnd) {
    pieceEnd += length;
    return;
  }
  flush();
  pieceStart = from;
  pieceEnd = from + length;
}

/** Adds one byte. */
export function emitByte(byte: u8): void {
  flush();
  pieceStart = 0;
  pieceEnd = 0;
  if (next >= roomEnd) {
    refuse(DOUBT_BOUND);
    return;
  }
  store<u8>(next, byte);
  next++;
}

/** Copies the piece; nothing is ever written beyond the room. */
function flush(): void {
  const length = pieceEnd - pieceStart;
  if (length === 0) return;
  if (length > roomEnd - next) {
    refuse(DOUBT_BOUND);
    return;
  }
  memory.copy(next, pieceStart, length);
  next += length;
}

/** Where the answer lies: in the reply itself, if it is one piece of it, or in the room for it. */
export let answerStart: usize = 0;
export let answerEnd: usize = 0;

export function end(): void {
  if (next === written) {
    answerStart = pieceStart;
    answerEnd = pieceEnd;
    return;
  }
  flush();
  answerStart = written;
  answerEnd = next;
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
