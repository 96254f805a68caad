import { isUtf8 } from 'node:buffer';
import type { Touched } from '../execute/project/count-touched.js';
import { AnswerBytes } from './answer-bytes.js';
import type { Program } from './compile-program.js';
import { type Doubt, doubtOf } from './doubt.js';
import * as layout from './layout.js';
import type { ScannerModule } from './load-module.js';
import { touchedOf } from './seen-objects.js';

/** A reply that says what the answer says. */
export interface ScannedReply {
  readonly data: AnswerBytes;
  /** For the audit. */
  readonly touched: () => Touched;
  /** As the reply has them; undefined: it has none. */
  readonly extensions: unknown;
}

/** Reads replies one after the other, in memory of its own. */
export interface ReplyScanner {
  /** @param reply is left as it is, and may be a part of the answer. */
  scan(program: Program, reply: Buffer): ScannedReply | Doubt;
}

/** Larger replies are left to the objects; the memory of a thread grows to about three times this. */
export const MOST_REPLY_BYTES = 4 * 1024 * 1024;
/** Zeros behind a reply, at which every loop of the scanner ends; it looks at 16 bytes at a time. */
export const ROOM_BEHIND = 32;
/** Places of fields of all objects that are open at a time. */
const SCRATCH_BYTES = 64 * 1024;
/** Names of subjects: 32,000. */
const NOTES_BYTES = 32_000 * layout.NOTE_BYTES;
/** An answer may be longer than its reply: by nulls for what is missing, and by longer names. */
const ANSWER_FACTOR = 2;
const ANSWER_MORE_BYTES = 64 * 1024;
const PAGE_BYTES = 64 * 1024;
/** Memory grows by so many pages at least. */
const STEP_PAGES = 16;

const WHOLE_START = Buffer.from('{"data":');
const WHOLE_END = '}'.charCodeAt(0);

export function createReplyScanner({ memory, scan, firstFree, ...found }: ScannerModule): ReplyScanner {
  let bytes = Buffer.from(memory.buffer);

  const reserve = (end: number): void => {
    const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE_BYTES);
    if (missing <= 0) return;
    memory.grow(Math.max(missing, STEP_PAGES));
    bytes = Buffer.from(memory.buffer);
  };

  return {
    scan: ({ image, objects, rootName }, reply) => {
      if (reply.length > MOST_REPLY_BYTES) return 'bound';
      const imageAt = aligned(firstFree.value);
      const replyAt = aligned(imageAt + image.length);
      const replyEnd = replyAt + reply.length;
      const scratchAt = aligned(replyEnd + ROOM_BEHIND);
      const notesAt = scratchAt + SCRATCH_BYTES;
      const outputAt = notesAt + NOTES_BYTES;
      const outputEnd = outputAt + reply.length * ANSWER_FACTOR + ANSWER_MORE_BYTES;
      reserve(outputEnd);
      // Anew each time: the scanner counts in it.
      bytes.set(image, imageAt);
      bytes.set(reply, replyAt);
      bytes.fill(0, replyEnd, scratchAt);
      const doubt = scan(imageAt, replyAt, replyEnd, scratchAt, notesAt, outputAt, outputEnd);
      if (doubt !== layout.NO_DOUBT) return doubtOf(doubt);
      if (!isUtf8(reply)) return 'encoding';
      const [start, end] = [found.answerStart.value, found.answerEnd.value];
      const isPart = start >= replyAt && end <= replyEnd;
      const data = isPart
        ? answerWithin(reply, start - replyAt, end - replyAt)
        : new AnswerBytes(Buffer.from(bytes.subarray(start, end)));
      const [from, to] = [found.extensionsStart.value, found.extensionsEnd.value];
      const extensions = from === 0 ? undefined : JSON.parse(bytes.toString('utf8', from, to));
      const counts = objects.map(({ record }) => bytes.readInt32LE(imageAt + record + layout.OBJECT_SEEN_AT));
      const names = wordsOf(bytes.subarray(notesAt, found.notesEnd.value)).map((place) => place - replyAt);
      return { data, extensions, touched: () => touchedOf({ objects, rootName, counts, names, reply }) };
    },
  };
}

function wordsOf(bytes: Buffer): readonly number[] {
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readInt32LE(index * 4));
}

/** Data that are a part of the reply; the reply itself where it says nothing else. */
function answerWithin(reply: Buffer, start: number, end: number): AnswerBytes {
  const isWhole =
    start === WHOLE_START.length &&
    end === reply.length - 1 &&
    reply[end] === WHOLE_END &&
    reply.subarray(0, start).equals(WHOLE_START);
  return new AnswerBytes(reply.subarray(start, end), isWhole ? reply : null);
}

function aligned(place: number): number {
  return Math.ceil(place / 16) * 16;
}
