import type { ColumnType } from '../../../source-adapter.js';
import type { RunCatalogueQuery } from '../../dialect.js';
import type { NumberStorage, SqlColumn, SqlIndex, SqlTable } from '../../sql-table.js';

/** Whether an OID of a collation sorts by the bytes of UTF-8, and whether its `=` compares bytes. */
const COLLATION_FACTS = `
  coalesce(CASE WHEN c.oid = 100
    THEN (SELECT d.datcollate IN ('C', 'POSIX') AND coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c'
      FROM pg_catalog.pg_database d WHERE d.datname = current_database())
    ELSE c.collname IN ('C', 'POSIX', 'ucs_basic') AND c.collprovider = 'c' END, false),
  coalesce(c.collisdeterministic, true)`;

/** Reads what PostgreSQL knows of a table or view in the session's schema; null when there is none. */
export async function loadPostgresTable(object: string, run: RunCatalogueQuery): Promise<SqlTable | null> {
  const [found] = await run(
    `SELECT r.oid, r.relkind FROM pg_catalog.pg_class r
     WHERE r.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = current_schema())
       AND r.relname = $1::text AND r.relkind IN ('r', 'v', 'm', 'p', 'f')`,
    [object],
  );
  if (found === undefined) return null;
  const oid = String(found[0]);
  // A domain may be over another domain; what it is over in the end tells how its cells compare.
  const columnRows = await run(
    `WITH RECURSIVE based AS (
       SELECT t.oid AS type, t.oid AS base FROM pg_catalog.pg_type t
       UNION ALL
       SELECT based.type, t.typbasetype FROM based
       JOIN pg_catalog.pg_type t ON t.oid = based.base WHERE t.typtype = 'd'
     )
     SELECT a.attname, b.typname, b.typtype, pg_catalog.format_type(a.atttypid, a.atttypmod),
       NOT (a.attnotnull OR t.typnotnull), ${COLLATION_FACTS}, b.typcategory
     FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     JOIN based ON based.type = t.oid
     JOIN pg_catalog.pg_type b ON b.oid = based.base AND b.typtype <> 'd'
     LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
     WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [oid],
  );
  const columns = columnRows.map(describeColumn);
  return {
    name: object,
    isView: found[1] === 'v' || found[1] === 'f',
    columns: new Map(columns.map((column) => [column.name, column])),
    indexes: await loadIndexes(oid, run),
  };
}

async function loadIndexes(oid: string, run: RunCatalogueQuery): Promise<readonly SqlIndex[]> {
  const rows = await run(
    `SELECT i.indexrelid, i.indisunique, i.indisprimary, a.attname, i.indcollation[k.place - 1] = 0, ${COLLATION_FACTS}
     FROM pg_catalog.pg_index i
     CROSS JOIN LATERAL generate_series(1, i.indnkeyatts::int4) AS k(place)
     LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.place - 1]
     LEFT JOIN pg_catalog.pg_collation c ON c.oid = i.indcollation[k.place - 1]
     JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
     JOIN pg_catalog.pg_am m ON m.oid = x.relam
     WHERE i.indrelid = $1::oid AND i.indisvalid AND i.indpred IS NULL AND m.amname = 'btree'
     ORDER BY i.indisprimary DESC, i.indexrelid, k.place`,
    [oid],
  );
  const groups = new Map<string, (readonly unknown[])[]>();
  for (const row of rows) {
    const group = groups.get(String(row[0])) ?? [];
    group.push(row);
    groups.set(String(row[0]), group);
  }
  // An index on a bare expression has a term without a name and serves other statements than ours.
  return [...groups.values()]
    .filter((group) => group.every((row) => row[3] !== null))
    .map((group) => ({
      columns: group.map((row) => String(row[3])),
      unique: group[0]?.[1] === 't',
      primary: group[0]?.[2] === 't',
      byCodePoint: group.map((row) => row[4] === 't' || row[5] === 't'),
    }));
}

const TYPES = new Map<string, ColumnType>([
  ['text', 'text'],
  ['varchar', 'text'],
  ['bpchar', 'text'],
  ['name', 'text'],
  ['citext', 'text'],
  ['char', 'text'],
  ['int2', 'integer'],
  ['int4', 'integer'],
  ['int8', 'integer'],
  ['numeric', 'decimal'],
  ['money', 'decimal'],
  ['array', 'text'],
  ['enum', 'text'],
  ['float4', 'float'],
  ['float8', 'float'],
  ['date', 'date'],
  ['timestamp', 'datetime'],
  ['timestamptz', 'datetime'],
  ['bool', 'boolean'],
  ['bytea', 'binary'],
  ['json', 'json'],
  ['jsonb', 'json'],
]);

const NUMBERS = new Map<ColumnType, NumberStorage>([
  ['integer', { kind: 'integer', min: -(2n ** 63n), max: 2n ** 63n - 1n }],
  ['decimal', { kind: 'exact' }],
  ['float', { kind: 'double' }],
]);

function describeColumn(row: readonly unknown[]): SqlColumn {
  const [name, typeName, kind, nativeType, nullable, sortsByCodePoint, equalsByBytes, category] =
    row.map(String);
  const base = kind === 'e' ? 'enum' : category === 'A' ? 'array' : (typeName ?? '');
  const type = TYPES.get(base) ?? 'other';
  const numbers = base === 'float4' ? ({ kind: 'single' } as const) : NUMBERS.get(type);
  return {
    name: name ?? '',
    type,
    nativeType: nativeType ?? base,
    nullable: nullable === 't',
    base,
    collation: collationOf(base, sortsByCodePoint === 't', equalsByBytes === 't'),
    ...(numbers === undefined ? {} : { numbers }),
  };
}

function collationOf(
  base: string,
  sortsByCodePoint: boolean,
  equalsByBytes: boolean,
): SqlColumn['collation'] {
  if (base !== 'text' && base !== 'varchar' && base !== 'bpchar') return 'none';
  if (sortsByCodePoint && base !== 'bpchar') return 'codePoint';
  return equalsByBytes ? 'bytewiseEqual' : 'loose';
}
