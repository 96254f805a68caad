import mysql from 'mysql2/promise';
import pg from 'pg';
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
