import pg from 'pg';
import { startPostgres } from '../../test/databases/start-postgres.js';
import { describeAdapterContract } from '../testing/adapter-contract.js';
import type { ContractCell, ContractSource, ContractTable } from '../testing/contract-source.js';
import { openSqlAdapter } from './open-sql.js';

const TYPES = {
  text: 'varchar(200) COLLATE "und-x-icu"',
  integer: 'int8',
  decimal: 'numeric(32, 8)',
  float: 'float8',
  date: 'date',
  datetime: 'timestamp',
  binary: 'bytea',
} as const;

async function createSource(): Promise<ContractSource> {
  const database = await startPostgres();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('CREATE VIEW slow_rows AS SELECT 1 AS n FROM pg_sleep(20)');
  return {
    create: (table) => fill(client, table),
    open: () => openSqlAdapter({ dialect: 'postgres', url: database.url }),
    openDead: () => openSqlAdapter({ dialect: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' }),
    slowObject: 'slow_rows',
    countSlow: async () => {
      const { rows } = await client.query(
        `SELECT count(*)::int4 AS n FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow_rows%' AND pid <> pg_backend_pid()`,
      );
      return rows[0].n;
    },
    stop: async () => {
      await client.end();
      await database.stop();
    },
  };
}

async function fill(client: pg.Client, table: ContractTable): Promise<void> {
  const columns = table.columns.map(
    ({ name, type, nullable }) => `"${name}" ${TYPES[type]}${nullable ? '' : ' NOT NULL'}`,
  );
  const key = table.primaryKey.map((name) => `"${name}"`).join(', ');
  await client.query(`CREATE TABLE "${table.name}" (${columns.join(', ')}, PRIMARY KEY (${key}))`);
  const places = table.columns.map((_, index) => `$${index + 1}`).join(', ');
  for (const row of table.rows)
    await client.query(`INSERT INTO "${table.name}" VALUES (${places})`, row.map(toWire));
}

function toWire(cell: ContractCell): string | Buffer | null {
  if (cell === null) return null;
  return cell instanceof Uint8Array ? Buffer.from(cell) : String(cell);
}

describeAdapterContract('postgres', createSource);
