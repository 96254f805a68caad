import { createHash } from 'node:crypto';
import { type Deadline, withDeadline } from '../../call-deadline.js';
import type { ColumnType } from '../../source-adapter.js';
import { SourceMalformed } from '../../source-error.js';
import { quoteName } from '../../sql/quote-name.js';
import type { SqlParam } from '../../sql/sql-fragment.js';
import type { SnapshotDefinition } from '../snapshot-store.js';
import { clickHouseDialect } from './clickhouse-dialect.js';
import { isTableMissing } from './clickhouse-failure.js';
import type { ClickHouseServer } from './clickhouse-server.js';
import { decodeNote, type VersionNote } from './version-note.js';

/** Looking something up, and writing or adding up a whole version. */
const LOOK_MS = 30_000;
const WORK_MS = 15 * 60_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** The notes on all versions; the greatest number of an interface is the note on the one that serves. */
const NOTES = 'snapshot_versions';
/** A part is on the disk before an insert is answered, so that no note outlives its rows. */
const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1';

export interface KeptColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** What a table holds, whatever the order of its rows. */
export interface Content {
  readonly rows: number;
  readonly digest: string;
}

/** Tables from which a version is made. */
export interface Amendment {
  /** The version that it begins with. */
  readonly from: string;
  readonly changes: string;
  /** Keys; null: none. */
  readonly removed: string | null;
}

/** The tables of one interface's versions, and the notes on them. */
export class VersionTables {
  readonly #server: ClickHouseServer;
  readonly #definition: SnapshotDefinition;
  readonly #signal: AbortSignal;

  constructor(server: ClickHouseServer, definition: SnapshotDefinition, signal: AbortSignal) {
    this.#server = server;
    this.#definition = definition;
    this.#signal = signal;
  }

  /** The newest note; null when there is none of this fingerprint. */
  async readNote(): Promise<VersionNote | null> {
    const { name, fingerprint } = this.#definition;
    const text = `SELECT note FROM ${NOTES} WHERE interface = {p1:String} ORDER BY number DESC LIMIT 1`;
    const rows = await this.#look(text, [name]).catch((error: unknown) => {
      if (isTableMissing(error)) return [];
      throw error;
    });
    return decodeNote(rows[0]?.[0], fingerprint);
  }

  /** Makes the note the one that counts. One row of one insert is there as a whole, or not at all. */
  async writeNote(note: VersionNote): Promise<void> {
    await this.#work(
      `CREATE TABLE IF NOT EXISTS ${NOTES} (interface String, number UInt64, note String) ENGINE = ReplacingMergeTree(number) ORDER BY interface SETTINGS ${DURABLE}`,
    );
    const { name } = this.#definition;
    const [row] = await this.#look(`SELECT max(number) FROM ${NOTES} WHERE interface = {p1:String}`, [name]);
    const number = BigInt(String(row?.[0] ?? 0)) + 1n;
    await this.insert(NOTES, `${JSON.stringify([name, String(number), JSON.stringify(note)])}\n`);
  }

  /** A table of kept cells. Every index but the first is a copy of the rows in another order. */
  async create(
    table: string,
    columns: readonly KeptColumn[],
    indexes: SnapshotDefinition['indexes'],
  ): Promise<void> {
    const declared = columns.map(({ name, type }) => `${quote(name)} String COMMENT '${type}'`);
    const decimals = new Set(columns.filter(({ type }) => type === 'decimal').map(({ name }) => name));
    const [first = [], ...others] = indexes.filter((index) => !index.some((name) => decimals.has(name)));
    const copies = others.map((index, place) => {
      const order = [...new Set([...index, ...first])].map(quote).join(', ');
      return `PROJECTION by_${place} (SELECT * ORDER BY ${order})`;
    });
    const order = first.map(quote).join(', ');
    await this.#work(
      `CREATE TABLE ${table} (${[...declared, ...copies].join(', ')}) ENGINE = MergeTree ORDER BY tuple(${order}) SETTINGS ${DURABLE}`,
    );
  }

  /** @param rows in the format JSONCompactEachRow. */
  insert(table: string, rows: string): Promise<void> {
    return this.#within(WORK_MS, (deadline) => this.#server.insert(table, rows, deadline));
  }

  async drop(table: string): Promise<void> {
    await this.#work(`DROP TABLE IF EXISTS ${table}`);
  }

  /** Names of the tables that begin so. */
  async list(prefix: string): Promise<readonly string[]> {
    const text =
      'SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, {p1:String})';
    return (await this.#look(text, [prefix])).map(([name]) => String(name));
  }

  /** @throws {SourceMalformed} when there is no such table. */
  async columns(table: string): Promise<readonly KeptColumn[]> {
    const found = await clickHouseDialect.loadTable(table, (text, params) => this.#look(text, params));
    return [...(found?.columns.values() ?? [])].map(({ name, type }) => ({ name, type }));
  }

  async count(table: string): Promise<number> {
    const [row] = await this.#look(`SELECT count() FROM ${table}`, []);
    return Number(row?.[0]);
  }

  /** Reads every cell. @throws {SourceMalformed} when there is no such table. */
  async content(table: string): Promise<Content> {
    const columns = await this.columns(table);
    const row = `sipHash64(${columns.map(({ name }) => quote(name)).join(', ')})`;
    const sums = await this.#look(
      `SELECT count(), sum(${row}), groupBitXor(${row}) FROM ${table}`,
      [],
      WORK_MS,
    );
    const [rows, ...others] = sums[0] ?? [];
    if (!/^[0-9]+$/.test(String(rows))) {
      throw new SourceMalformed(
        `Cannot count ${table}: there must be a number of rows, but is ${String(rows)}`,
      );
    }
    const digest = createHash('sha256')
      .update(JSON.stringify([columns, rows, others]))
      .digest('hex');
    return { rows: Number(rows), digest };
  }

  /**
   * Fills a table with what another one holds, but for the keys that are removed, and those of which `changes` has a row
   * that is not there: these have the rows of `changes` instead.
   *
   * @returns whether anything differs; if not, nothing was written.
   */
  async amend(into: string, { from, changes, removed }: Amendment): Promise<boolean> {
    const { columns, key } = this.#definition;
    const [row, named] = [columns.map(quote).join(', '), key.map(quote).join(', ')];
    const there = `SELECT ${row} FROM ${from} WHERE (${named}) IN (SELECT ${named} FROM ${changes})`;
    const news = `(${row}) NOT IN (${there})`;
    const [found] = await this.#look(`SELECT count() FROM ${changes} WHERE ${news}`, [], WORK_MS);
    if (String(found?.[0]) === '0' && removed === null) return false;
    const changed = `(SELECT ${named} FROM ${changes} WHERE ${news})`;
    await this.create(into, await this.columns(from), this.#definition.indexes);
    const gone = removed === null ? '' : ` AND (${named}) NOT IN (SELECT ${named} FROM ${removed})`;
    await this.#work(`INSERT INTO ${into} SELECT * FROM ${from} WHERE (${named}) NOT IN ${changed}${gone}`);
    await this.#work(`INSERT INTO ${into} SELECT * FROM ${changes} WHERE (${named}) IN ${changed}`);
    return true;
  }

  #look(
    text: string,
    params: readonly SqlParam[],
    timeoutMs = LOOK_MS,
  ): Promise<readonly (readonly unknown[])[]> {
    return this.#within(timeoutMs, (deadline) => this.#server.query({ text, params }, deadline));
  }

  #work(text: string): Promise<void> {
    return this.#within(WORK_MS, (deadline) => this.#server.run(text, deadline));
  }

  #within<T>(timeoutMs: number, work: (deadline: Deadline) => Promise<T>): Promise<T> {
    const bounds = { signal: this.#signal, timeoutMs, maxBytes: MAX_BYTES };
    return withDeadline(bounds, `keep the snapshot of ${this.#definition.name}`, work);
  }
}

function quote(name: string): string {
  return quoteName(name, '`');
}
