import { mkdir } from 'node:fs/promises';
import type { Clock } from '../../../runtime/clock.js';
import { type AuditRecord, adminRecord, auditTime, dayOf } from '../audit-record.js';
import type { AuditSettings } from '../audit-settings.js';
import { AuditUnavailable } from '../audit-unavailable.js';
import type { CheckpointSigner } from '../checkpoint-keys.js';
import type { CopyPlace } from '../copy/copy-place.js';
import { type CopyState, TrailCopy } from '../copy/trail-copy.js';
import type { TrailBreak } from '../verify/trail-break.js';
import { Chain, type ChainEnd } from './chain.js';
import { lockFolder } from './folder-lock.js';
import { pruneTrail } from './prune-trail.js';
import { type Recovery, recoverTrail } from './recover-trail.js';
import { SegmentFile } from './segment-file.js';
import { listSegments } from './segment-names.js';
import type { SegmentHead } from './trail-line.js';

/** Whether records can be written. */
export type AuditState =
  | {
      readonly kind: 'writable';
      /** Records that are not on the disk yet. */
      readonly waiting: number;
      readonly copy: CopyState;
      /** What was found broken when the trail was opened. */
      readonly broken: TrailBreak | null;
    }
  | {
      readonly kind: 'unavailable';
      readonly since: Date;
      /** For the log and those who run it: it may name files. */
      readonly reason: string;
      readonly copy: CopyState;
    };

/** What a trail needs besides its settings. */
export interface TrailMeans {
  readonly clock: Pick<Clock, 'now'>;
  readonly signer: CheckpointSigner;
  readonly copy: CopyPlace | null;
}

interface Waiting {
  readonly json: string;
  resolve(): void;
  reject(error: AuditUnavailable): void;
}

/** A segment that is written to, and where the trail stands in it. */
interface Writing {
  readonly file: SegmentFile;
  readonly day: string;
  end: ChainEnd;
}

/** Longer records are refused. */
const LONGEST_RECORD = 1024 * 1024;
/** Bytes that may wait; more are refused. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
const TRY_AGAIN_MS = 1000;
/** How long a write waits for more records where the one before it carried several, and for how many at most. */
const GATHER_MS = 2;
const ENOUGH_RECORDS = 64;

/** Writes the audit. One write that is on the disk when it ends carries all records that came while the last ones were written. */
export class AuditTrail {
  readonly #settings: AuditSettings;
  readonly #means: TrailMeans;
  readonly #copy: TrailCopy | null;
  #unlock: (() => Promise<void>) | null = null;
  #writing: Writing | null = null;
  /** What was found in the folder; null before it could be read. */
  #found: Recovery | null = null;
  #failure: { readonly since: Date; readonly reason: string } | null = null;
  #refused = 0;
  #queue: Waiting[] = [];
  #waiting = 0;
  #waitingBytes = 0;
  #running: Promise<void> | null = null;
  #unsigned = 0;
  #isCheckpointDue = false;
  #checkpointTimer: NodeJS.Timeout | null = null;
  #retryTimer: NodeJS.Timeout | null = null;
  #isClosed = false;
  #pruning: Promise<unknown> = Promise.resolve();
  #flushes = 0;
  /** Records of the last write. */
  #lastGroup = 0;
  /** Ends the wait for more records; null: nothing waits for them. */
  #stopGathering: (() => void) | null = null;

  constructor(settings: AuditSettings, means: TrailMeans) {
    this.#settings = settings;
    this.#means = means;
    this.#copy = means.copy === null ? null : new TrailCopy(settings.folder, means.copy);
  }

  /** Opens the folder. Where that fails the audit is unavailable, and it is tried again every second. */
  async open(): Promise<void> {
    this.#running = this.#resume();
    await this.#running;
    this.#running = null;
    if (this.#queue.length > 0) this.#kick();
  }

  /**
   * Resolves when the record is on the disk.
   *
   * @throws {AuditUnavailable} when it is not: what it tells of must be refused, or answered if `onFailure` says so.
   */
  append(record: AuditRecord): Promise<void> {
    const refusal = this.#refusal();
    if (refusal !== null) return Promise.reject(refusal);
    const json = JSON.stringify(record);
    if (json.length > LONGEST_RECORD) {
      const detail = `the record has ${json.length} signs, and at most ${LONGEST_RECORD} are kept`;
      return Promise.reject(new AuditUnavailable('too-large', detail));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ json, resolve, reject });
      this.#waiting += 1;
      this.#waitingBytes += json.length;
      this.#kick();
      if (this.#queue.length >= ENOUGH_RECORDS) this.#stopGathering?.();
    });
  }

  state(): AuditState {
    const copy = this.#copy?.state() ?? { kind: 'none' };
    if (this.#failure !== null) return { kind: 'unavailable', ...this.#failure, copy };
    if (this.#isClosed) return { kind: 'unavailable', since: new Date(), reason: 'it is closed', copy };
    return { kind: 'writable', waiting: this.#waiting, copy, broken: this.#found?.broken ?? null };
  }

  /** How often the disk was told to keep what was written. */
  get flushes(): number {
    return this.#flushes + (this.#writing?.file.flushes ?? 0);
  }

  /**
   * Removes segments that were kept long enough, here and in the copy, and records it first. It happens by itself when the
   * trail is opened and with every new day.
   *
   * @returns their numbers.
   */
  prune(): Promise<readonly number[]> {
    // One after the other, so that each removal is announced once.
    const pruning = this.#pruning.catch(() => undefined).then(() => this.#prune());
    this.#pruning = pruning;
    return pruning;
  }

  #prune(): Promise<readonly number[]> {
    return pruneTrail({
      folder: this.#settings.folder,
      retentionDays: this.#settings.retentionDays,
      now: this.#means.clock.now(),
      announce: (detail) => this.append(adminRecord(this.#means.clock.now(), detail)),
      removeCopy: async (segment) => this.#copy?.remove(segment),
    });
  }

  /** Writes what waits, signs it, and ends. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    this.#isCheckpointDue = this.#unsigned > 0 || this.#waiting > 0;
    this.#kick();
    while (this.#running !== null) await this.#running;
    if (this.#checkpointTimer !== null) clearTimeout(this.#checkpointTimer);
    await this.#copy?.settle();
    await this.#endSegment();
    await this.#unlock?.();
    this.#unlock = null;
  }

  #refusal(): AuditUnavailable | null {
    if (this.#isClosed) return new AuditUnavailable('closed', 'it is closed');
    if (this.#failure !== null) {
      this.#refused += 1;
      return new AuditUnavailable('cannot-write', this.#failure.reason);
    }
    if (this.#waiting >= this.#settings.maxWaiting || this.#waitingBytes >= MAX_WAITING_BYTES) {
      return new AuditUnavailable('queue-full', `${this.#waiting} records wait to be written`);
    }
    return null;
  }

  #kick(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    do {
      await this.#gather();
      if (this.#isIdle) break;
      const records = this.#queue;
      this.#queue = [];
      this.#lastGroup = records.length;
      try {
        await this.#write(records);
        this.#settle(records, null);
      } catch (error) {
        this.#settle([...records, ...this.#queue], this.#fail(error));
        this.#queue = [];
      }
    } while (!this.#isIdle);
    // In the same step as the queue was seen to be empty: whoever comes next starts it again.
    this.#running = null;
  }

  get #isIdle(): boolean {
    return this.#failure !== null || (this.#queue.length === 0 && !this.#isCheckpointDue);
  }

  /**
   * Waits for records that the next write can carry too: those of this turn of the event loop and, if the last write
   * carried several, of a while longer. A write costs as much for one record as for fifty; whoever asks alone need not wait.
   */
  #gather(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#lastGroup <= 1 || this.#queue.length >= ENOUGH_RECORDS) {
        setImmediate(resolve);
        return;
      }
      const timer = setTimeout(() => this.#stopGathering?.(), GATHER_MS);
      this.#stopGathering = () => {
        clearTimeout(timer);
        this.#stopGathering = null;
        setImmediate(resolve);
      };
    });
  }

  #settle(records: readonly Waiting[], error: AuditUnavailable | null): void {
    this.#waiting -= records.length;
    for (const { json, resolve, reject } of records) {
      this.#waitingBytes -= json.length;
      if (error === null) resolve();
      else reject(error);
    }
  }

  async #write(records: readonly Waiting[]): Promise<void> {
    const writing = await this.#segmentFor(records.length > 0);
    const chain = new Chain(writing.end, this.#settings.hash, this.#means.signer);
    const lines: string[] = [];
    let unsigned = this.#unsigned;
    const sign = (): void => {
      lines.push(chain.checkpoint(auditTime(this.#means.clock.now())));
      unsigned = 0;
    };
    for (const { json } of records) {
      lines.push(chain.line('record', json));
      unsigned += 1;
      if (unsigned >= this.#settings.checkpointRecords) sign();
    }
    if (this.#isCheckpointDue && unsigned > 0) sign();
    const isSigned = unsigned === 0;
    // A file that was removed or replaced takes every write, and keeps none.
    if (isSigned && !(await writing.file.isInPlace()))
      throw new Error(`${writing.file.path} is not there any more`);
    await writing.file.write(Buffer.from(lines.join('')));
    writing.end = chain.end;
    this.#unsigned = unsigned;
    if (!isSigned) return this.#startTimer();
    this.#stopTimer();
    this.#copy?.copyUntil(writing.file.segment, writing.file.size);
  }

  #startTimer(): void {
    this.#checkpointTimer ??= setTimeout(() => {
      this.#checkpointTimer = null;
      this.#isCheckpointDue = true;
      this.#kick();
    }, this.#settings.checkpointMs).unref();
  }

  #stopTimer(): void {
    this.#isCheckpointDue = false;
    if (this.#checkpointTimer !== null) clearTimeout(this.#checkpointTimer);
    this.#checkpointTimer = null;
  }

  /** The segment to write to, a new one when the last is full or the day is over. */
  async #segmentFor(hasRecords: boolean): Promise<Writing> {
    const writing = this.#writing;
    if (writing === null) throw new Error('no segment is open');
    if (!hasRecords) return writing;
    const isFull = writing.file.size >= this.#settings.segmentBytes;
    const isOld = writing.day !== this.#today();
    if (!isFull && !isOld) return writing;
    if (this.#unsigned > 0) {
      this.#isCheckpointDue = true;
      await this.#write([]);
    }
    const next = await this.#begin(writing.file.segment + 1, writing.end, isFull ? 'size' : 'day', null);
    if (isOld) this.#pruneSoon();
    return next;
  }

  async #begin(
    segment: number,
    end: ChainEnd,
    reason: SegmentHead['reason'],
    broken: string | null,
  ): Promise<Writing> {
    const { hash, folder } = this.#settings;
    const at = auditTime(this.#means.clock.now());
    const head: SegmentHead = { segment, at, hash, previous: end.hash, reason, broken };
    const chain = new Chain(end, hash, this.#means.signer);
    const file = await SegmentFile.create(folder, segment, chain.line('head', JSON.stringify(head)));
    await this.#endSegment();
    this.#writing = { file, day: dayOf(at), end: chain.end };
    // All of the segments before it: a process that was killed may not have come to it.
    this.#copy?.copyUntil(segment, 0);
    return this.#writing;
  }

  async #endSegment(): Promise<void> {
    const { file } = this.#writing ?? {};
    this.#writing = null;
    this.#flushes += file?.flushes ?? 0;
    // What matters is on the disk already.
    await file?.close().catch(() => undefined);
  }

  #fail(error: unknown): AuditUnavailable {
    const reason = error instanceof Error ? error.message : String(error);
    this.#failure ??= { since: this.#means.clock.now(), reason };
    this.#stopTimer();
    this.#tryLater();
    return new AuditUnavailable('cannot-write', reason, { cause: error });
  }

  #tryLater(): void {
    if (this.#isClosed) return;
    this.#retryTimer ??= setTimeout(() => {
      this.#retryTimer = null;
      this.#running ??= this.#resume().finally(() => {
        this.#running = null;
        if (this.#queue.length > 0) this.#kick();
      });
    }, TRY_AGAIN_MS).unref();
  }

  /** Makes the trail writable: for the first time, or again. */
  async #resume(): Promise<void> {
    try {
      await mkdir(this.#settings.folder, { recursive: true });
      this.#unlock ??= await lockFolder(this.#settings.folder);
      if (this.#found === null) await this.#openFirst();
      else await this.#openAgain();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #openFirst(): Promise<void> {
    const found = await recoverTrail(this.#settings.folder, this.#means.copy);
    const { nextSegment, end, broken, torn, unsigned } = found;
    await this.#begin(nextSegment, end, 'start', broken === null ? null : describe(broken));
    this.#found = found;
    this.#becomeWritable();
    if (torn !== null) this.#tell({ action: 'torn-tail-cut', ...torn });
    if (unsigned !== null) {
      const { segment, line, records } = unsigned;
      this.#tell({ action: 'unsigned-tail', segment, line, records });
    }
    if (broken !== null) this.#tell({ action: 'trail-broken', ...broken });
    this.#pruneSoon();
  }

  /** What could not be written is cut off; where that cannot be done, a new segment goes on from what is known. */
  async #openAgain(): Promise<void> {
    const writing = this.#writing;
    if (writing === null) return this.#openFirst();
    const isWhole = await writing.file.isInPlace();
    if (isWhole) await writing.file.cutBack();
    const broken = isWhole ? null : `${writing.file.segment}:0 segment-missing`;
    const known = [writing.file.segment, ...(await listSegments(this.#settings.folder))];
    await this.#begin(Math.max(...known) + 1, writing.end, 'failure', broken);
    this.#becomeWritable();
  }

  #becomeWritable(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure === null) return;
    this.#tell({
      action: 'audit-writable-again',
      since: auditTime(failure.since),
      reason: failure.reason,
      refused: this.#refused,
    });
    this.#refused = 0;
  }

  /** Where it fails, `state` says so. */
  #tell(detail: NonNullable<AuditRecord['detail']> & { readonly action: string }): void {
    this.append(adminRecord(this.#means.clock.now(), detail)).catch(() => undefined);
  }

  #pruneSoon(): void {
    // What could not be removed today is removed another day.
    setImmediate(() => void this.prune().catch(() => undefined));
  }

  #today(): string {
    return dayOf(auditTime(this.#means.clock.now()));
  }
}

function describe({ segment, line, kind }: TrailBreak): string {
  return `${segment}:${line} ${kind}`;
}
