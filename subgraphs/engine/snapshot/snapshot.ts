import type { SnapshotVersion } from '../../../adapters/snapshot/snapshot-store.js';
import { SourceUnavailable } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../../runtime/call/caller.js';
import { sharedSignal } from '../../../runtime/call/shared-signal.js';
import { WaiterLeft, waitAs } from '../../../runtime/call/waiter.js';
import { durationText } from '../../../runtime/duration-text.js';
import { withoutStack } from '../../../runtime/without-stack.js';
import { dueReading, nextKind, type ReadingKind } from './reading-schedule.js';
import { type SnapshotAge, snapshotAge } from './snapshot-age.js';
import { type ReadInterface, takeReading } from './take-reading.js';

/** What is kept of one interface, and how it is kept up to date. */
export interface Snapshot {
  /**
   * Reads the source if that is due. One reading at a time, however many ask for it. Never fails: what went wrong stands
   * in `age`.
   */
  keep(): Promise<void>;
  /**
   * Reads no more, since another process or county does from now on; what is under way may end within five seconds. What serves, serves on.
   *
   * @returns when nothing is read any more.
   */
  rest(): Promise<void>;
  /**
   * Resolves when a version serves, at the first start when the first reading has ended.
   *
   * @param wanted how old it may be, in seconds: an older one is read anew as far as the caller's time allows.
   * @throws {SourceError} when none serves.
   */
  admit(wanted: number | null, context: CallContext): Promise<SnapshotAge>;
  /** How old it is, without waiting for anything; null before the first reading. */
  age(): SnapshotAge | null;
  /** How old it is, without waiting for a reading; null where none serves, or it is too old to. Never fails. */
  usable(): Promise<SnapshotAge | null>;
  status(): SnapshotStatus;
}

/** For the data centre. Moments are ISO 8601. */
export interface SnapshotStatus {
  readonly version: SnapshotVersion | null;
  readonly readings: number;
  readonly failures: number;
  /** Null: the last reading did not fail. */
  readonly lastFailure: unknown;
}

/** How an interface is read. */
export interface Reading {
  /**
   * Reads the source and makes a version of what it says, or several one after the other.
   *
   * @param serve told of each version that serves.
   * @throws {SourceError} when the source or the store fails: what served last serves on.
   */
  take(kind: ReadingKind, context: CallContext, serve: (version: SnapshotVersion) => void): Promise<void>;
  /** Whether the last reading left something, so that the next one does not wait until it is due. */
  isWanted(): boolean;
  /** Whether the source may be asked now. */
  isAllowed(): boolean;
}

/** A reading may take as long as this, however short its callers' patience is. */
const READING_MS = 15 * 60_000;
/** The last reading of one that rests. */
const LAST_READING_MS = 5000;
/** Without a stack: that would hold on to whoever asked for it. */
const GIVEN_UP = withoutStack(() => new Error('Cannot wait for the reading: it has taken too long'));
/** Kept back of a caller's time for the answer itself. */
const MARGIN_MS = 300;

export function createSnapshot(one: ReadInterface, reading: Reading = wholeReading(one)): Snapshot {
  return new KeptInterface(one, reading);
}

function wholeReading(one: ReadInterface): Reading {
  return {
    take: async (kind, context, serve) => serve(await takeReading(one, kind, context)),
    isWanted: () => false,
    isAllowed: () => true,
  };
}

class KeptInterface implements Snapshot {
  readonly #one: ReadInterface;
  readonly #how: Reading;
  #version: SnapshotVersion | null = null;
  #isLoaded = false;
  /** Why the store could not be asked what it has of an earlier process; null before, and once it could. */
  #storeFailure: { readonly error: unknown } | null = null;
  #reading: Promise<void> | null = null;
  #failure: { readonly at: number; readonly error: unknown } | null = null;
  #readings = 0;
  #failures = 0;
  #isResting = false;
  /** Gives up a reading that is under way. */
  readonly #resting = new AbortController();

  constructor(one: ReadInterface, how: Reading) {
    this.#one = one;
    this.#how = how;
  }

  async keep(): Promise<void> {
    await this.#load().catch((error: unknown) => this.#fail(error));
    const kind = dueReading(
      this.#rule,
      { kept: keptAt(this.#version), isWanted: this.#how.isWanted(), failedAt: this.#failure?.at ?? null },
      this.#now(),
    );
    if (kind !== null && this.#how.isAllowed()) await this.#read(kind);
  }

  async rest(): Promise<void> {
    this.#isResting = true;
    const giveUp = setTimeout(() => this.#resting.abort(GIVEN_UP), LAST_READING_MS);
    await this.#reading;
    clearTimeout(giveUp);
  }

  async usable(): Promise<SnapshotAge | null> {
    await this.#load().catch((error: unknown) => this.#fail(error));
    const age = this.age();
    return age?.state === 'MISSING' ? null : age;
  }

  async admit(wanted: number | null, context: CallContext): Promise<SnapshotAge> {
    await this.#askStore(context);
    // A reading that failed just now is not tried again for everybody, but for whoever says how old it may be.
    if (this.#version === null)
      await this.#wait(wanted === null ? this.keep() : this.#read('whole'), context);
    const age = this.age();
    if (age === null) throw this.#absence();
    // What is too old to serve is read anew as well, however old the caller would take it.
    if (wanted !== null && age.seconds > Math.min(wanted, this.#rule.staleForSeconds)) {
      await this.#wait(this.#read(nextKind(this.#rule)), context);
    }
    const now = this.age() ?? age;
    if (now.state === 'MISSING') throw this.#tooOld(now);
    return now;
  }

  age(): SnapshotAge | null {
    if (this.#version === null) return null;
    return snapshotAge(this.#rule, this.#version, this.#failure?.error ?? null, this.#now());
  }

  status(): SnapshotStatus {
    return {
      version: this.#version,
      readings: this.#readings,
      failures: this.#failures,
      lastFailure: this.#failure?.error ?? null,
    };
  }

  get #rule() {
    const { snapshot } = this.#one.compiled.mapping;
    if (snapshot === undefined) throw new TypeError('Cannot keep a snapshot: the mapping must ask for one');
    return snapshot;
  }

  #now(): number {
    return this.#one.compiled.environment.clock.now().getTime();
  }

  /** Learns what the store has of an earlier process. */
  async #load(): Promise<void> {
    if (this.#isLoaded) return;
    try {
      const version = await this.#one.table.serving();
      this.#isLoaded = true;
      this.#storeFailure = null;
      this.#version ??= version;
    } catch (error) {
      this.#storeFailure = { error };
      throw error;
    }
  }

  /** A store on another machine may not answer for long: only the first caller waits for that, within its time. */
  async #askStore(context: CallContext): Promise<void> {
    if (this.#isLoaded) return;
    if (this.#storeFailure !== null) {
      void this.keep();
      throw this.#storeFailure.error;
    }
    await this.#wait(this.#load(), context);
    if (this.#isLoaded) return;
    const { interface: name } = this.#one.compiled.mapping;
    throw new SourceUnavailable(`Cannot read the snapshot of ${name}: its store has not answered in time`, {
      detail: '快照库未及时应答。 The store of snapshots has not answered in time.',
    });
  }

  #read(kind: ReadingKind): Promise<void> {
    if (this.#isResting) return Promise.resolve();
    this.#reading ??= this.#readOnce(kind).finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readOnce(kind: ReadingKind): Promise<void> {
    const { mapping, environment } = this.#one.compiled;
    this.#readings += 1;
    const limit = new AbortController();
    // A signal that times out by itself would hold on to all that was read until then.
    const tooLong = setTimeout(() => limit.abort(GIVEN_UP), READING_MS);
    const context: CallContext = {
      requestId: `snapshot-${mapping.interface}-${this.#readings}`,
      // Nobody's masks touch a reading: what a caller may see is decided when it is asked for.
      caller: { ...ANONYMOUS, name: 'snapshot' },
      signal: sharedSignal(this.#resting.signal, limit.signal),
      deadline: Date.now() + READING_MS,
      today: environment.clock.today(),
      lane: 'background',
    };
    try {
      await this.#how.take(kind, context, (version) => {
        this.#version = version;
        this.#failure = null;
      });
      this.#failure = null;
    } catch (error) {
      if (!this.#resting.signal.aborted) this.#fail(error);
    } finally {
      clearTimeout(tooLong);
    }
  }

  #fail(error: unknown): void {
    this.#failures += 1;
    this.#failure = { at: this.#now(), error };
  }

  /** The reading goes on when the caller's time is up: others wait for it. */
  async #wait(reading: Promise<void>, { signal, deadline }: CallContext): Promise<void> {
    try {
      await waitAs({ signal, deadline: deadline - MARGIN_MS }, reading);
    } catch (error) {
      if (!(error instanceof WaiterLeft)) throw error;
    }
  }

  #absence(): unknown {
    const { interface: name } = this.#one.compiled.mapping;
    return (
      this.#failure?.error ??
      new SourceUnavailable(`Cannot read the snapshot of ${name}: the first reading is still going on`, {
        detail: '首次读取尚未完成。 The first reading of the source is still going on.',
      })
    );
  }

  #tooOld({ seconds }: SnapshotAge): SourceUnavailable {
    const { interface: name } = this.#one.compiled.mapping;
    const { zh, en } = durationText(seconds);
    const cause = this.#failure?.error;
    return new SourceUnavailable(`Cannot serve the snapshot of ${name}: it is ${en} old`, {
      detail: `快照已有 ${zh}未能更新，不再使用。 The snapshot is ${en} old and no longer used.`,
      ...(cause !== undefined && { cause }),
    });
  }
}

function keptAt(version: SnapshotVersion | null) {
  if (version === null) return null;
  return { readAt: Date.parse(version.readAt), wholeAt: Date.parse(version.wholeAt) };
}
