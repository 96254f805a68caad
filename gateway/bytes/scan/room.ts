/** What is being written: an answer, or what is sent to a subgraph. Nothing is ever written beyond its room. */

import { DOUBT_BOUND } from '../layout';
import { lend } from './host';
import { refuse } from './reply';

const PAGE_BYTES: usize = 64 * 1024;

/** Where is written: first byte, next byte, first byte behind the room. */
export let room: usize = 0;
let next: usize = 0;
export let roomEnd: usize = 0;

/** Whether a larger room may take the place of one that is full. */
let grows: bool = false;

/** A piece of a reply or of the program that is to be written and is not copied yet: most answers are few such pieces. */
let pieceStart: usize = 0;
let pieceEnd: usize = 0;

export function beginRoom(start: usize, end: usize, mayGrow: bool): void {
  room = start;
  next = start;
  roomEnd = end;
  grows = mayGrow;
  pieceStart = 0;
  pieceEnd = 0;
}

/** Adds bytes of a reply, of the program, or of what is written already. */
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
  if (next >= roomEnd && !makeRoom(1)) return;
  store<u8>(next, byte);
  next++;
}

/** Copies the piece. */
function flush(): void {
  const length = pieceEnd - pieceStart;
  if (length === 0) return;
  if (length > roomEnd - next && !makeRoom(length)) return;
  copy(pieceStart, length);
  next += length;
}

/** Short pieces, which most are, without a call: 16 bytes at a time, as far as there is room for them. */
function copy(from: usize, length: usize): void {
  if (length > 64 || roomEnd - next < 80) {
    memory.copy(next, from, length);
    return;
  }
  for (let at: usize = 0; at < length; at += 16) v128.store(next + at, v128.load(from + at));
}

function makeRoom(bytes: usize): bool {
  // The host lends whole pages.
  const size = ((roomEnd - room) * 2 + bytes + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
  const larger = grows ? lend(size) : 0;
  if (larger === 0) {
    grows = false;
    refuse(DOUBT_BOUND);
    return false;
  }
  memory.copy(larger, room, next - room);
  next = larger + (next - room);
  room = larger;
  roomEnd = larger + size;
  return true;
}

/** Copies what is not copied yet. @returns how many bytes are written. */
export function settle(): usize {
  flush();
  pieceStart = 0;
  pieceEnd = 0;
  return next - room;
}

/** Where the answer lies: in the reply itself, if it is one piece of it, or in the room for it. */
export let answerStart: usize = 0;
export let answerEnd: usize = 0;

export function end(): void {
  if (next === room) {
    answerStart = pieceStart;
    answerEnd = pieceEnd;
    return;
  }
  flush();
  answerStart = room;
  answerEnd = next;
}
