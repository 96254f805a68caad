/**
 * Memory of one request: blocks that the host lends it, and gets back when the answer has left. Records are placed one behind the
 * other and never move. Nothing is written outside of what `take` gave and of the room for what is written.
 */

import { DOUBT_BOUND } from '../layout';
import {
  REGION_FREE_AT,
  REGION_FREE_END_AT,
  REGION_PROGRAM_AT,
  REGION_ROOM_AT,
  REGION_ROOM_END_AT,
} from '../plan-layout';
import { lend } from './host';
import { begin, refuse } from './reply';
import { beginRoom, room, roomEnd } from './room';

const BLOCK_BYTES: usize = 64 * 1024;
/** What is larger has a block of its own. */
const LARGE_BYTES: usize = 16 * 1024;

let region: usize = 0;
let free: usize = 0;
let freeEnd: usize = 0;

/** Goes on with a request where it was left. What it wrote is forgotten. */
export function enter(at: usize): void {
  region = at;
  free = regionWord(REGION_FREE_AT);
  freeEnd = regionWord(REGION_FREE_END_AT);
  begin(regionWord(REGION_PROGRAM_AT));
  beginRoom(regionWord(REGION_ROOM_AT), regionWord(REGION_ROOM_END_AT), true);
}

export function leave(): void {
  setRegionWord(REGION_FREE_AT, free);
  setRegionWord(REGION_FREE_END_AT, freeEnd);
  setRegionWord(REGION_ROOM_AT, room);
  setRegionWord(REGION_ROOM_END_AT, roomEnd);
}

export function regionWord(at: usize): usize {
  return load<usize>(region + at);
}

export function setRegionWord(at: usize, value: usize): void {
  store<usize>(region + at, value);
}

/** @param bytes a multiple of 4. @returns a place of so many bytes, whatever they hold, or 0 with a doubt. */
export function take(bytes: usize): usize {
  if (bytes <= freeEnd - free) {
    const place = free;
    free += bytes;
    return place;
  }
  const isLarge = bytes > LARGE_BYTES;
  const size = isLarge ? bytes : BLOCK_BYTES;
  const block = lend(size);
  if (block === 0) return refuse(DOUBT_BOUND);
  if (isLarge) return block;
  free = block + bytes;
  freeEnd = block + size;
  return block;
}

/** The same with zeros. Records are short: a call to fill them would take longer than this. */
export function takeZeros(bytes: usize): usize {
  const place = take(bytes);
  if (place !== 0) for (let at: usize = 0; at < bytes; at += 4) store<u32>(place + at, 0);
  return place;
}
