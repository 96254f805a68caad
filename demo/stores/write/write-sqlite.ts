import Database from 'better-sqlite3';
import type { LegacyColumnType, LegacyStore, LegacyTable } from '../legacy-table.js';
import { batchesOf, indexName, type OnWriteProgress, quoteWith, takeBreath } from './write-store.js';

const BATCH_ROWS = 2_000;
const quote = (name: string) => quoteWith('"', name);

/**
 * Writes a store into a new SQLite file: rows in one transaction, then indexes and statistics. Durable only when it
 * has ended: write to a temporary file and rename it.
 *
 * @throws when the file already has a table of that name, or a row does not fit.
 */
export async function writeSqlite(
  store: LegacyStore,
  file: string,
  onProgress: OnWriteProgress = () => undefined,
): Promise<void> {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -65536');
    database.exec('BEGIN');
    for (const table of store.tables) await fillTable(database, store.connection, table, onProgress);
    for (const table of store.tables) createIndexes(database, table);
    database.exec('COMMIT');
    database.exec('ANALYZE');
    // Readers must find an ordinary file, without a log beside it.
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
}

async function fillTable(
  database: Database.Database,
  connection: string,
  table: LegacyTable,
  onProgress: OnWriteProgress,
): Promise<void> {
  const columns = table.columns.map((column) => `${quote(column.name)} ${typeOf(column)}`);
  const key =
    table.primaryKey === undefined ? [] : [`PRIMARY KEY (${table.primaryKey.map(quote).join(', ')})`];
  database.exec(`CREATE TABLE ${quote(table.name)} (${[...columns, ...key].join(', ')})`);
  const insert = database.prepare(
    `INSERT INTO ${quote(table.name)} VALUES (${table.columns.map(() => '?').join(', ')})`,
  );
  let rows = 0;
  for (const batch of batchesOf(table, BATCH_ROWS)) {
    for (const row of batch) insert.run(row);
    rows += batch.length;
    onProgress({ connection, table: table.name, rows, finished: false });
    await takeBreath();
  }
  onProgress({ connection, table: table.name, rows, finished: true });
}

function createIndexes(database: Database.Database, table: LegacyTable): void {
  table.indexes.forEach((columns, place) => {
    const name = quote(indexName(table, place));
    database.exec(`CREATE INDEX ${name} ON ${quote(table.name)} (${columns.map(quote).join(', ')})`);
  });
}

/** Declared types by which readers know what the text is; `DECIMAL_TEXT` has text affinity, so every digit stays. */
function typeOf(column: LegacyColumnType): string {
  switch (column.type) {
    case 'text':
      return column.length === undefined ? 'TEXT' : `VARCHAR(${column.length})`;
    case 'integer':
      return 'BIGINT';
    case 'decimal':
      return `DECIMAL_TEXT(${column.precision},${column.scale})`;
    case 'date':
      return 'DATE';
    case 'datetime':
      return 'DATETIME';
  }
}
