import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../foreign-error.js';
import { type CurrentVersion, decodeCurrentVersion } from './current-version.js';
import { renameDurably, writeDurably } from './write-durably.js';

/** Versions that are kept besides the current one, to look at what was delivered before. */
const KEPT_BEFORE = 2;
/** What is left of an import that was interrupted; no import takes that long. */
const LEFTOVER_MS = 60 * 60_000;

/**
 * The versions of one interface on the disk: `<moment>-<digest>.sqlite`, and `current.json` that names the one which
 * serves. Both appear by renaming, so that a reader of the folder finds the old version or the new one.
 */
export class VersionStore {
  readonly folder: string;
  readonly #staging: string;

  constructor(root: string, name: string) {
    this.folder = join(root, name);
    this.#staging = join(this.folder, 'staging');
  }

  get reports(): string {
    return join(this.folder, 'rejected');
  }

  pathOf({ file }: Pick<CurrentVersion, 'file'>): string {
    return join(this.folder, file);
  }

  /** Null when no drop was ever accepted, or the note on it is unreadable. */
  async readCurrent(): Promise<CurrentVersion | null> {
    try {
      return decodeCurrentVersion(await readFile(join(this.folder, 'current.json'), 'utf8'));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /** Paths for one import; nothing is there yet, and nobody else uses them. */
  async stage(): Promise<{ readonly copy: string; readonly output: string }> {
    await mkdir(this.#staging, { recursive: true });
    await this.#sweep();
    const id = randomUUID();
    return { copy: join(this.#staging, `${id}.drop`), output: join(this.#staging, `${id}.sqlite`) };
  }

  /** Puts a finished file among the versions. It serves only after `publish`. */
  async keep(output: string, file: string): Promise<void> {
    await renameDurably(output, join(this.folder, file));
  }

  async publish(current: CurrentVersion): Promise<void> {
    await writeDurably(join(this.folder, 'current.json'), `${JSON.stringify(current, null, 2)}\n`);
  }

  /** Deletes versions but the current one, those right before it, and those in use. */
  async prune(current: CurrentVersion, inUse: ReadonlySet<string>): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.sqlite'));
    const before = names.filter((name) => name < current.file).sort();
    for (const name of before.slice(0, -KEPT_BEFORE)) {
      if (!inUse.has(name)) await rm(join(this.folder, name), { force: true });
    }
  }

  async has(file: string): Promise<boolean> {
    return (await stat(join(this.folder, file)).catch(() => null)) !== null;
  }

  async #sweep(): Promise<void> {
    for (const name of await readdir(this.#staging)) {
      const path = join(this.#staging, name);
      const stats = await stat(path).catch(() => null);
      if (stats !== null && Date.now() - stats.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
    }
  }
}
