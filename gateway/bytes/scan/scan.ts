/** Reads one reply of a subgraph by a program: writes the answer's `data`, or makes records of it. See `../layout.ts`. */

import { DOUBT_ERRORS, DOUBT_MALFORMED, DOUBT_TWICE, NO_DOUBT } from '../layout';
import { carryObject } from './objects';
import { made, recordObject } from './records';
import { enter, leave } from './region';
import { begin, beginScratch, doubt, program, refuse } from './reply';
import { beginRoom, end } from './room';
import { readKey, readKeyLength, skipValue } from './skip';
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  isNull,
  isSame,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
} from './tokens';

export {
  askedCount,
  beginPlan,
  gatherEntities,
  reserve,
  takeReply,
  writeAnswer,
  writeNames,
  writtenEnd,
  writtenStart,
} from './plan';
export { doubt, notesEnd } from './reply';
export { answerEnd, answerStart } from './room';

/** Where the reply's `extensions` lie; both 0 when it has none. */
export let extensionsStart: usize = 0;
export let extensionsEnd: usize = 0;

/** Keys of a reply, as static texts. */
const DATA = memory.data<u8>([0x22, 0x64, 0x61, 0x74, 0x61, 0x22]);
const DATA_LENGTH = 6;
const ERRORS = memory.data<u8>([0x22, 0x65, 0x72, 0x72, 0x6f, 0x72, 0x73, 0x22]);
const ERRORS_LENGTH = 8;
const EXTENSIONS = memory.data<u8>([0x22, 0x65, 0x78, 0x74, 0x65, 0x6e, 0x73, 0x69, 0x6f, 0x6e, 0x73, 0x22]);
const EXTENSIONS_LENGTH = 12;

let hasData: bool = false;
let hasErrors: bool = false;
/** By what `data` is read. */
let reading: usize = 0;
let makesRecords: bool = false;
/** Its record. */
let data: usize = 0;

/**
 * @param reply first byte; `replyEnd` is the one behind it, where zeros follow.
 * @param scratch room for places of fields, from here to `notes`.
 * @param notes room for notes, from here to `output`.
 * @param output room for the answer, from here to `outputEnd`. Nothing else is written.
 * @returns one of `DOUBT_…`.
 */
export function scan(
  programStart: usize,
  reply: usize,
  replyEnd: usize,
  scratch: usize,
  notes: usize,
  output: usize,
  outputEnd: usize,
): i32 {
  begin(programStart);
  beginScratch(scratch, notes, output);
  beginRoom(output, outputEnd, false);
  makesRecords = false;
  scanWhole(reply, replyEnd, programStart);
  end();
  return doubt;
}

/**
 * Makes records of a reply for a plan.
 *
 * @param region memory of the plan. @param shape place in its program: what the reply may have.
 * @returns the record of `data`, 0 with a doubt.
 */
export function record(region: usize, shape: usize, reply: usize, replyEnd: usize): usize {
  enter(region);
  makesRecords = true;
  scanWhole(reply, replyEnd, program + shape);
  leave();
  return doubt === NO_DOUBT ? data : 0;
}

function scanWhole(reply: usize, replyEnd: usize, by: usize): void {
  extensionsStart = 0;
  extensionsEnd = 0;
  hasData = false;
  hasErrors = false;
  data = 0;
  reading = by;
  const behind = scanReply(skipSpace(reply));
  if (behind !== 0 && skipSpace(behind) !== replyEnd) refuse(DOUBT_MALFORMED);
  if (!hasData) refuse(DOUBT_ERRORS);
}

function scanReply(at: usize): usize {
  if (load<u8>(at) !== OPEN_OBJECT) return refuse(DOUBT_MALFORMED);
  at = skipSpace(at + 1);
  while (true) {
    if (load<u8>(at) !== QUOTE) return refuse(DOUBT_MALFORMED);
    const key = at;
    // An escaped key may be one of ours.
    at = readKey(key, DOUBT_MALFORMED);
    if (at === 0) return 0;
    at = scanMember(key, readKeyLength, at);
    if (at === 0) return 0;
    at = skipSpace(at);
    const byte = load<u8>(at);
    if (byte === CLOSE_OBJECT) return at + 1;
    if (byte !== COMMA) return refuse(DOUBT_MALFORMED);
    at = skipSpace(at + 1);
  }
}

function scanMember(key: usize, length: i32, at: usize): usize {
  if (length === DATA_LENGTH && isSame(key, DATA, DATA_LENGTH)) {
    if (hasData) return refuse(DOUBT_TWICE);
    if (load<u8>(at) !== OPEN_OBJECT) return refuse(DOUBT_ERRORS);
    hasData = true;
    return makesRecords ? recordData(at) : carryObject(at, reading);
  }
  if (length === ERRORS_LENGTH && isSame(key, ERRORS, ERRORS_LENGTH)) {
    if (hasErrors) return refuse(DOUBT_TWICE);
    hasErrors = true;
    return endOfNoErrors(at);
  }
  if (length === EXTENSIONS_LENGTH && isSame(key, EXTENSIONS, EXTENSIONS_LENGTH)) {
    if (extensionsStart !== 0) return refuse(DOUBT_TWICE);
    extensionsStart = at;
    extensionsEnd = skipValue(at);
    return extensionsEnd;
  }
  return skipValue(at);
}

function recordData(at: usize): usize {
  const end = recordObject(at, reading);
  if (end !== 0) data = made;
  return end;
}

/** Some servers say that there are no errors. */
function endOfNoErrors(at: usize): usize {
  if (isNull(at)) return at + 4;
  if (load<u8>(at) !== OPEN_LIST) return refuse(DOUBT_ERRORS);
  at = skipSpace(at + 1);
  return load<u8>(at) === CLOSE_LIST ? at + 1 : refuse(DOUBT_ERRORS);
}

/** The first byte of memory that the module itself does not use. */
export const firstFree: usize = __heap_base;
