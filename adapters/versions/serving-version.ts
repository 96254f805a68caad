import { fileState } from '../../runtime/file-state.js';
import { wrapForeign } from '../foreign-error.js';
import type { StoredVersion } from './stored-version.js';
import { Version } from './version.js';
import { isSound } from './version-reads.js';
import type { VersionStore } from './version-store.js';

/** The version of one interface that serves, and earlier ones that somebody still reads. */
export class ServingVersion<Current extends StoredVersion> {
  readonly store: VersionStore<Current>;
  #version: Version<Current> | null = null;
  #isBroken = false;
  /** Of the note, when it was followed last. */
  #noteState: string | null = null;
  readonly #inUse = new Set<Version<Current>>();

  constructor(store: VersionStore<Current>) {
    this.store = store;
  }

  /** What serves; null before the first version, and while its file is broken. */
  get version(): Version<Current> | null {
    return this.#isBroken ? null : this.#version;
  }

  /** The note on the last version, broken or not. */
  get current(): Current | null {
    return this.#version?.current ?? null;
  }

  /** The version's file is not what was written. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Learns from the store what serves. @throws {SourceError} when the store cannot be read. */
  async load(): Promise<void> {
    await this.#learn();
  }

  /** As `load`, again and again: another process publishes. Looks at the note, and reads it when it has changed. @throws {SourceError} */
  async follow(): Promise<void> {
    const state = fileState(this.store.noteFile);
    if (state === this.#noteState) return;
    const current = await this.#learn();
    // The same version may have been found unchanged by a later reading of its source.
    if (current !== null && current.file === this.#version?.current.file) this.#version.note(current);
    this.#noteState = state;
  }

  /** Makes a published version serve, and deletes those that are no longer needed. */
  async serve(current: Current): Promise<void> {
    if (current.file === this.#version?.current.file && !this.#isBroken) {
      this.#version.note(current);
      return;
    }
    this.#open(current);
    const inUse = new Set([...this.#inUse].map((version) => version.current.file));
    // What cannot be deleted now is deleted after the next version.
    await this.store.prune(current, inUse).catch(() => undefined);
  }

  /** After a read that failed: whether the version's file is to blame, which then serves no longer. */
  async distrust(version: Version<Current>): Promise<boolean> {
    if (this.#version !== version) return false;
    if (await isSound(() => version.check())) return false;
    this.#isBroken = true;
    return true;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#inUse].map((version) => version.close()));
  }

  /** @returns what the note says. */
  async #learn(): Promise<Current | null> {
    const before = this.#version;
    const current = await this.store.readCurrent().catch((error: unknown) => {
      throw wrapForeign('unavailable', `read the versions in ${this.store.folder}`, error);
    });
    // A newer one may have been published meanwhile.
    if (this.#version !== before) return null;
    if (current !== null && current.file !== this.#version?.current.file) this.#open(current);
    return current;
  }

  #open(current: Current): void {
    this.#version?.retire();
    this.#version = new Version(this.store.pathOf(current), current);
    this.#isBroken = false;
    this.#inUse.add(this.#version);
    for (const version of this.#inUse) if (!version.isInUse) this.#inUse.delete(version);
  }
}
