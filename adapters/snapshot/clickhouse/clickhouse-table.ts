import { type Deadline, untilDeadline } from '../../call-deadline.js';
import { type SourceError, SourceUnavailable } from '../../source-error.js';
import type { SourceRow } from '../../source-value.js';
import { DialectAdapter, type SqlAdapter } from '../../sql/sql-adapter.js';
import { VersionAdapter, type VersionOwner } from '../../versions/version-adapter.js';
import { isSound } from '../../versions/version-reads.js';
import { snapshotAbsence } from '../snapshot-absence.js';
import type {
  SnapshotColumns,
  SnapshotDefinition,
  SnapshotFacts,
  SnapshotTable,
  SnapshotVersion,
  SnapshotWriter,
} from '../snapshot-store.js';
import { clickHouseDialect } from './clickhouse-dialect.js';
import { STORE_FAILS } from './clickhouse-failure.js';
import type { ClickHouseServer } from './clickhouse-server.js';
import { ClickHouseVersion } from './clickhouse-version.js';
import { RowBuffer } from './row-buffer.js';
import { TableNames } from './table-names.js';
import type { VersionNote } from './version-note.js';
import { type Content, type KeptColumn, VersionTables } from './version-tables.js';

/** A table before its rows are written. */
interface WrittenTable {
  readonly table: string;
  readonly columns: readonly KeptColumn[];
  readonly indexes: SnapshotDefinition['indexes'];
}

/** A table that may serve. */
interface MadeTable extends Content {
  readonly table: string;
}

/** The snapshots of one interface as tables of ClickHouse. */
export class ClickHouseTable implements SnapshotTable, VersionOwner<ClickHouseVersion> {
  readonly kind = 'snapshot';
  readonly cancels = true;
  readonly adapter: VersionAdapter<ClickHouseVersion>;
  readonly #definition: SnapshotDefinition;
  readonly #tables: VersionTables;
  readonly #names: TableNames;
  readonly #sql: SqlAdapter;
  #version: ClickHouseVersion | null = null;
  #isBroken = false;
  /** Versions that served earlier and may still be read. */
  #earlier: readonly ClickHouseVersion[] = [];
  /** Tables that are being written. */
  readonly #begun = new Set<string>();
  #loaded: Promise<void> | null = null;

  constructor(server: ClickHouseServer, definition: SnapshotDefinition, signal: AbortSignal) {
    this.#definition = definition;
    this.#tables = new VersionTables(server, definition, signal);
    this.#names = new TableNames(definition.name);
    this.#sql = new DialectAdapter(clickHouseDialect, server, true);
    this.adapter = new VersionAdapter(this);
  }

  get version(): ClickHouseVersion | null {
    return this.#isBroken ? null : this.#version;
  }

  async serving(): Promise<SnapshotVersion | null> {
    await this.#load();
    return this.version === null ? null : describeVersion(this.version.note);
  }

  async begin(columns: SnapshotColumns): Promise<SnapshotWriter> {
    const table = this.#names.next();
    const { indexes } = this.#definition;
    return this.#write({ table, columns, indexes }, async () => this.#made(table));
  }

  async amend(): Promise<SnapshotWriter> {
    await this.#load();
    const from = this.version?.note;
    if (from === undefined) throw this.absence();
    const [changes, keys, table] = [this.#names.next(), this.#names.next(), this.#names.next()];
    const columns = await this.#tables.columns(from.table);
    return this.#write({ table: changes, columns, indexes: [] }, async (removed) => {
      this.#begun.add(keys);
      this.#begun.add(table);
      try {
        await this.#writeKeys(keys, columns, removed);
        const amendment = { from: from.table, changes, removed: removed.length === 0 ? null : keys };
        if (!(await this.#tables.amend(table, amendment))) return from;
        return await this.#made(table);
      } catch (error) {
        await this.#forget(table);
        throw error;
      } finally {
        this.#begun.delete(table);
        await this.#forget(changes);
        if (removed.length > 0) await this.#forget(keys);
        this.#begun.delete(keys);
      }
    });
  }

  ready(deadline: Deadline): Promise<void> {
    return untilDeadline(this.#load(), deadline);
  }

  absence(): SourceError {
    return snapshotAbsence(this.#definition.name, { isBroken: this.#isBroken });
  }

  async distrust(version: ClickHouseVersion): Promise<boolean> {
    if (this.#version !== version) return false;
    if (await isSound(() => version.check())) return false;
    this.#isBroken = true;
    return true;
  }

  async close(): Promise<void> {
    await this.#sql.close();
  }

  /** Once: nobody else writes versions of this interface. Again after a failure. */
  #load(): Promise<void> {
    this.#loaded ??= this.#learn().catch((error: unknown) => {
      this.#loaded = null;
      throw error;
    });
    return this.#loaded;
  }

  async #learn(): Promise<void> {
    const note = await this.#tables.readNote();
    if (note !== null && this.#version === null) this.#version = this.#open(note, false);
  }

  /** @param finish what is to serve, after all rows are in the table. */
  async #write(
    { table, columns, indexes }: WrittenTable,
    finish: (removed: readonly SourceRow[]) => Promise<MadeTable>,
  ): Promise<SnapshotWriter> {
    await this.#load();
    this.#begun.add(table);
    let isOver = false;
    const removed: SourceRow[] = [];
    const orForget = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } catch (error) {
        await this.#forget(table);
        throw error;
      }
    };
    await orForget(this.#tables.create(table, columns, indexes));
    const buffer = new RowBuffer(
      columns.map(({ type }) => type),
      (rows) => this.#tables.insert(table, rows),
    );
    return {
      write: (rows: readonly SourceRow[]) => orForget(buffer.write(rows)),
      // A version that begins with nothing has nothing to leave out.
      remove: async (keys: readonly SourceRow[]) => {
        for (const key of keys) removed.push(key);
      },
      publish: async (facts) => {
        isOver = true;
        return orForget(
          (async () => {
            await buffer.flush();
            await this.#requireAll(table, buffer.written);
            return this.#publish(await finish(removed), facts);
          })(),
        ).finally(() => this.#begun.delete(table));
      },
      abandon: async () => {
        if (isOver) return;
        isOver = true;
        await this.#forget(table);
      },
    };
  }

  /** An insert that was sent twice, or lost, must not go unseen. */
  async #requireAll(table: string, written: number): Promise<void> {
    const rows = await this.#tables.count(table);
    if (rows === written) return;
    throw new SourceUnavailable(
      `Cannot keep the snapshot of ${this.#definition.name}: ${written} rows were written, but ${table} holds ${rows}`,
      { detail: STORE_FAILS },
    );
  }

  async #writeKeys(table: string, columns: readonly KeptColumn[], keys: readonly SourceRow[]): Promise<void> {
    if (keys.length === 0) return;
    const named = this.#definition.key.flatMap((name) => columns.filter((column) => column.name === name));
    await this.#tables.create(table, named, []);
    const buffer = new RowBuffer(
      named.map(({ type }) => type),
      (rows) => this.#tables.insert(table, rows),
    );
    await buffer.write(keys);
    await buffer.flush();
  }

  async #made(table: string): Promise<MadeTable> {
    return { table, ...(await this.#tables.content(table)) };
  }

  async #publish(made: MadeTable, facts: SnapshotFacts): Promise<SnapshotVersion> {
    const { fingerprint } = this.#definition;
    const serving = this.version?.note;
    // Nothing changed in what serves, which then serves on.
    const isSame = serving !== undefined && made.digest === serving.digest;
    const { table, rows, digest } = isSame ? serving : made;
    const { readAt, wholeAt, since, absent = isSame ? serving.absent : 0 } = facts;
    const note: VersionNote = { format: 1, table, fingerprint, rows, digest, readAt, wholeAt, since, absent };
    await this.#tables.writeNote(note);
    if (isSame && this.#version !== null) {
      this.#version.note = note;
      if (made.table !== table) await this.#forget(made.table);
      return describeVersion(note);
    }
    if (this.#version !== null) this.#earlier = [...this.#earlier, this.#version];
    this.#version = this.#open(note, true);
    this.#isBroken = false;
    await this.#sweep(table);
    return describeVersion(note);
  }

  #open(note: VersionNote, isKnown: boolean): ClickHouseVersion {
    return new ClickHouseVersion(note, { tables: this.#tables, sql: this.#sql, isKnown });
  }

  /** What cannot be dropped now is dropped after the next version. */
  async #forget(table: string): Promise<void> {
    this.#begun.delete(table);
    await this.#tables.drop(table).catch(() => undefined);
  }

  /** Drops what is needed no longer. */
  async #sweep(current: string): Promise<void> {
    this.#earlier = this.#earlier.filter((version) => version.isInUse);
    const needed = new Set([...this.#begun, ...this.#earlier.map(({ name }) => name)]);
    const tables = await this.#tables.list(this.#names.prefix).catch(() => []);
    for (const table of this.#names.superfluous(tables, current)) {
      if (!needed.has(table)) await this.#forget(table);
    }
  }
}

function describeVersion({ table, rows, absent, readAt, wholeAt, since }: VersionNote): SnapshotVersion {
  return { version: table, rows: rows - absent, readAt, wholeAt, since, absent };
}
