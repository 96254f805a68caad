import pg from 'pg';
import { startPgbouncer } from '../../../../test/databases/start-pgbouncer.js';
import { startPostgres } from '../../../../test/databases/start-postgres.js';
import type { TestDatabase } from '../../../../test/databases/test-database.js';
import { ALWAYS } from '../../../condition.js';
import type { SourceAdapter } from '../../../source-adapter.js';
import { SourceRejected, SourceTimeout } from '../../../source-error.js';
import { wideBounds } from '../../../testing/contract-bounds.js';
import { openSqlAdapter } from '../../open-sql.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await startPostgres();
  await ask(
    database.url,
    `CREATE TABLE permits (id int PRIMARY KEY, at timestamptz);
     INSERT INTO permits VALUES (1, '2026-06-29 16:00:00+00');
     CREATE SEQUENCE counter;
     CREATE VIEW writing AS SELECT nextval('counter') AS n;
     CREATE VIEW facts AS SELECT current_setting('TimeZone') AS zone, current_setting('transaction_read_only') AS guard,
       current_setting('statement_timeout') AS bound, now() - now() + interval '1 day 2 hours' AS span;
     CREATE VIEW slow_rows AS SELECT 1 AS n FROM pg_sleep(20)`,
  );
}, 120_000);

afterAll(() => database.stop(), 60_000);

describe.each(['transaction', 'statement'] as const)('behind pgbouncer in %s mode', (mode) => {
  let pooler: TestDatabase;
  let adapter: SourceAdapter;
  const read = (name: string, columns: readonly string[]) =>
    adapter.read({ from: { name }, columns, where: ALWAYS, orderBy: [], limit: 10 }, wideBounds());

  beforeAll(async () => {
    pooler = await startPgbouncer(database.url, mode);
    adapter = openSqlAdapter({ dialect: 'postgres', url: pooler.url });
  }, 120_000);

  afterAll(async () => {
    await adapter.close();
    await pooler.stop();
  }, 60_000);

  test('the department goes on writing through the sessions that were read on', async () => {
    expect(await read('permits', ['id', 'at'])).toEqual([[1, '2026-06-30 00:00:00']]);
    await Promise.all(Array.from({ length: 8 }, () => read('permits', ['id'])));
    for (const id of [101, 102, 103]) await ask(pooler.url, `INSERT INTO permits VALUES (${id}, now())`);
    await ask(pooler.url, 'DELETE FROM permits WHERE id > 100');
    const [left] = await ask(
      pooler.url,
      "SELECT current_setting('default_transaction_read_only') AS guard, current_setting('statement_timeout') AS bound, current_setting('TimeZone') AS zone",
    );
    expect(left).toMatchObject({ guard: 'off', bound: '0' });
    expect(left?.zone).not.toBe('<+08>-08');
  });

  test('every read has its zone, its bound and its guard, whichever session it meets', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => read('facts', ['zone', 'guard', 'bound', 'span'])),
    );
    for (const [row] of answers)
      expect(row).toEqual(['<+08>-08', 'on', expect.not.stringMatching(/^0$/), '1 day 02:00:00']);
    await expect(read('writing', ['n'])).rejects.toBeInstanceOf(SourceRejected);
  });

  test('a read whose time is up ends at the server, and no other with it', async () => {
    const slow = adapter.read(
      { from: { name: 'slow_rows' }, columns: ['n'], where: ALWAYS, orderBy: [], limit: 1 },
      { ...wideBounds(), timeoutMs: 400 },
    );
    const others = ask(database.url, "SELECT 'untouched' AS state FROM pg_sleep(1)");
    await expect(slow).rejects.toBeInstanceOf(SourceTimeout);
    for (let wait = 0; wait < 100 && (await countSlow()) > 0; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await countSlow()).toBe(0);
    expect(await others).toEqual([{ state: 'untouched' }]);
  });
});

async function countSlow(): Promise<number> {
  const [row] = await ask(
    database.url,
    `SELECT count(*)::int4 AS n FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND query LIKE '%slow_rows%' AND pid <> pg_backend_pid()`,
  );
  return Number(row?.n);
}

async function ask(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
