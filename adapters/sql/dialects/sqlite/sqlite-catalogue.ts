import type { ColumnType } from '../../../source-adapter.js';
import type { RunCatalogueQuery } from '../../dialect.js';
import type { NumberStorage, SqlColumn, SqlIndex, SqlTable } from '../../sql-table.js';

/** Reads what SQLite knows of a table or view; null when there is none. */
export async function loadSqliteTable(object: string, run: RunCatalogueQuery): Promise<SqlTable | null> {
  const [found] = await run(
    `SELECT name, type FROM main.sqlite_schema WHERE type IN ('table', 'view') AND name = ? COLLATE BINARY`,
    [object],
  );
  if (found === undefined) return null;
  // hidden 1 is a hidden column of a virtual table; 2 and 3 are generated columns, which can be read.
  const columnRows = await run(
    `SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?, 'main') WHERE hidden <> 1 ORDER BY cid`,
    [object],
  );
  const primary = columnRows
    .filter((row) => Number(row[3]) > 0)
    .sort((a, b) => Number(a[3]) - Number(b[3]))
    .map((row) => String(row[0]));
  const columns = columnRows.map((row) => {
    const isRowId = primary.length === 1 && row[0] === primary[0] && /^integer$/i.test(String(row[1]));
    return describeColumn(String(row[0]), String(row[1] ?? ''), Number(row[2]) === 0 && !isRowId);
  });
  const indexes = await loadIndexes(object, primary, run);
  const byName = new Map(columns.map((column) => [column.name, withIndexCollation(column, indexes)]));
  return { name: object, isView: found[1] === 'view', columns: byName, indexes };
}

async function loadIndexes(
  object: string,
  primary: readonly string[],
  run: RunCatalogueQuery,
): Promise<readonly SqlIndex[]> {
  const rows = await run(
    `SELECT l.seq, l."unique", l.origin, x.name, x.coll FROM pragma_index_list(?, 'main') AS l
     JOIN pragma_index_xinfo(l.name, 'main') AS x WHERE x.key = 1 AND l.partial = 0 ORDER BY l.seq, x.seqno`,
    [object],
  );
  const groups = groupRows(rows);
  const indexes = [...groups.values()].flatMap((group): SqlIndex[] => {
    // An index on an expression has a term without a name.
    if (group.some((row) => row[3] === null)) return [];
    return [
      {
        columns: group.map((row) => String(row[3])),
        unique: Number(group[0]?.[1]) === 1,
        primary: group[0]?.[2] === 'pk',
        byCodePoint: group.map((row) => row[4] === 'BINARY'),
      },
    ];
  });
  const others = indexes.filter((index) => !index.primary);
  if (primary.length === 0) return others;
  // The primary key of a rowid table has no index of its own.
  const own = indexes.find((index) => index.primary);
  return [
    own ?? { columns: primary, unique: true, primary: true, byCodePoint: primary.map(() => true) },
    ...others,
  ];
}

function groupRows(rows: readonly (readonly unknown[])[]): Map<number, (readonly unknown[])[]> {
  const groups = new Map<number, (readonly unknown[])[]>();
  for (const row of rows) {
    const group = groups.get(Number(row[0]));
    if (group === undefined) groups.set(Number(row[0]), [row]);
    else group.push(row);
  }
  return groups;
}

function describeColumn(name: string, declared: string, nullable: boolean): SqlColumn {
  const base = affinityOf(declared);
  const type = typeOf(declared, base);
  const isNumber = type === 'integer' || type === 'decimal' || type === 'float';
  const numbers: NumberStorage = base === 'TEXT' ? { kind: 'digits' } : { kind: 'mixed' };
  return {
    name,
    type,
    nativeType: declared,
    nullable,
    base,
    collation: isNumber || type === 'binary' ? 'none' : 'codePoint',
    ...(isNumber ? { numbers } : {}),
  };
}

/** The catalogue tells no column's collation, but an index of another one than BINARY gives it away. */
function withIndexCollation(column: SqlColumn, indexes: readonly SqlIndex[]): SqlColumn {
  const isLoose = indexes.some((index) => index.byCodePoint[index.columns.indexOf(column.name)] === false);
  return isLoose && column.collation !== 'none' ? { ...column, collation: 'loose' } : column;
}

/** https://www.sqlite.org/datatype3.html §3.1, in its order of precedence. */
function affinityOf(declared: string): string {
  const upper = declared.toUpperCase();
  if (upper.includes('INT')) return 'INTEGER';
  if (/CHAR|CLOB|TEXT/.test(upper)) return 'TEXT';
  if (upper === '' || upper.includes('BLOB')) return 'BLOB';
  if (/REAL|FLOA|DOUB/.test(upper)) return 'REAL';
  return 'NUMERIC';
}

/**
 * What the declared type promises. `DECIMAL_TEXT(18,2)` has text affinity, so SQLite keeps every digit where
 * `DECIMAL(18,2)` would round to a double; its cells still compare as numbers.
 */
function typeOf(declared: string, base: string): ColumnType {
  const upper = declared.toUpperCase();
  if (base === 'INTEGER') return 'integer';
  if (base === 'TEXT') return /^(?:DEC|NUM)/.test(upper) ? 'decimal' : 'text';
  if (base === 'BLOB') return upper === '' ? 'other' : 'binary';
  if (base === 'REAL') return 'float';
  if (/^(?:DATETIME|TIMESTAMP)/.test(upper)) return 'datetime';
  if (upper.startsWith('DATE')) return 'date';
  if (upper.startsWith('JSON')) return 'json';
  // Databases of others hold 0 and 1 in what they call a boolean; versions hold what was true or false.
  if (upper === 'BOOLEAN_CELL') return 'boolean';
  if (upper.startsWith('BOOL')) return 'integer';
  return /^(?:DEC|NUM)/.test(upper) ? 'decimal' : 'other';
}
