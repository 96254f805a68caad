import mysql from 'mysql2/promise';
import type { LegacyColumnType, LegacyStore, LegacyTable } from '../legacy-table.js';
import { batchesOf, indexName, keyColumns, type OnWriteProgress, quoteWith } from './write-store.js';

interface MysqlTarget {
  /** Names the database, which must be there. */
  readonly url: string;
}

const BATCH_ROWS = 500;
/** Longer texts are kept beside the row, whose own 64 KiB all other columns share; they cannot be indexed. */
const LONGEST_VARCHAR = 500;
/** Of a text without a length that is part of an index. */
const INDEXED_LENGTH = 255;
const quote = (name: string) => quoteWith('`', name);

/**
 * Writes a store into MariaDB or MySQL: rows of each table in one transaction, then its indexes and statistics. Texts
 * compare by code point to their very end.
 *
 * @throws when a table of that name is there already, or a cell does not fit its column.
 */
export async function writeMysql(
  store: LegacyStore,
  { url }: MysqlTarget,
  onProgress: OnWriteProgress = () => undefined,
): Promise<void> {
  const connection = await mysql.createConnection({ uri: url, charset: 'utf8mb4', dateStrings: true });
  try {
    // What does not fit is refused instead of cut, and backslashes in texts are what the driver takes them for.
    await connection.query(`SET SESSION sql_mode = 'STRICT_ALL_TABLES'`);
    await connection.query('SET SESSION unique_checks = 0');
    const collation = await codePointCollation(connection);
    for (const table of store.tables) {
      await writeTable(connection, store.connection, table, collation, onProgress);
    }
  } finally {
    await connection.end();
  }
}

/** The collation that minds letter case and trailing blanks has another name in each of the two servers. */
async function codePointCollation(connection: mysql.Connection): Promise<string> {
  const [rows] = await connection.query<mysql.RowDataPacket[]>('SELECT VERSION() AS version');
  return /mariadb/i.test(String(rows[0]?.version)) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}

async function writeTable(
  connection: mysql.Connection,
  storeName: string,
  table: LegacyTable,
  collation: string,
  onProgress: OnWriteProgress,
): Promise<void> {
  const inKeys = keyColumns(table);
  const columns = table.columns.map(
    (column) => `${quote(column.name)} ${typeOf(column, inKeys.has(column.name))}`,
  );
  const key =
    table.primaryKey === undefined ? [] : [`PRIMARY KEY (${table.primaryKey.map(quote).join(', ')})`];
  await connection.query(
    `CREATE TABLE ${quote(table.name)} (${[...columns, ...key].join(', ')}) ENGINE = InnoDB ROW_FORMAT = DYNAMIC CHARACTER SET utf8mb4 COLLATE ${collation}`,
  );
  let rows = 0;
  await connection.beginTransaction();
  for (const batch of batchesOf(table, BATCH_ROWS)) {
    await connection.query(`INSERT INTO ${quote(table.name)} VALUES ?`, [batch]);
    rows += batch.length;
    onProgress({ connection: storeName, table: table.name, rows, finished: false });
  }
  await connection.commit();
  const indexes = table.indexes.map((indexed, place) => {
    return `ADD INDEX ${quote(indexName(table, place))} (${indexed.map(quote).join(', ')})`;
  });
  if (indexes.length > 0) await connection.query(`ALTER TABLE ${quote(table.name)} ${indexes.join(', ')}`);
  await connection.query(`ANALYZE TABLE ${quote(table.name)}`);
  onProgress({ connection: storeName, table: table.name, rows, finished: true });
}

function typeOf(column: LegacyColumnType, inKey: boolean): string {
  switch (column.type) {
    case 'text':
      if (inKey) return `VARCHAR(${column.length ?? INDEXED_LENGTH})`;
      return column.length === undefined || column.length > LONGEST_VARCHAR
        ? 'TEXT'
        : `VARCHAR(${column.length})`;
    case 'integer':
      return 'BIGINT';
    case 'decimal':
      return `DECIMAL(${column.precision},${column.scale})`;
    case 'date':
      return 'DATE';
    case 'datetime':
      return 'DATETIME';
  }
}
