import type { ColumnType } from '../../../source-adapter.js';
import type { RunCatalogueQuery } from '../../dialect.js';
import type { NumberStorage, SqlColumn, SqlIndex, SqlTable } from '../../sql-table.js';

/** Collations that compare the bytes of utf8mb4 to their very end: MariaDB's and MySQL 8's. */
const CODE_POINT_COLLATIONS = new Set(['utf8mb4_nopad_bin', 'utf8mb4_0900_bin']);

/** Reads what the server knows of a table or view in the connection's database; null when there is none. */
export async function loadMysqlTable(object: string, run: RunCatalogueQuery): Promise<SqlTable | null> {
  const columnRows = await run(
    `SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, NUMERIC_PRECISION, NUMERIC_SCALE,
       DATETIME_PRECISION, CHARACTER_SET_NAME, COLLATION_NAME, VERSION()
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?
     ORDER BY ORDINAL_POSITION`,
    [object],
  );
  // The catalogue's own collation ignores letter case.
  const columns = columnRows.filter((row) => row[0] === object).map(describeColumn);
  if (columns.length === 0) return null;
  const byName = new Map(columns.map((column) => [column.name, column]));
  const [kind] = await run(
    `SELECT TABLE_TYPE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?`,
    [object],
  );
  const isView = /VIEW/i.test(String(kind?.[0]));
  return { name: object, isView, columns: byName, indexes: await loadIndexes(object, byName, run) };
}

async function loadIndexes(
  object: string,
  columns: ReadonlyMap<string, SqlColumn>,
  run: RunCatalogueQuery,
): Promise<readonly SqlIndex[]> {
  const rows = await run(
    `SELECT INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART, TABLE_NAME FROM information_schema.STATISTICS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND INDEX_TYPE = 'BTREE'
     ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX`,
    [object],
  );
  const groups = new Map<string, (readonly unknown[])[]>();
  for (const row of rows) {
    if (row[4] !== object) continue;
    const group = groups.get(String(row[0])) ?? [];
    group.push(row);
    groups.set(String(row[0]), group);
  }
  // Neither an index on an expression nor one on a text's beginning serves an order.
  const whole = [...groups].filter(([, group]) => group.every((row) => row[2] !== null && row[3] === null));
  return whole.map(([name, group]) => {
    const names = group.map((row) => String(row[2]));
    return {
      columns: names,
      unique: Number(group[0]?.[1]) === 0,
      primary: name === 'PRIMARY',
      byCodePoint: names.map((column) => {
        const collation = columns.get(column)?.collation;
        return collation === 'codePoint' || collation === 'none';
      }),
    };
  });
}

const TYPES = new Map<string, ColumnType>([
  ['char', 'text'],
  ['varchar', 'text'],
  ['tinytext', 'text'],
  ['text', 'text'],
  ['mediumtext', 'text'],
  ['longtext', 'text'],
  ['enum', 'text'],
  ['set', 'text'],
  ['tinyint', 'integer'],
  ['smallint', 'integer'],
  ['mediumint', 'integer'],
  ['int', 'integer'],
  ['bigint', 'integer'],
  ['year', 'integer'],
  ['bit', 'integer'],
  ['decimal', 'decimal'],
  ['float', 'float'],
  ['double', 'float'],
  ['date', 'date'],
  ['datetime', 'datetime'],
  ['timestamp', 'datetime'],
  ['binary', 'binary'],
  ['varbinary', 'binary'],
  ['tinyblob', 'binary'],
  ['blob', 'binary'],
  ['mediumblob', 'binary'],
  ['longblob', 'binary'],
  ['json', 'json'],
]);

function describeColumn(row: readonly unknown[]): SqlColumn {
  const [, name, dataType, nativeType, nullable, precision, scale, fraction, charset, collation, version] =
    row;
  const base = String(dataType).toLowerCase();
  const type = TYPES.get(base) ?? 'other';
  const places = scale === null ? null : Number(scale);
  const numbers = numbersOf(type, base, String(nativeType), Number(precision), places);
  return {
    name: String(name),
    type,
    nativeType: String(nativeType),
    nullable: nullable === 'YES',
    base,
    collation: collationOf(type, base, collation),
    codePointCollation: /mariadb/i.test(String(version)) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin',
    ...(typeof charset === 'string' && charset !== 'utf8mb4' && /^[a-z0-9_]+$/.test(charset)
      ? { charset }
      : {}),
    ...(numbers === undefined ? {} : { numbers }),
    ...(type === 'datetime' && Number(fraction) > 0 ? { hasFraction: true } : {}),
  };
}

function collationOf(type: ColumnType, base: string, collation: unknown): SqlColumn['collation'] {
  if (type !== 'text') return 'none';
  const isOrdinary = base !== 'enum' && base !== 'set';
  return isOrdinary && CODE_POINT_COLLATIONS.has(String(collation)) ? 'codePoint' : 'loose';
}

function numbersOf(
  type: ColumnType,
  base: string,
  nativeType: string,
  precision: number,
  scale: number | null,
): NumberStorage | undefined {
  if (type === 'decimal') return { kind: 'fixed', precision, scale: scale ?? 0 };
  if (base === 'float') return { kind: 'single', ...(scale !== null && { places: scale }) };
  if (type === 'float') return { kind: 'double' };
  if (type !== 'integer') return undefined;
  const isUnsigned = base === 'bit' || base === 'year' || /unsigned/i.test(nativeType);
  return isUnsigned
    ? { kind: 'integer', min: 0n, max: 2n ** 64n - 1n }
    : { kind: 'integer', min: -(2n ** 63n), max: 2n ** 63n - 1n };
}
