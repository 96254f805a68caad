import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** A line of a file, without its line break. */
export interface FileLine {
  readonly bytes: Buffer;
  /** Place of its first byte in the file. */
  readonly start: number;
  /** Whether a line break follows; only the last line may lack it. */
  readonly isEnded: boolean;
}

/** Lines of one reading, and the bytes that were read for them. */
export interface LineBlock {
  readonly lines: readonly FileLine[];
  /** Bytes as they were read, from `start` of the file on. Overwritten by the next reading. */
  readonly bytes: Buffer;
  readonly start: number;
}

const READ_BYTES = 1024 * 1024;
const LOOK_AGAIN_MS = 50;

/**
 * Reads a file's lines, many at a time.
 *
 * @param looks how often an unfinished last line is looked at again: somebody may be writing it.
 */
export async function* readLines(path: string, looks = 0): AsyncGenerator<LineBlock> {
  const file = await open(path, 'r');
  try {
    yield* readOpenFile(file, looks);
  } finally {
    await file.close();
  }
}

async function* readOpenFile(file: FileHandle, looks: number): AsyncGenerator<LineBlock> {
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  let start = 0;
  let rest: Buffer = Buffer.alloc(0);
  for (let looked = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, READ_BYTES, start);
    if (bytesRead === 0) {
      if (rest.length === 0) return;
      if (looked === looks) break;
      looked += 1;
      await wait(LOOK_AGAIN_MS);
      continue;
    }
    const bytes = buffer.subarray(0, bytesRead);
    // Lines are kept by who reads them, so they must not lie in the buffer of the next reading.
    const joined = Buffer.concat([rest, bytes]);
    const { lines, end } = splitLines(joined, start - rest.length);
    rest = joined.subarray(end);
    yield { lines, bytes, start };
    start += bytesRead;
  }
  const last = { bytes: rest, start: start - rest.length, isEnded: false };
  yield { lines: [last], bytes: Buffer.alloc(0), start };
}

function splitLines(bytes: Buffer, start: number): { readonly lines: FileLine[]; readonly end: number } {
  const lines: FileLine[] = [];
  let end = 0;
  for (let next = bytes.indexOf(10); next !== -1; next = bytes.indexOf(10, end)) {
    lines.push({ bytes: bytes.subarray(end, next), start: start + end, isEnded: true });
    end = next + 1;
  }
  return { lines, end };
}
