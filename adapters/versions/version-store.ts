import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { renameDurably, writeDurably } from '../../runtime/write-durably.js';
import { codeOf } from '../foreign-error.js';
import { writeFileMoment } from './moment-text.js';
import type { StoredVersion } from './stored-version.js';

/** What is left of work that was interrupted; none takes that long. */
const LEFTOVER_MS = 60 * 60_000;

interface StoreOptions<Current> {
  /** Null on anything else than the note on a version. */
  readonly decode: (text: string) => Current | null;
  /** Versions that are kept besides the current one, to look at what was there before. */
  readonly keptBefore: number;
}

/**
 * The versions of one interface on the disk: `<moment>-<digest>.sqlite`, and `current.json` that names the one which
 * serves. Both appear by renaming, so that a reader of the folder finds the old version or the new one.
 */
export class VersionStore<Current extends StoredVersion> {
  readonly folder: string;
  readonly #staging: string;
  readonly #options: StoreOptions<Current>;

  constructor(root: string, name: string, options: StoreOptions<Current>) {
    this.folder = join(root, name);
    this.#staging = join(this.folder, 'staging');
    this.#options = options;
  }

  pathOf({ file }: Pick<StoredVersion, 'file'>): string {
    return join(this.folder, file);
  }

  /** Null when nothing was ever published, or the note on it is unreadable. */
  async readCurrent(): Promise<Current | null> {
    try {
      return this.#options.decode(await readFile(join(this.folder, 'current.json'), 'utf8'));
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
    await writeDurably(join(this.folder, 'current.json'), `${JSON.stringify(current, null, 2)}\n`);
  }

  /** Deletes versions but the current one, those right before it, and those in use. */
  async prune(current: Pick<StoredVersion, 'file'>, inUse: ReadonlySet<string>): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.sqlite'));
    const before = names.filter((name) => name < current.file).sort();
    for (const name of before.slice(0, Math.max(0, before.length - this.#options.keptBefore))) {
      if (!inUse.has(name)) await rm(join(this.folder, name), { force: true });
    }
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
