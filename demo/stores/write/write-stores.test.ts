import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { startMariadb } from '../../../test/databases/start-mariadb.js';
import { startPostgres } from '../../../test/databases/start-postgres.js';
import type { TestDatabase } from '../../../test/databases/test-database.js';
import type { LegacyCell, LegacyStore } from '../legacy-table.js';
import { writeMysql } from './write-mysql.js';
import { writePostgres } from './write-postgres.js';
import { writeSqlite } from './write-sqlite.js';
import type { OnWriteProgress, WriteProgress } from './write-store.js';

/** Cells that a careless writer would change: escapes, quotes, blanks, astral characters, digits, nulls. */
const TEXTS: readonly (string | null)[] = [
  null,
  '',
  '\\N',
  '\\n',
  'a\tb\nc\r\nd\\',
  'o\'clock "quoted" `ticks` ?, :x $1 %s',
  ' trailing  ',
  '𣗋㟙头村🐟',
  '浙嵊渔９０００７',
  'null',
];

function rowsOf(count: number): readonly (readonly LegacyCell[])[] {
  return Array.from({ length: count }, (_, index) => [
    `k${String(index).padStart(6, '0')}`,
    TEXTS[index % TEXTS.length] ?? null,
    index % 7 === 0 ? null : 9_007_199_254_740_993n + BigInt(index),
    index % 5 === 0 ? null : `${index}.10`,
    index === 1 ? '1899-12-31' : index % 3 === 0 ? null : '2026-06-30',
    index % 4 === 0 ? null : '2026-06-30 23:59:59',
    'x'.repeat(index % 900),
  ]);
}

function storeOf(rows: Iterable<readonly LegacyCell[]>): LegacyStore {
  return {
    connection: 'test',
    tables: [
      {
        name: 'dw_检查',
        columns: [
          { name: 'Code', type: 'text', length: 20 },
          { name: '备注', type: 'text' },
          { name: 'number', type: 'integer' },
          { name: 'amount', type: 'decimal', precision: 18, scale: 2 },
          { name: 'day', type: 'date' },
          { name: 'at', type: 'datetime' },
          { name: 'long', type: 'text', length: 1000 },
        ],
        primaryKey: ['Code'],
        indexes: [['day', 'Code'], ['备注'], ['amount']],
        rows,
      },
    ],
  };
}

interface Kind {
  readonly name: string;
  start(): Promise<TestDatabase>;
  write(store: LegacyStore, url: string, onProgress?: OnWriteProgress): Promise<void>;
  /** All cells as text or null, in the order of the key. */
  read(url: string): Promise<readonly (readonly (string | null)[])[]>;
  columnsOfIndexes(url: string): Promise<readonly string[]>;
  /** Leaves the database empty for the next test. */
  clear(url: string): Promise<unknown>;
}

const TABLES = ['dw_检查', 'another'];

const asText = (rows: readonly (readonly unknown[])[]) =>
  rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))));

const sqlite: Kind = {
  name: 'SQLite',
  start: () => {
    const folder = mkdtempSync(join(tmpdir(), 'eg-write-'));
    return Promise.resolve({
      url: join(folder, 'store.sqlite'),
      stop: async () => rmSync(folder, { recursive: true, force: true }),
    });
  },
  write: writeSqlite,
  read: async (url) => {
    const database = new Database(url, { readonly: true });
    try {
      const rows = database.prepare('SELECT * FROM "dw_检查" ORDER BY "Code"').safeIntegers().raw().all();
      return asText(rows as readonly (readonly unknown[])[]);
    } finally {
      database.close();
    }
  },
  clear: async (url) => rmSync(url, { force: true }),
  columnsOfIndexes: async (url) => {
    const database = new Database(url, { readonly: true });
    try {
      const rows = database
        .prepare(
          `SELECT group_concat(x.name) FROM pragma_index_list('dw_检查') l, pragma_index_info(l.name) x GROUP BY l.name`,
        )
        .pluck()
        .all();
      return rows.map(String);
    } finally {
      database.close();
    }
  },
};

async function queryPostgres(url: string, text: string): Promise<readonly (readonly unknown[])[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const types = { getTypeParser: () => (value: string) => value };
    return (await client.query({ text, rowMode: 'array', types })).rows as readonly (readonly unknown[])[];
  } finally {
    await client.end();
  }
}

const postgres: Kind = {
  name: 'PostgreSQL',
  start: startPostgres,
  write: (store, url, onProgress) => writePostgres(store, { url }, onProgress),
  read: async (url) => asText(await queryPostgres(url, 'SELECT * FROM "dw_检查" ORDER BY "Code"')),
  clear: (url) => queryPostgres(url, `DROP TABLE IF EXISTS ${TABLES.map((name) => `"${name}"`).join(', ')}`),
  columnsOfIndexes: async (url) => {
    const rows = await queryPostgres(url, `SELECT indexdef FROM pg_indexes WHERE tablename = 'dw_检查'`);
    return rows.map(([text]) => /\((.*)\)/.exec(String(text))?.[1]?.replace(/["\s]/g, '') ?? '');
  },
};

async function queryMysql(url: string, text: string): Promise<readonly (readonly unknown[])[]> {
  const connection = await mysql.createConnection({
    uri: url,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    charset: 'utf8mb4',
  });
  try {
    const [rows] = await connection.query({ sql: text, rowsAsArray: true });
    return rows as readonly (readonly unknown[])[];
  } finally {
    await connection.end();
  }
}

const mariadb: Kind = {
  name: 'MariaDB',
  start: startMariadb,
  write: (store, url, onProgress) => writeMysql(store, { url }, onProgress),
  read: async (url) => asText(await queryMysql(url, 'SELECT * FROM `dw_检查` ORDER BY `Code`')),
  clear: (url) => queryMysql(url, `DROP TABLE IF EXISTS ${TABLES.join(', ')}`),
  columnsOfIndexes: async (url) => {
    const rows = await queryMysql(
      url,
      `SELECT GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) FROM information_schema.STATISTICS
       WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'dw_检查' GROUP BY INDEX_NAME`,
    );
    return rows.map(([text]) => String(text));
  },
};

describe.each([sqlite, postgres, mariadb])('writing a store to $name', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await kind.start();
  });
  afterEach(() => kind.clear(database.url));
  afterAll(() => database.stop());

  it('keeps every cell of every row', async () => {
    const rows = rowsOf(4_321);
    const told: WriteProgress[] = [];
    await kind.write(storeOf(rows), database.url, (progress) => told.push(progress));
    expect(await kind.read(database.url)).toEqual(asText(rows));
    expect(told.at(-1)).toEqual({ connection: 'test', table: 'dw_检查', rows: 4_321, finished: true });
    expect(told.length).toBeGreaterThan(2);
  });

  it('makes the key and the indexes', async () => {
    await kind.write(storeOf(rowsOf(10)), database.url);
    expect([...(await kind.columnsOfIndexes(database.url))].sort()).toEqual([
      'Code',
      'amount',
      'day,Code',
      '备注',
    ]);
  });

  it('refuses a key that stands twice', async () => {
    await expect(kind.write(storeOf([...rowsOf(3), ...rowsOf(1)]), database.url)).rejects.toBeDefined();
  });

  it('refuses to write into a table that is there', async () => {
    await kind.write(storeOf(rowsOf(3)), database.url);
    await expect(kind.write(storeOf(rowsOf(3)), database.url)).rejects.toBeDefined();
    expect(await kind.read(database.url)).toHaveLength(3);
  });

  it('tells which row has too few cells, and what the rows themselves fail with', async () => {
    const short = [...rowsOf(700), ['k', 'only two']];
    await expect(kind.write(storeOf(short), database.url)).rejects.toThrow('row 701 of dw_检查');
    function* failing(): Generator<readonly LegacyCell[]> {
      yield* rowsOf(600);
      throw new Error('the world ended');
    }
    const other = storeOf({ [Symbol.iterator]: failing });
    const renamed = { ...other, tables: other.tables.map((table) => ({ ...table, name: 'another' })) };
    await expect(kind.write(renamed, database.url)).rejects.toThrow('the world ended');
  });

  it('cuts no text: what is longer than its column is refused, or kept by SQLite, which knows no lengths', async () => {
    const [row = []] = rowsOf(1);
    const long = 'x'.repeat(21);
    const writing = kind.write(storeOf([[long, ...row.slice(1)]]), database.url);
    if (kind !== sqlite) await expect(writing).rejects.toThrow();
    else {
      await writing;
      expect((await kind.read(database.url))[0]?.[0]).toBe(long);
    }
  });
});
