import { SourceUnavailable } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { WaiterLeft, waitAs } from '../../../runtime/call/waiter.js';
import { durationText } from '../../../runtime/duration-text.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { nextKind, type ReadingKind } from './reading-schedule.js';
import type { Readings, SnapshotStatus } from './readings.js';
import { type SnapshotAge, snapshotAge } from './snapshot-age.js';
import { ruleOf } from './snapshot-rule.js';

/** What is kept of one interface, and how it is kept up to date. */
export interface Snapshot {
  /**
   * Reads the source if that is due. One reading at a time, however many ask for it. Never fails: what went wrong stands
   * in `age`.
   */
  keep(): Promise<void>;
  /** Reads the source now, whether or not that is due. Never fails. */
  read(kind: ReadingKind): Promise<void>;
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

/** Kept back of a caller's time for the answer itself. */
const MARGIN_MS = 300;

export class KeptInterface implements Snapshot {
  readonly #compiled: CompiledInterface;
  readonly #readings: Readings;

  constructor(compiled: CompiledInterface, readings: Readings) {
    this.#compiled = compiled;
    this.#readings = readings;
  }

  keep(): Promise<void> {
    return this.#readings.keep();
  }

  read(kind: ReadingKind): Promise<void> {
    return this.#readings.read(kind);
  }

  rest(): Promise<void> {
    return this.#readings.rest();
  }

  async usable(): Promise<SnapshotAge | null> {
    // Nothing serves then, or what served before; the reading that is due tells of the failure.
    await this.#readings.load().catch(() => undefined);
    const age = this.age();
    return age?.state === 'MISSING' ? null : age;
  }

  async admit(wanted: number | null, context: CallContext): Promise<SnapshotAge> {
    await this.#askStore(context);
    const rule = ruleOf(this.#compiled);
    // A reading that failed just now is not tried again for everybody, but for whoever says how old it may be.
    if (this.status().version === null) {
      await this.#wait(wanted === null ? this.keep() : this.read('whole'), context);
    }
    const age = this.age();
    if (age === null) throw this.#absence();
    // What is too old to serve is read anew as well, however old the caller would take it.
    if (wanted !== null && age.seconds > Math.min(wanted, rule.staleForSeconds)) {
      await this.#wait(this.read(nextKind(rule)), context);
    }
    const now = this.age() ?? age;
    if (now.state === 'MISSING') throw this.#tooOld(now);
    return now;
  }

  age(): SnapshotAge | null {
    const { version, lastFailure } = this.status();
    if (version === null) return null;
    return snapshotAge(ruleOf(this.#compiled), version, lastFailure, this.#now());
  }

  status(): SnapshotStatus {
    return this.#readings.status();
  }

  #now(): number {
    return this.#compiled.environment.clock.now().getTime();
  }

  /** A store on another machine may not answer for long: only the first caller waits for that, within its time. */
  async #askStore(context: CallContext): Promise<void> {
    // What is known already, and the next version where another process reads, comes from this machine.
    if (this.#readings.isLoaded) return this.#readings.load();
    const { storeFailure } = this.#readings;
    if (storeFailure !== null) {
      void this.keep();
      throw storeFailure.error;
    }
    await this.#wait(this.#readings.load(), context);
    if (this.#readings.isLoaded) return;
    const { interface: name } = this.#compiled.mapping;
    throw new SourceUnavailable(`Cannot read the snapshot of ${name}: its store has not answered in time`, {
      detail: '快照库未及时应答。 The store of snapshots has not answered in time.',
    });
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
    const { interface: name } = this.#compiled.mapping;
    return (
      this.status().lastFailure ??
      new SourceUnavailable(`Cannot read the snapshot of ${name}: the first reading is still going on`, {
        detail: '首次读取尚未完成。 The first reading of the source is still going on.',
      })
    );
  }

  #tooOld({ seconds }: SnapshotAge): SourceUnavailable {
    const { interface: name } = this.#compiled.mapping;
    const { zh, en } = durationText(seconds);
    const cause = this.status().lastFailure;
    return new SourceUnavailable(`Cannot serve the snapshot of ${name}: it is ${en} old`, {
      detail: `快照已有 ${zh}未能更新，不再使用。 The snapshot is ${en} old and no longer used.`,
      ...(cause !== null && { cause }),
    });
  }
}
