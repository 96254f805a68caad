import pg from 'pg';
import type { LegacyCell, LegacyColumnType, LegacyStore, LegacyTable } from '../legacy-table.js';
import { copyFrom } from './write-postgres-copy.js';
import { batchesOf, indexName, type OnWriteProgress, quoteWith } from './write-store.js';

interface PostgresTarget {
  readonly url: string;
  /** Made if it is missing. Default: the first of the account's search path. */
  readonly schema?: string;
}

const BATCH_ROWS = 500;
const quote = (name: string) => quoteWith('"', name);

/**
 * Writes a store into PostgreSQL: each table with COPY, then its indexes and statistics, in one transaction. Text
 * columns sort by code point.
 *
 * @throws when a table of that name is there already, or a cell does not fit its column; nothing is left then.
 */
export async function writePostgres(
  store: LegacyStore,
  { url, schema }: PostgresTarget,
  onProgress: OnWriteProgress = () => undefined,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // Without a listener a connection that breaks ends the process; the query at hand reports it as well.
  client.on('error', () => undefined);
  await client.connect();
  try {
    if (schema !== undefined) {
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${quote(schema)}`);
      await client.query(`SET search_path TO ${quote(schema)}`);
    }
    await client.query(
      `SET synchronous_commit = off; SET client_encoding = 'UTF8'; SET datestyle = 'ISO, YMD'`,
    );
    for (const table of store.tables) await writeTable(client, store.connection, table, onProgress);
  } finally {
    await client.end();
  }
}

async function writeTable(
  client: pg.Client,
  connection: string,
  table: LegacyTable,
  onProgress: OnWriteProgress,
): Promise<void> {
  await client.query('BEGIN');
  try {
    const columns = table.columns.map((column) => `${quote(column.name)} ${typeOf(column)}`);
    await client.query(`CREATE TABLE ${quote(table.name)} (${columns.join(', ')})`);
    let rows = 0;
    const counting = (count: number) => {
      rows += count;
      onProgress({ connection, table: table.name, rows, finished: false });
    };
    await copyFrom(client, `COPY ${quote(table.name)} FROM STDIN`, chunksOf(table, counting));
    if (table.primaryKey !== undefined) {
      await client.query(
        `ALTER TABLE ${quote(table.name)} ADD PRIMARY KEY (${table.primaryKey.map(quote).join(', ')})`,
      );
    }
    for (const [place, indexed] of table.indexes.entries()) {
      const name = quote(indexName(table, place));
      await client.query(`CREATE INDEX ${name} ON ${quote(table.name)} (${indexed.map(quote).join(', ')})`);
    }
    await client.query('COMMIT');
    await client.query(`ANALYZE ${quote(table.name)}`);
    onProgress({ connection, table: table.name, rows, finished: true });
  } catch (error) {
    // The connection may be gone, and with it the transaction; the first error is the one to tell.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function* chunksOf(table: LegacyTable, onRows: (count: number) => void): Generator<Buffer> {
  for (const batch of batchesOf(table, BATCH_ROWS)) {
    yield Buffer.from(batch.map((row) => `${row.map(copyText).join('\t')}\n`).join(''), 'utf8');
    onRows(batch.length);
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

/** One cell of COPY's text format; `\N` is NULL, and the text `\N` is escaped. */
function copyText(cell: LegacyCell): string {
  if (cell === null) return '\\N';
  return String(cell).replace(/[\\\t\n\r]/g, (character) => ESCAPES.get(character) ?? character);
}

function typeOf(column: LegacyColumnType): string {
  switch (column.type) {
    case 'text':
      return `${column.length === undefined ? 'text' : `varchar(${column.length})`} COLLATE "C"`;
    case 'integer':
      return 'bigint';
    case 'decimal':
      return `numeric(${column.precision},${column.scale})`;
    case 'date':
      return 'date';
    case 'datetime':
      return 'timestamp(0)';
  }
}
