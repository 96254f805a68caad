import { ColumnMissing } from '../../source-error.js';
import type { Dialect } from '../dialect.js';
import type { SqlColumn, SqlTable } from '../sql-table.js';

/**
 * Every table and subquery is read under this alias and every column is written with it: SQLite takes an
 * unqualified quoted name that is no column for a text.
 */
export const ROW_ALIAS = 't';

export interface ScopedColumn {
  readonly column: SqlColumn;
  /** The quoted, qualified name. */
  readonly expression: string;
}

/** What names mean while one request is compiled. */
export interface RowScope {
  readonly dialect: Dialect;
  readonly table: SqlTable;
  /** Another row of the same table; default `ROW_ALIAS`. */
  readonly alias?: string;
}

/** @throws {ColumnMissing} when the table has no such column. */
export function resolveColumn({ dialect, table, alias = ROW_ALIAS }: RowScope, name: string): ScopedColumn {
  const column = table.columns.get(name);
  if (column !== undefined) return { column, expression: `${alias}.${dialect.quote(name)}` };
  const known = [...table.columns.keys()].join(', ');
  throw new ColumnMissing(
    `Cannot read column ${JSON.stringify(name)}: table ${table.name} has no such column, but ${known}`,
  );
}
