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
import type { RowCondition } from '../../kinds/row-condition.js';
import { PUSHED_CASES, PUSHED_MAPPING, PUSHED_SQL, type PushedCase } from '../testing/pushed-cases.js';
import { type RecordedSource, recordSource } from '../testing/recorded-source.js';
import { openSmallDepartment, type SmallDepartment, testContext } from '../testing/small-department.js';

interface OpenDatabase {
  readonly adapter: SourceAdapter;
  stop(): Promise<void>;
}

const DATABASES: readonly { readonly name: string; open(): Promise<OpenDatabase> }[] = [
  {
    name: 'SQLite',
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'push-down-'));
      const file = join(folder, 'cases.sqlite');
      const database = new Database(file);
      for (const statement of PUSHED_SQL) database.exec(statement);
      database.close();
      const adapter = openSqlAdapter({ dialect: 'sqlite', file });
      return { adapter, stop: async () => rmSync(folder, { recursive: true }) };
    },
  },
  {
    name: 'PostgreSQL',
    open: async () => {
      const server = await startPostgres();
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      for (const statement of PUSHED_SQL) await client.query(statement);
      await client.end();
      return { adapter: openSqlAdapter({ dialect: 'postgres', url: server.url }), stop: () => server.stop() };
    },
  },
  {
    name: 'MariaDB',
    open: async () => {
      const server = await startMariadb();
      const connection = await mysql.createConnection({ uri: server.url, charset: 'utf8mb4' });
      for (const statement of PUSHED_SQL) await connection.query(statement);
      await connection.end();
      return { adapter: openSqlAdapter({ dialect: 'mysql', url: server.url }), stop: () => server.stop() };
    },
  },
];

const ALL = 'abcdef';
const without = (keys: string): string => [...ALL].filter((key) => !keys.includes(key)).join('');

/** What a filter gives, and what it costs. */
interface Found {
  /** Keys of the rows of the page. */
  readonly wanted: string;
  readonly count: number;
  /** Keys of the rows that left the source for it. */
  readonly leaving: string;
  /** Columns that were read, or counted by, for the filter alone. */
  readonly columns: readonly [read: number, grouped: number];
}

function expectFound(filter: RowCondition, found: Found, { wanted, share }: Omit<PushedCase, 'where'>): void {
  const { leaving, columns, ...given } = found;
  expect({ filter, ...given }).toEqual({ filter, wanted, count: wanted.length });
  if (share === 'all')
    expect({ filter, leaving, columns }).toEqual({ filter, leaving: wanted, columns: [0, 0] });
  if (share === 'some') expect({ filter, less: leaving.length < ALL.length }).toEqual({ filter, less: true });
}

describe.each(DATABASES)('what $name is asked to filter by', ({ open }) => {
  let database: OpenDatabase;
  let source: RecordedSource;
  let market: SmallDepartment;

  beforeAll(async () => {
    database = await open();
    source = recordSource(database.adapter);
    market = openSmallDepartment([PUSHED_MAPPING], new Map([['market', source.adapter]]));
    // The keys are looked at once, before the first answer.
    await market.feed.freshness(testContext());
  });
  afterAll(async () => {
    await database.adapter.close();
    await database.stop();
  });

  async function find(where: RowCondition): Promise<Found> {
    source.sent.length = 0;
    const request = { kind: 'Case', where } as const;
    const [page] = await market.feed.page(
      { ...request, orderBy: [], reversed: false, limit: 50, fields: [] },
      testContext(),
    );
    const [tally] = await market.feed.tally({ ...request, by: [], measures: [] }, testContext());
    const [read, counted, ...more] = source.sent;
    if (read?.operation !== 'read' || counted?.operation !== 'tally' || more.length > 0) {
      throw new Error(`not one read and one tally: ${page?.reason}, ${tally?.reason}`);
    }
    return {
      wanted: page?.data?.rows.map(({ key }) => key.join()).join('') ?? '',
      count: tally?.data?.[0]?.count ?? 0,
      leaving: read.rows.map(([key]) => String(key)).join(''),
      // Every row has a key, and a column by which it names its subject.
      columns: [read.request.columns.length - 2, counted.request.groupBy.length],
    };
  }

  it.each(PUSHED_CASES)('$where', async (one) => {
    expectFound(one.where, await find(one.where), one);
  });

  it('the opposite of what it decides alone', async () => {
    for (const { where, wanted, share } of PUSHED_CASES) {
      const opposite = { wanted: without(wanted), share: share === 'all' ? 'all' : 'any' } as const;
      expectFound({ not: where }, await find({ not: where }), opposite);
    }
  });
});
