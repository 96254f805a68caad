import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { codeOf, wrapForeign } from '../foreign-error.js';
import { SourceMalformed } from '../source-error.js';
import { openOwnFile } from '../sql/open-sql.js';
import type { SqlAdapter } from '../sql/sql-adapter.js';
import { ROWS_TABLE, type StoredVersion } from './stored-version.js';
import type { ReadVersion } from './version-adapter.js';
import { VersionReads } from './version-reads.js';

/** One version as a database that is only read. A read that has begun ends on this version when the next one arrives. */
export class Version<Current extends StoredVersion> implements ReadVersion {
  readonly object = ROWS_TABLE;
  #current: Current;
  readonly #path: string;
  readonly #sql: SqlAdapter;
  readonly #reads = new VersionReads(() => this.check(), { isKnown: false });
  #isRetired = false;

  constructor(path: string, current: Current) {
    this.#path = path;
    this.#current = current;
    this.#sql = openOwnFile(path);
  }

  get current(): Current {
    return this.#current;
  }

  get name(): string {
    return this.#current.file;
  }

  get rows(): number {
    return this.#current.rows;
  }

  /** Takes another note on the same file. */
  note(current: Current): void {
    this.#current = current;
  }

  /** The statement of a read, for people. */
  explain: SqlAdapter['explain'] = (request) => this.#sql.explain(request);

  /** @throws {SourceMalformed} when the file is not the one that was written. */
  async use<T>(work: (sql: SqlAdapter) => Promise<T>): Promise<T> {
    try {
      return await this.#reads.run(() => work(this.#sql));
    } finally {
      this.#closeIfUnused();
    }
  }

  async check(): Promise<void> {
    const { sha256 } = this.#current;
    const found = await hashFile(this.#path).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw wrapForeign('unavailable', `read ${this.#path}`, error);
      return 'missing';
    });
    if (found !== sha256) {
      throw new SourceMalformed(`Cannot read ${this.#path}: its SHA-256 must be ${sha256}, but is ${found}`);
    }
  }

  get isInUse(): boolean {
    return !this.#isRetired || this.#reads.areUnderWay;
  }

  /** Closes it after the last reader. */
  retire(): void {
    this.#isRetired = true;
    this.#closeIfUnused();
  }

  async close(): Promise<void> {
    this.#isRetired = true;
    await this.#sql.close();
  }

  #closeIfUnused(): void {
    if (!this.isInUse) void this.#sql.close();
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
