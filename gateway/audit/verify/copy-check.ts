import type { CopyPlace } from '../copy/copy-place.js';
import { segmentName } from '../trail/segment-names.js';
import { type TrailBreak, trailBreak } from './trail-break.js';

/** Compares a trail with its copy while the trail is read. */
export class CopyCheck {
  readonly breaks: TrailBreak[] = [];
  readonly #copy: CopyPlace;
  readonly #sizes: ReadonlyMap<string, number>;
  #segment = 0;
  #size = 0;
  /** Where the trail goes on and the copy does not, within the segment or from an earlier one on. */
  #shortAt: { readonly segment: number; readonly line: number } | null = null;
  #isBehindTold = false;
  #isDifferenceTold = false;
  #read = 0;

  /** @param sizes of the copy's files, asked for before the trail was. */
  constructor(copy: CopyPlace, sizes: ReadonlyMap<string, number>) {
    this.#copy = copy;
    this.#sizes = sizes;
  }

  beginSegment(segment: number): void {
    this.#segment = segment;
    this.#size = this.#sizes.get(segmentName(segment)) ?? 0;
    this.#isDifferenceTold = false;
    this.#read = 0;
  }

  /** Compares bytes of the segment. @param line number of the last line that was read before them. */
  async compare(line: number, bytes: Buffer, start: number): Promise<void> {
    this.#read = start + bytes.length;
    const length = Math.min(bytes.length, this.#size - start);
    if (length <= 0 || this.#isDifferenceTold) return;
    const theirs = await this.#copy.read(segmentName(this.#segment), start, length);
    if (theirs.length === length && bytes.subarray(0, length).equals(theirs)) return;
    let at = 0;
    while (at < theirs.length && bytes[at] === theirs[at]) at += 1;
    this.#isDifferenceTold = true;
    this.#tell(line + 1 + countLines(bytes.subarray(0, at)), 'copy-differs');
  }

  /** @param end place behind a line that was read. */
  see(line: number, end: number): void {
    if (end > this.#size) this.#shortAt ??= { segment: this.#segment, line };
  }

  /** Whether the copy lacks something of what was read. */
  get isBehind(): boolean {
    return this.#shortAt !== null && !this.#isBehindTold;
  }

  /** Behind what the copy lacks is a checkpoint, so that it should have been copied. */
  tellBehind(): void {
    if (this.#shortAt === null) return;
    this.#isBehindTold = true;
    this.breaks.push(trailBreak(this.#shortAt.segment, this.#shortAt.line, 'copy-behind'));
  }

  /** @param line number of the segment's last line. */
  endSegment(line: number): void {
    if (this.#size > this.#read) this.#tell(line + 1, 'truncated');
  }

  #tell(line: number, kind: 'copy-differs' | 'truncated'): void {
    this.breaks.push(trailBreak(this.#segment, line, kind));
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
