import { type AuditHash, NO_HASH } from '../audit-hash.js';
import { auditRecordGrammar } from '../audit-record.js';
import type { CheckpointKey } from '../checkpoint-keys.js';
import type { FileLine } from '../trail/read-lines.js';
import {
  checkpointGrammar,
  type ReadLine,
  readLine,
  type SegmentHead,
  segmentHeadGrammar,
  signedText,
} from '../trail/trail-line.js';
import { type BreakKind, type TrailBreak, trailBreak } from './trail-break.js';

/** The first record behind the last checkpoint. */
export interface UnsignedTail {
  readonly segment: number;
  readonly line: number;
  readonly records: number;
  /** When that record says that it was written; null: it cannot be read. */
  readonly since: Date | null;
}

/** More breaks than this say nothing new. */
const MAX_BREAKS = 100;

/** A line that was not the one expected; what comes next tells why. */
interface Puzzle {
  readonly at: number;
  /** Sequence number of the next line if this one was only changed. */
  readonly ifChanged: number;
}

/**
 * Follows a trail line by line: sequence, chain and signatures. After a break it goes on from what the broken line says, so
 * that one tampering is one break.
 */
export class TrailCheck {
  readonly breaks: TrailBreak[] = [];
  records = 0;
  checkpoints = 0;
  /** Checkpoints that a key was there for. */
  signatures = 0;
  /** Of the last line that could be read. */
  hash = NO_HASH;
  seq = 0;
  segment = 0;
  line = 0;
  head: SegmentHead | null = null;
  #algorithm: AuditHash = 'sha256';
  #puzzle: Puzzle | null = null;
  /** Of the first record behind the last checkpoint. */
  #unsigned: { readonly segment: number; readonly line: number; readonly first: ReadLine } | null = null;
  #unsignedRecords = 0;
  #isBegun = false;
  readonly #keys: ReadonlyMap<string, CheckpointKey> | null;

  /** @param keys null: signatures are not checked. */
  constructor(keys: readonly CheckpointKey[] | null) {
    this.#keys = keys === null ? null : new Map(keys.map((key) => [key.keyId, key]));
  }

  beginSegment(segment: number): void {
    this.segment = segment;
    this.line = 0;
    this.head = null;
    this.#puzzle = null;
  }

  /** @returns what the line says, null for what is no line. */
  see({ bytes, isEnded }: FileLine): ReadLine | null {
    this.line += 1;
    const read = isEnded ? readLine(bytes) : null;
    if (read === null) {
      this.#tell(isEnded ? 'changed' : 'torn');
      // The next line would stand behind this one.
      this.seq += 1;
      this.#puzzle = null;
      return null;
    }
    if (this.line === 1) this.#readHead(read);
    this.#follow(read);
    if (read.kind === 'record') this.#countRecord(read);
    else if (read.kind === 'checkpoint') this.#checkSignature(read);
    else if (this.line !== 1) this.#tell('changed');
    this.hash = read.hash;
    this.#isBegun = true;
    return read;
  }

  unsignedTail(): UnsignedTail | null {
    if (this.#unsigned === null) return null;
    const { segment, line, first } = this.#unsigned;
    return { segment, line, records: this.#unsignedRecords, since: timeOf(first) };
  }

  /** @param line of the segment that is read now. */
  tell(line: number, kind: BreakKind): void {
    if (this.breaks.length < MAX_BREAKS) this.breaks.push(trailBreak(this.segment, line, kind));
  }

  #tell(kind: BreakKind): void {
    this.tell(this.line, kind);
  }

  #readHead(read: ReadLine): void {
    const head = read.kind === 'head' ? segmentHeadGrammar.safeParse(saidBy(read)).data : undefined;
    if (head === undefined) {
      this.#tell('head-wrong');
      return;
    }
    this.head = head;
    this.#algorithm = head.hash;
    if (!this.#isBegun) {
      // Segments before the first one may have been kept long enough and removed.
      this.hash = head.previous;
      this.seq = read.seq - 1;
    }
    if (head.segment !== this.segment || head.previous !== this.hash) this.#tell('head-wrong');
  }

  #follow(read: ReadLine): void {
    const expected = this.seq + 1;
    const isChained = read.hashAfter(this.hash, this.#algorithm) === read.hash;
    if (read.seq === expected) {
      // A line whose neighbour is broken is chained to what the neighbour says.
      if (!isChained && !this.#isBehindUnreadable) this.#tell('changed');
      this.#puzzle = null;
      this.seq = read.seq;
      return;
    }
    if (this.#puzzle !== null && read.seq === this.#puzzle.ifChanged && isChained) {
      this.#rename(this.#puzzle.at, 'changed');
      this.#puzzle = null;
    } else if (read.seq < expected) {
      if (!this.#renameDropped()) this.#tell('swapped');
    } else {
      this.#puzzle = { at: this.breaks.length, ifChanged: expected + 1 };
      this.#tell('dropped');
    }
    this.seq = read.seq;
  }

  get #isBehindUnreadable(): boolean {
    const last = this.breaks.at(-1);
    return last?.segment === this.segment && last.line === this.line - 1 && last.kind === 'changed';
  }

  /** Lines that seemed to be missing come later. */
  #renameDropped(): boolean {
    const at = this.breaks.findLastIndex(
      ({ kind, segment }) => kind === 'dropped' && segment === this.segment,
    );
    if (at === -1) return this.breaks.at(-1)?.kind === 'swapped';
    this.#rename(at, 'swapped');
    return true;
  }

  #rename(at: number, kind: BreakKind): void {
    const found = this.breaks[at];
    if (found !== undefined) this.breaks[at] = trailBreak(found.segment, found.line, kind);
  }

  #countRecord(read: ReadLine): void {
    this.records += 1;
    this.#unsignedRecords += 1;
    this.#unsigned ??= { segment: this.segment, line: this.line, first: read };
  }

  #checkSignature(read: ReadLine): void {
    this.checkpoints += 1;
    this.#unsigned = null;
    this.#unsignedRecords = 0;
    if (this.#keys === null) return;
    const said = checkpointGrammar.safeParse(saidBy(read)).data;
    const key = said === undefined ? undefined : this.#keys.get(said.key);
    this.signatures += 1;
    if (said === undefined || !key?.isSigned(signedText(read.seq, this.hash, said.at), said.signature)) {
      this.#tell('forged');
    }
  }
}

function saidBy(read: ReadLine): unknown {
  try {
    return read.said();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** When what a record tells of was over. */
function timeOf(read: ReadLine): Date | null {
  const { success, data } = auditRecordGrammar.safeParse(saidBy(read));
  return success ? new Date(Date.parse(data.time) + data.durationMs) : null;
}
