import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { renameDurably, writeDurably } from '../../runtime/write-durably.js';
import { codeOf } from '../foreign-error.js';
import { writeFileMoment } from './moment-text.js';
import { SHARED_LINGER_MS, type Sharing } from './sharing.js';
import type { StoredVersion } from './stored-version.js';

/** What is left of work that was interrupted; none takes that long. */
const LEFTOVER_MS = 60 * 60_000;

interface StoreOptions<Current> {
  /** Null on anything else than the note on a version. */
  readonly decode: (text: string) => Current | null;
  /** Versions that are kept besides the current one, to look at what was there before. */
  readonly keptBefore: number;
  readonly sharing: Sharing;
}

/**
 * The versions of one interface on the disk: `<moment>-<digest>.sqlite`, and `current.json` that names the one which
 * serves. Both appear by renaming, so that a reader of the folder finds the old version or the new one.
 */
export class VersionStore<Current extends StoredVersion> {
  readonly folder: string;
  /** The note on the version that serves. */
  readonly noteFile: string;
  readonly #staging: string;
  readonly #options: StoreOptions<Current>;

  constructor(root: string, name: string, options: StoreOptions<Current>) {
    this.folder = join(root, name);
    this.noteFile = join(this.folder, 'current.json');
    this.#staging = join(this.folder, 'staging');
    this.#options = options;
  }

  pathOf({ file }: Pick<StoredVersion, 'file'>): string {
    return join(this.folder, file);
  }

  /** Null when nothing was ever published, or the note on it is unreadable. */
  async readCurrent(): Promise<Current | null> {
    try {
      return this.#options.decode(await readFile(this.noteFile, 'utf8'));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /** Paths for one piece of work; nothing is there yet, and nobody else uses them. */
  async stage(): Promise<{ readonly copy: string; readonly output: string }> {
    await mkdir(this.#staging, { recursive: true });
    await this.#sweep();
    const id = randomUUID();
    return { copy: join(this.#staging, `${id}.drop`), output: join(this.#staging, `${id}.sqlite`) };
  }

  /**
   * Puts a finished file among the versions. It serves only after `publish`.
   *
   * @param digest hexadecimal, of what it was made of.
   * @returns its name; a version is never written over, even if the clock stands still or goes back.
   */
  async keep(output: string, made: Date, digest: string): Promise<string> {
    for (let later = 0; ; later += 1) {
      const moment = writeFileMoment(new Date(made.getTime() + later));
      const file = `${moment}-${digest.slice(0, 12)}.sqlite`;
      if (await this.#has(file)) continue;
      await renameDurably(output, join(this.folder, file));
      return file;
    }
  }

  async publish(current: Current): Promise<void> {
    await writeDurably(this.noteFile, `${JSON.stringify(current, null, 2)}\n`);
  }

  /** Deletes versions but the current one, those right before it, and those in use. */
  async prune(current: Pick<StoredVersion, 'file'>, inUse: ReadonlySet<string>): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.sqlite'));
    const before = names.filter((name) => name < current.file).sort();
    const old = before.slice(0, Math.max(0, before.length - this.#options.keptBefore));
    for (const [index, name] of old.entries()) {
      if (inUse.has(name) || !(await this.#isOver(before[index + 1] ?? current.file))) continue;
      await rm(join(this.folder, name), { force: true });
    }
  }

  /** Whether nobody can still be about to read the version before this one. */
  async #isOver(next: string): Promise<boolean> {
    if (this.#options.sharing === 'alone') return true;
    const stats = await stat(join(this.folder, next)).catch(() => null);
    return stats !== null && Date.now() - stats.ctimeMs > SHARED_LINGER_MS;
  }

  async #has(file: string): Promise<boolean> {
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
