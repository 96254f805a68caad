import { wrapForeign } from '../../foreign-error.js';
import type { SourceError } from '../../source-error.js';
import type { FileObject } from '../file-object.js';
import { listDrops } from './drop.js';
import { FolderWatch } from './folder-watch.js';
import { QuietDrops } from './quiet-drops.js';

interface LookTimes {
  /** How long a file must have stood unchanged. */
  readonly stableMs: number;
  /** Between two looks when nothing is heard. */
  readonly everyMs: number;
}

/** A file system tells of one upload many times over. */
const HEARD_MS = 50;

/**
 * Looks into the folder: when the file system tells of a change, from time to time, and whenever a reader finds that
 * the last look was long ago. One look at a time; waiting for the next one does not keep the process alive.
 */
export class DropFolder {
  readonly #folder: string;
  readonly #times: LookTimes;
  readonly #objects: () => readonly FileObject[];
  readonly #onAway: (error: SourceError) => void;
  readonly #quiet: QuietDrops;
  readonly #watch: FolderWatch;
  #looking: Promise<boolean> | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Something has changed since the present look began. */
  #hasHeard = false;
  #timer: NodeJS.Timeout | null = null;
  #timerDue = Number.POSITIVE_INFINITY;
  #away: SourceError | null = null;
  #isClosed = false;

  /** @param onAway is told when the folder cannot be read any more. */
  constructor(
    folder: string,
    times: LookTimes,
    objects: () => readonly FileObject[],
    onAway: (error: SourceError) => void,
  ) {
    this.#folder = folder;
    this.#times = times;
    this.#objects = objects;
    this.#onAway = onAway;
    this.#quiet = new QuietDrops(times.stableMs);
    this.#watch = new FolderWatch(folder, () => this.lookSoon());
  }

  /** Why the folder cannot be read, if it cannot. */
  get away(): SourceError | null {
    return this.#away;
  }

  lookSoon(): void {
    this.#hasHeard = true;
    if (this.#looking === null) this.#lookIn(HEARD_MS);
  }

  lookIfDue(): void {
    if (performance.now() - this.#lookedAt > this.#times.everyMs) void this.#look();
  }

  /** Resolves when every drop that is there now has been accepted, rejected or passed over. Never rejects. */
  async settle(): Promise<void> {
    // A look that has begun may have missed the newest drop.
    await this.#looking;
    while (!this.#isClosed && !(await this.#look())) {
      await new Promise((resolve) => setTimeout(resolve, this.#times.stableMs));
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#watch.close();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#looking;
  }

  #look(): Promise<boolean> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
      this.#lookedAt = performance.now();
    });
    return this.#looking;
  }

  /** @returns whether nothing is left to be looked at again. */
  async #lookOnce(): Promise<boolean> {
    if (this.#isClosed) return true;
    this.#hasHeard = false;
    this.#watch.arm();
    const isSettled = await this.#considerDrops().catch((error: unknown) => {
      // What has been accepted serves on.
      this.#leave(wrapForeign('unavailable', 'read the drop folder', error));
      return true;
    });
    if (this.#hasHeard) this.#lookIn(HEARD_MS);
    else this.#lookIn(isSettled ? this.#times.everyMs : this.#times.stableMs);
    return isSettled;
  }

  async #considerDrops(): Promise<boolean> {
    const objects = this.#objects();
    const drops = await listDrops(this.#folder, (name) => objects.some((object) => object.matches(name)));
    this.#away = null;
    const { quiet, isAllQuiet } = this.#quiet.observe(drops, performance.now());
    let isSettled = isAllQuiet;
    for (const object of objects) {
      if (this.#isClosed) return true;
      const changed = await object.consider(quiet);
      if (changed === null) continue;
      this.#quiet.forget(changed);
      isSettled = false;
    }
    return isSettled;
  }

  #leave(error: SourceError): void {
    this.#watch.close();
    if (this.#away === null) this.#onAway(error);
    this.#away = error;
  }

  #lookIn(delayMs: number): void {
    const due = performance.now() + delayMs;
    if (this.#isClosed || due >= this.#timerDue) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timerDue = due;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#timerDue = Number.POSITIVE_INFINITY;
      void this.#look();
    }, delayMs);
    this.#timer.unref();
  }
}
