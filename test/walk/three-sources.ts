import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { openSqlAdapter } from '../../adapters/sql/open-sql.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { subgraphSdl } from '../../subgraphs/compose/subgraph-sdl.js';
import { openSmallDepartment } from '../../subgraphs/engine/testing/small-department.js';
import { createHubResolvers } from '../../subgraphs/hub/hub-resolvers.js';
import { NO_REFERENCE } from '../../subgraphs/hub/testing/test-present.js';
import { createLocalSubgraph } from '../../subgraphs/port/local-subgraph.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { buildSubgraph } from '../../subgraphs/port/subgraph-schema.js';
import { createRegistry } from '../../subgraphs/registry/registry.js';
import { startMariadb } from '../databases/start-mariadb.js';
import { startPostgres } from '../databases/start-postgres.js';

/** A row of one of the three stores; `day` is `yyyy-MM-dd`, null for none. */
export interface StoredRow {
  readonly source: 0 | 1 | 2;
  readonly key: number;
  readonly day: string | null;
}

/** One legacy table that a test writes to while the hub reads it. */
interface Store {
  /** The interface over it. */
  readonly name: string;
  /** The row's key as the graph's id shows it. */
  idOf(key: number): string;
  /** Order of keys within the interface. */
  compareKeys(left: number, right: number): number;
  replaceAll(rows: readonly StoredRow[]): Promise<void>;
  insert(row: StoredRow): Promise<void>;
  remove(key: number): Promise<void>;
  touch(key: number): Promise<void>;
  move(key: number, day: string | null): Promise<void>;
}

export interface ThreeSources {
  readonly stores: readonly [Store, Store, Store];
  readonly hub: SubgraphPort;
  close(): Promise<void>;
}

const mapping = (
  name: string,
  table: string,
  key: string,
  date: string,
): string => `interface: ${name}.inspection
title: ${name}
owner: { department: ${name} }
feeds: Inspection
source: { connection: ${name}, table: ${table} }
key: [${key}]
fields:
  department: { value: MARKET }
  date: { column: day, type: Date, ${date} }
  result: { value: NO_ISSUE }
`;

/** The hub over real SQLite, PostgreSQL and MariaDB tables whose keys and dates differ in type and format. */
export async function openThreeSources(): Promise<ThreeSources> {
  const folder = mkdtempSync(join(tmpdir(), 'eg-walk-'));
  const file = join(folder, 'alpha.sqlite');
  const [postgres, mariadb] = await Promise.all([startPostgres(), startMariadb()]);
  const alpha = openAlpha(file);
  const beta = await openBeta(postgres.url);
  const gamma = await openGamma(mariadb.url);
  const adapters = new Map([
    ['alpha', openSqlAdapter({ dialect: 'sqlite', file })],
    ['beta', openSqlAdapter({ dialect: 'postgres', url: postgres.url })],
    ['gamma', openSqlAdapter({ dialect: 'mysql', url: mariadb.url })],
  ]);
  const { feed } = openSmallDepartment(
    [
      mapping('alpha', 'a', 'id', 'format: yyyyMMdd, sorts: asText'),
      mapping('beta', 'b', 'id', 'sorts: native'),
      mapping('gamma', 'g', 'k1, k2', 'format: yyyy-MM-dd, sorts: asText'),
    ],
    adapters,
  );
  const registry = createRegistry({
    feeds: [],
    file: join(folder, 'registry.sqlite'),
    personKey: 'walk-person-key',
  });
  const schema = buildSubgraph(
    subgraphSdl(findProjectRoot(), 'hub'),
    createHubResolvers({
      feeds: [feed],
      registry,
      cursorKey: 'walk-test-cursor-key',
      reference: NO_REFERENCE,
    }),
  );
  return {
    stores: [alpha.store, beta.store, gamma.store],
    hub: createLocalSubgraph('hub', schema),
    close: async () => {
      await registry.close();
      await Promise.all([...adapters.values()].map((adapter) => adapter.close()));
      alpha.close();
      await beta.close();
      await gamma.close();
      await Promise.all([postgres.stop(), mariadb.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const textKey = (key: number): string => `k${key}`;
const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** SQLite: text keys, `yyyyMMdd` text dates; "no date" is garbage of several kinds. */
function openAlpha(file: string): { readonly store: Store; close(): void } {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.exec('create table a (id text primary key, day text, note integer default 0)');
  const none = (key: number): string | null =>
    [null, '', '20260230', 'undefined', '00000000'][key % 5] ?? null;
  const cell = (key: number, day: string | null): string | null => day?.replaceAll('-', '') ?? none(key);
  const insert = database.prepare('insert into a (id, day) values (?, ?)');
  const store: Store = {
    name: 'alpha.inspection',
    idOf: (key) => `alpha.inspection:${textKey(key)}`,
    compareKeys: (left, right) => compareTexts(textKey(left), textKey(right)),
    replaceAll: async (rows) => {
      database.transaction(() => {
        database.exec('delete from a');
        for (const { key, day } of rows) insert.run(textKey(key), cell(key, day));
      })();
    },
    insert: async ({ key, day }) => void insert.run(textKey(key), cell(key, day)),
    remove: async (key) => void database.prepare('delete from a where id = ?').run(textKey(key)),
    touch: async (key) =>
      void database.prepare('update a set note = note + 1 where id = ?').run(textKey(key)),
    move: async (key, day) =>
      void database.prepare('update a set day = ? where id = ?').run(cell(key, day), textKey(key)),
  };
  return { store, close: () => database.close() };
}

/** PostgreSQL: integer keys, a DATE column. */
async function openBeta(url: string): Promise<{ readonly store: Store; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table b (id integer primary key, day date, note integer default 0)');
  const run = async (sql: string, values: readonly unknown[]): Promise<void> => {
    await client.query(sql, [...values]);
  };
  const store: Store = {
    name: 'beta.inspection',
    idOf: (key) => `beta.inspection:${key}`,
    compareKeys: (left, right) => left - right,
    replaceAll: async (rows) => {
      await run('delete from b', []);
      if (rows.length === 0) return;
      await run('insert into b (id, day) select * from unnest($1::integer[], $2::date[])', [
        rows.map(({ key }) => key),
        rows.map(({ day }) => day),
      ]);
    },
    insert: ({ key, day }) => run('insert into b (id, day) values ($1, $2)', [key, day]),
    remove: (key) => run('delete from b where id = $1', [key]),
    touch: (key) => run('update b set note = note + 1 where id = $1', [key]),
    move: (key, day) => run('update b set day = $2 where id = $1', [key, day]),
  };
  return { store, close: () => client.end() };
}

/** MariaDB: a key of two columns, `yyyy-MM-dd` text dates under a case-insensitive default collation. */
async function openGamma(url: string): Promise<{ readonly store: Store; close(): Promise<void> }> {
  const client = await mysql.createConnection({ uri: url });
  await client.query(
    'create table g (k1 varchar(20), k2 integer, day varchar(20), note integer default 0, primary key (k1, k2)) default charset utf8mb4',
  );
  const group = (key: number): string => (key % 2 === 0 ? 'G' : 'h');
  const run = async (sql: string, values: readonly (string | number | null)[]): Promise<void> => {
    await client.execute(sql, [...values]);
  };
  const store: Store = {
    name: 'gamma.inspection',
    idOf: (key) => `gamma.inspection:${group(key)}:${key}`,
    compareKeys: (left, right) => compareTexts(group(left), group(right)) || left - right,
    replaceAll: async (rows) => {
      await run('delete from g', []);
      if (rows.length === 0) return;
      await client.query('insert into g (k1, k2, day) values ?', [
        rows.map(({ key, day }) => [group(key), key, day]),
      ]);
    },
    insert: ({ key, day }) => run('insert into g (k1, k2, day) values (?, ?, ?)', [group(key), key, day]),
    remove: (key) => run('delete from g where k2 = ?', [key]),
    touch: (key) => run('update g set note = note + 1 where k2 = ?', [key]),
    move: (key, day) => run('update g set day = ? where k2 = ?', [day, key]),
  };
  return { store, close: () => client.end() };
}
