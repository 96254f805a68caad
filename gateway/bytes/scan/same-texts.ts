/** Which representations of a part have the same text: a hash table of them. Their texts lie in what is being written. */

import { DOUBT_BOUND } from '../layout';
import { REPRESENTATION_HASH_AT, REPRESENTATION_LENGTH_AT, REPRESENTATION_TEXT_AT } from '../plan-layout';
import { takeZeros } from './region';
import { refuse, word } from './reply';
import { room } from './room';
import { isSame } from './tokens';

/** Places of representations, one word each, and a power of two of them; at most half are used. */
let table: usize = 0;
let places: i32 = 0;
let used: i32 = 0;
/** Of the text that was looked for last. */
let hash: i32 = 0;

const FIRST_PLACES = 16;
/** So many texts in a row do not meet by chance: somebody has chosen them. */
const MOST_LOOKS = 500;

export function beginKnown(): void {
  places = FIRST_PLACES;
  used = 0;
  table = takeZeros((<usize>places) << 2);
}

/** @param start of a text in what is being written, all of which is settled. @returns the representation, or 0. */
export function findSame(start: usize, length: usize): usize {
  hash = hashOf(room + start, length);
  if (table === 0) return 0;
  let place = hash & (places - 1);
  for (let look = 0; look < MOST_LOOKS; look++) {
    const known: usize = load<usize>(table + ((<usize>place) << 2));
    if (known === 0) return 0;
    if (isOfText(known, start, length)) return known;
    place = (place + 1) & (places - 1);
  }
  return refuse(DOUBT_BOUND);
}

function isOfText(representation: usize, start: usize, length: usize): bool {
  if (word(representation, REPRESENTATION_HASH_AT) !== hash) return false;
  if (word(representation, REPRESENTATION_LENGTH_AT) !== <i32>length) return false;
  return isSame(room + load<usize>(representation + REPRESENTATION_TEXT_AT), room + start, <i32>length);
}

/** Keeps a representation of the text that was looked for last. @returns false with a doubt. */
export function keepText(representation: usize, start: usize, length: usize): bool {
  if (table === 0) return false;
  store<usize>(representation + REPRESENTATION_TEXT_AT, start);
  store<usize>(representation + REPRESENTATION_LENGTH_AT, length);
  store<i32>(representation + REPRESENTATION_HASH_AT, hash);
  used++;
  if (used << 1 > places && !grow()) return false;
  place(table, places, representation);
  return true;
}

function grow(): bool {
  const larger = takeZeros((<usize>places) << 4);
  if (larger === 0) return false;
  for (let index = 0; index < places; index++) {
    const known: usize = load<usize>(table + ((<usize>index) << 2));
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

/** FNV-1a over words of 4 bytes. */
function hashOf(at: usize, length: usize): i32 {
  let value: u32 = 0x811c9dc5;
  const end = at + length;
  for (; at + 4 <= end; at += 4) value = (value ^ load<u32>(at)) * 0x01000193;
  for (; at < end; at++) value = (value ^ load<u8>(at)) * 0x01000193;
  return <i32>(value ^ (value >>> 15));
}
