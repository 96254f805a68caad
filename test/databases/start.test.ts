import mysql from 'mysql2/promise';
import pg from 'pg';
import { openSqlAdapter } from '../../adapters/sql/open-sql.js';
import { startMariadb } from './start-mariadb.js';
import { startPostgres } from './start-postgres.js';

test('startPostgres() gives an empty database that takes tables', async () => {
  const database = await startPostgres();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('CREATE TABLE t (a int)');
  const { rows } = await client.query(
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  await client.end();
  await database.stop();
  await database.stop();
  expect(rows).toEqual([{ relname: 't' }]);
});

test('startMariadb() gives an empty database that takes tables', async () => {
  const database = await startMariadb();
  const connection = await mysql.createConnection({ uri: database.url });
  await connection.query('CREATE TABLE t (a int)');
  const [rows] = await connection.query({ sql: 'SHOW TABLES', rowsAsArray: true });
  connection.destroy();
  await database.stop();
  await database.stop();
  expect(rows).toEqual([['t']]);
});

describe('a server that is given by its URL', () => {
  const given = { PG_URL: process.env.PG_URL, MYSQL_URL: process.env.MYSQL_URL };

  afterEach(() => {
    for (const [name, value] of Object.entries(given)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  test.each([
    ['PG_URL', startPostgres],
    ['MYSQL_URL', startMariadb],
  ] as const)('%s gets a database of its own, which is dropped, and goes on running', async (name, start) => {
    const server = await start();
    process.env[name] = server.url;
    const first = await start();
    const second = await start();
    expect(new Set([server.url, first.url, second.url]).size).toBe(3);
    expect(new URL(first.url).port).toBe(new URL(server.url).port);
    await first.stop();
    await expect(probe(first.url)).rejects.toThrow();
    await expect(probe(second.url)).resolves.toBeUndefined();
    await second.stop();
    await server.stop();
    await expect(probe(server.url)).rejects.toThrow();
  });

  async function probe(url: string): Promise<void> {
    const dialect = url.startsWith('mysql') ? 'mysql' : 'postgres';
    const adapter = openSqlAdapter({ dialect, url });
    await adapter
      .probe({ signal: new AbortController().signal, timeoutMs: 5000, maxBytes: 1000 })
      .finally(() => adapter.close());
  }
});
