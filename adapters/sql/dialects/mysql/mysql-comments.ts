import type { RunCatalogueQuery, TableComments } from '../../dialect.js';
import { readComments } from '../comment-rows.js';

/** What the server's catalogue says of a table or view and its columns. A view's own is no comment. */
export async function loadMysqlComments(object: string, run: RunCatalogueQuery): Promise<TableComments> {
  const rows = await run(
    `SELECT COLUMN_NAME, COLUMN_COMMENT, TABLE_NAME FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?
     UNION ALL
     SELECT NULL, TABLE_COMMENT, TABLE_NAME FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND TABLE_TYPE = 'BASE TABLE'`,
    [object, object],
  );
  // The catalogue's own collation ignores letter case.
  return readComments(rows.filter((row) => row[2] === object));
}
