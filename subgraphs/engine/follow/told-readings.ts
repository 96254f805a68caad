import type { SnapshotVersion } from '../../../adapters/snapshot/snapshot-store.js';
import type { ReadingKind } from '../snapshot/reading-schedule.js';
import type { Readings, SnapshotStatus } from '../snapshot/readings.js';
import type { ReadInterface } from '../snapshot/take-reading.js';
import type { CountyKeeper } from './county-keeper.js';
import { readFailure, type WrittenFailure } from './written-failure.js';

/** Readings by the process that keeps the county: what serves stands in the store, what came of them is told. */
export class ToldReadings implements Readings {
  readonly #one: Pick<ReadInterface, 'compiled' | 'table'>;
  readonly #keeper: CountyKeeper;
  #version: SnapshotVersion | null = null;
  #isLoaded = false;
  /** The same object for the same failure. */
  #failure: { readonly told: WrittenFailure; readonly error: Error } | null = null;

  constructor(one: Pick<ReadInterface, 'compiled' | 'table'>, keeper: CountyKeeper) {
    this.#one = one;
    this.#keeper = keeper;
  }

  readonly storeFailure = null;

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Again and again: the next version comes by itself. */
  async load(): Promise<void> {
    const version = await this.#one.table.serving().catch((error: unknown) => {
      if (!this.#isLoaded) throw error;
      return null;
    });
    this.#isLoaded = true;
    // A note that cannot be read for once does not unsay what served.
    if (version !== null) this.#version = version;
  }

  async keep(): Promise<void> {
    await this.#readThere(null);
  }

  read(kind: ReadingKind): Promise<void> {
    return this.#readThere(kind);
  }

  rest(): Promise<void> {
    return Promise.resolve();
  }

  status(): SnapshotStatus {
    const told = this.#keeper.told(this.#name)?.readings ?? null;
    return {
      version: this.#version,
      readings: told?.readings ?? 0,
      failures: told?.failures ?? 0,
      lastFailure: this.#failureOf(told?.lastFailure ?? null),
    };
  }

  get #name(): string {
    return this.#one.compiled.mapping.interface;
  }

  async #readThere(kind: ReadingKind | null): Promise<void> {
    await this.#keeper.readSnapshot(this.#name, kind);
    await this.load().catch(() => undefined);
  }

  #failureOf(told: WrittenFailure | null): Error | null {
    if (told === null) return null;
    if (this.#failure?.told !== told) this.#failure = { told, error: readFailure(told) };
    return this.#failure.error;
  }
}
