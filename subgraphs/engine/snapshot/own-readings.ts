import type { SnapshotVersion } from '../../../adapters/snapshot/snapshot-store.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../../runtime/call/caller.js';
import { sharedSignal } from '../../../runtime/call/shared-signal.js';
import { withoutStack } from '../../../runtime/without-stack.js';
import { isHeldBack } from '../calls/require-serving.js';
import { dueReading, type ReadingKind } from './reading-schedule.js';
import type { Readings, SnapshotStatus } from './readings.js';
import { ruleOf } from './snapshot-rule.js';
import { type ReadInterface, takeReading } from './take-reading.js';

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

export function wholeReading(one: ReadInterface): Reading {
  return {
    take: async (kind, context, serve) => serve(await takeReading(one, kind, context)),
    isWanted: () => false,
    isAllowed: () => true,
  };
}

/** Readings of one interface by this process, one at a time. */
export class OwnReadings implements Readings {
  readonly #one: ReadInterface;
  readonly #how: Reading;
  #version: SnapshotVersion | null = null;
  #isLoaded = false;
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

  get storeFailure(): { readonly error: unknown } | null {
    return this.#storeFailure;
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Once: what an earlier process left. */
  async load(): Promise<void> {
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

  async keep(): Promise<void> {
    await this.load().catch((error: unknown) => this.#fail(error));
    const kind = dueReading(
      ruleOf(this.#one.compiled),
      { kept: keptAt(this.#version), isWanted: this.#how.isWanted(), failedAt: this.#failure?.at ?? null },
      this.#now(),
    );
    if (kind !== null && this.#how.isAllowed()) await this.read(kind);
  }

  read(kind: ReadingKind): Promise<void> {
    if (this.#isResting || isHeldBack(this.#one.compiled)) return Promise.resolve();
    this.#reading ??= this.#readOnce(kind).finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async rest(): Promise<void> {
    this.#isResting = true;
    const giveUp = setTimeout(() => this.#resting.abort(GIVEN_UP), LAST_READING_MS);
    await this.#reading;
    clearTimeout(giveUp);
  }

  status(): SnapshotStatus {
    return {
      version: this.#version,
      readings: this.#readings,
      failures: this.#failures,
      lastFailure: this.#failure?.error ?? null,
    };
  }

  #now(): number {
    return this.#one.compiled.environment.clock.now().getTime();
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
}

function keptAt(version: SnapshotVersion | null) {
  if (version === null) return null;
  return { readAt: Date.parse(version.readAt), wholeAt: Date.parse(version.wholeAt) };
}
