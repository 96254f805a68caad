import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describeAdapterContract } from '../testing/adapter-contract.js';
import type { ContractSource, ContractTable } from '../testing/contract-source.js';
import { openSqlAdapter } from './open-sql.js';

const TYPES = {
  text: 'TEXT COLLATE NOCASE',
  integer: 'INTEGER',
  decimal: 'DECIMAL_TEXT(32, 8)',
  float: 'DOUBLE',
  date: 'DATE',
  datetime: 'DATETIME',
  binary: 'BLOB',
} as const;

function createSource(): ContractSource {
  const folder = mkdtempSync(join(tmpdir(), 'enforcement-sqlite-'));
  const file = join(folder, 'contract.db');
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.exec(
    `CREATE VIEW slow_rows AS WITH RECURSIVE c(n) AS
       (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 30000000) SELECT max(n) AS n FROM c`,
  );
  return {
    create: async (table) => fill(database, table),
    open: () => openSqlAdapter({ dialect: 'sqlite', file }),
    openDead: () => openSqlAdapter({ dialect: 'sqlite', file: join(folder, 'missing.db') }),
    slowObject: 'slow_rows',
    countSlow: async () => 0,
    stop: async () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fill(database: Database.Database, table: ContractTable): void {
  const columns = table.columns.map(
    ({ name, type, nullable }) => `"${name}" ${TYPES[type]}${nullable ? '' : ' NOT NULL'}`,
  );
  const key = table.primaryKey.map((name) => `"${name}"`).join(', ');
  database.exec(`CREATE TABLE "${table.name}" (${columns.join(', ')}, PRIMARY KEY (${key}))`);
  for (const { name, type } of table.columns) {
    if (type === 'text') database.exec(`CREATE INDEX "${table.name}_${name}" ON "${table.name}" ("${name}")`);
  }
  const insert = database.prepare(
    `INSERT INTO "${table.name}" VALUES (${table.columns.map(() => '?').join(', ')})`,
  );
  database.transaction(() => {
    for (const row of table.rows) insert.run(...row);
  })();
}

describeAdapterContract('sqlite', async () => createSource());
