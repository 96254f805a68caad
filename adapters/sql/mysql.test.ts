import mysql from 'mysql2/promise';
import { startMariadb } from '../../test/databases/start-mariadb.js';
import { describeAdapterContract } from '../testing/adapter-contract.js';
import type { ContractCell, ContractSource, ContractTable } from '../testing/contract-source.js';
import { openSqlAdapter } from './open-sql.js';

const TYPES = {
  text: 'varchar(200)',
  integer: 'bigint',
  decimal: 'decimal(32, 8)',
  float: 'double',
  date: 'date',
  datetime: 'datetime(6)',
  binary: 'varbinary(200)',
} as const;

async function createSource(): Promise<ContractSource> {
  const database = await startMariadb();
  const connection = await mysql.createConnection({ uri: database.url, charset: 'utf8mb4' });
  await connection.query('CREATE VIEW slow_rows AS SELECT 1 AS n, SLEEP(20) AS nap');
  return {
    create: (table) => fill(connection, table),
    open: () => openSqlAdapter({ dialect: 'mysql', url: database.url }),
    openDead: () => openSqlAdapter({ dialect: 'mysql', url: 'mysql://nobody@127.0.0.1:1/none' }),
    slowObject: 'slow_rows',
    countSlow: async () => {
      const [rows] = await connection.query<mysql.RowDataPacket[]>(
        `SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST
         WHERE INFO LIKE '%slow_rows%' AND ID <> CONNECTION_ID()`,
      );
      return Number(rows[0]?.n);
    },
    stop: async () => {
      connection.destroy();
      await database.stop();
    },
  };
}

async function fill(connection: mysql.Connection, table: ContractTable): Promise<void> {
  const columns = table.columns.map(
    ({ name, type, nullable }) => `\`${name}\` ${TYPES[type]}${nullable ? '' : ' NOT NULL'}`,
  );
  const indexes = table.columns
    .filter(({ type }) => type === 'text')
    .map(({ name }) => `, INDEX \`by_${name}\` (\`${name}\`)`);
  const key = table.primaryKey.map((name) => `\`${name}\``).join(', ');
  await connection.query(
    `CREATE TABLE \`${table.name}\` (${columns.join(', ')}, PRIMARY KEY (${key})${indexes.join('')})`,
  );
  const places = table.columns.map(() => '?').join(', ');
  for (const row of table.rows) {
    await connection.execute(`INSERT INTO \`${table.name}\` VALUES (${places})`, row.map(toWire));
  }
}

function toWire(cell: ContractCell): string | number | Buffer | null {
  if (cell === null || typeof cell === 'number') return cell;
  return cell instanceof Uint8Array ? Buffer.from(cell) : String(cell);
}

describeAdapterContract('mariadb', createSource);
