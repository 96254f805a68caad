import { SourceMalformed } from '../../source-error.js';
import type { SqlAdapter } from '../../sql/sql-adapter.js';
import type { ReadVersion } from '../../versions/version-adapter.js';
import { VersionReads } from '../../versions/version-reads.js';
import type { VersionNote } from './version-note.js';
import type { VersionTables } from './version-tables.js';

/** One version as a table that is only read. */
export class ClickHouseVersion implements ReadVersion {
  note: VersionNote;
  readonly #tables: VersionTables;
  readonly #sql: SqlAdapter;
  readonly #reads: VersionReads;

  constructor(note: VersionNote, { tables, sql, isKnown }: VersionParts) {
    this.note = note;
    this.#tables = tables;
    this.#sql = sql;
    this.#reads = new VersionReads(() => this.check(), { isKnown });
  }

  get name(): string {
    return this.note.table;
  }

  get object(): string {
    return this.note.table;
  }

  get rows(): number {
    return this.note.rows;
  }

  get isInUse(): boolean {
    return this.#reads.areUnderWay;
  }

  explain: SqlAdapter['explain'] = (request) => this.#sql.explain(request);

  use<T>(work: (sql: SqlAdapter) => Promise<T>): Promise<T> {
    return this.#reads.run(() => work(this.#sql));
  }

  /** @throws {SourceMalformed} when the table does not hold what was written. */
  async check(): Promise<void> {
    const { table, rows, digest } = this.note;
    const found = await this.#tables.content(table);
    if (found.digest === digest) return;
    throw new SourceMalformed(
      `Cannot read ${table}: it must hold the ${rows} rows that were written, but holds ${found.rows === rows ? 'others' : found.rows}`,
    );
  }
}

interface VersionParts {
  readonly tables: VersionTables;
  readonly sql: SqlAdapter;
  /** This process wrote it, and knows what it holds. */
  readonly isKnown: boolean;
}
