import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { openSqlAdapter } from '../../../adapters/sql/open-sql.js';
import { startMariadb } from '../../../test/databases/start-mariadb.js';
import { startPostgres } from '../../../test/databases/start-postgres.js';

export interface OpenDatabase {
  readonly adapter: SourceAdapter;
  stop(): Promise<void>;
}

/** A column of the table `cells`, and its cells in the order of the table's `id`. */
interface CellColumn {
  readonly type: 'text' | 'double' | 'single' | 'decimal' | 'bigint';
  readonly cells: readonly (string | number | null)[];
}

/** Columns by name, all of one length. */
type CellTable = Readonly<Record<string, CellColumn>>;

interface CellDatabase {
  readonly name: string;
  /** Starts an empty database with one table `cells (id, …)`. */
  open(table: CellTable): Promise<OpenDatabase>;
}

export const CELL_DATABASES: readonly CellDatabase[] = [
  {
    name: 'SQLite',
    open: async (table) => {
      const folder = mkdtempSync(join(tmpdir(), 'conditions-'));
      const file = join(folder, 'cells.sqlite');
      const database = new Database(file);
      const types = {
        text: 'TEXT',
        double: 'REAL',
        single: 'REAL',
        decimal: 'DECIMAL(20,6)',
        bigint: 'INTEGER',
      };
      database.exec(`CREATE TABLE cells (id INTEGER PRIMARY KEY, ${columnsOf(table, types)})`);
      const insert = database.prepare(`INSERT INTO cells VALUES (?, ${placeholders(table, () => '?')})`);
      for (const row of rowsOf(table)) insert.run(...row);
      database.close();
      const adapter = openSqlAdapter({ dialect: 'sqlite', file });
      return { adapter, stop: async () => rmSync(folder, { recursive: true }) };
    },
  },
  {
    name: 'PostgreSQL',
    open: async (table) => {
      const server = await startPostgres();
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      const types = {
        text: 'text',
        double: 'float8',
        single: 'float4',
        decimal: 'numeric(20,6)',
        bigint: 'int8',
      };
      await client.query(`CREATE TABLE cells (id int4 PRIMARY KEY, ${columnsOf(table, types)})`);
      const insert = `INSERT INTO cells VALUES ($1, ${placeholders(table, (index) => `$${index + 2}`)})`;
      for (const row of rowsOf(table)) await client.query(insert, row);
      await client.end();
      return { adapter: openSqlAdapter({ dialect: 'postgres', url: server.url }), stop: () => server.stop() };
    },
  },
  {
    name: 'MariaDB',
    open: async (table) => {
      const server = await startMariadb();
      const connection = await mysql.createConnection({ uri: server.url, charset: 'utf8mb4' });
      const types = {
        text: 'VARCHAR(100)',
        double: 'DOUBLE',
        single: 'FLOAT',
        decimal: 'DECIMAL(20,6)',
        bigint: 'BIGINT',
      };
      await connection.query(
        `CREATE TABLE cells (id INT PRIMARY KEY, ${columnsOf(table, types)}) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`,
      );
      const insert = `INSERT INTO cells VALUES (?, ${placeholders(table, () => '?')})`;
      for (const row of rowsOf(table)) await connection.query(insert, row);
      await connection.end();
      return { adapter: openSqlAdapter({ dialect: 'mysql', url: server.url }), stop: () => server.stop() };
    },
  },
];

function columnsOf(table: CellTable, types: { readonly [type in CellColumn['type']]: string }): string {
  return Object.entries(table)
    .map(([name, { type }]) => `${name} ${types[type]}`)
    .join(', ');
}

function placeholders(table: CellTable, placeholder: (index: number) => string): string {
  return Object.keys(table)
    .map((_, index) => placeholder(index))
    .join(', ');
}

function rowsOf(table: CellTable): (string | number | null)[][] {
  const columns = Object.values(table);
  const length = columns[0]?.cells.length ?? 0;
  return Array.from({ length }, (_, id) => [id, ...columns.map(({ cells }) => cells[id] ?? null)]);
}
