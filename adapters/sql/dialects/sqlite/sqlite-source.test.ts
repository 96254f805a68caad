import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startOwnTime } from '../../../../test/own-time.js';
import { ALWAYS, type Condition } from '../../../condition.js';
import type { ReadRequest } from '../../../source-adapter.js';
import { SourceMalformed, SourceRejected, SourceTimeout, SourceUnavailable } from '../../../source-error.js';
import { wideBounds } from '../../../testing/contract-bounds.js';
import { openSqlAdapter } from '../../open-sql.js';
import type { SqlAdapter } from '../../sql-adapter.js';

const READ: ReadRequest = {
  from: { name: 'items' },
  columns: ['id', 'name'],
  where: ALWAYS,
  orderBy: [{ column: 'id', direction: 'asc', nulls: 'first' }],
  limit: 100,
};

let folder = '';
let file = '';
let adapter: SqlAdapter;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enforcement-sqlite-'));
  file = join(folder, 'source.db');
  adapter = openSqlAdapter({ dialect: 'sqlite', file });
});

afterEach(async () => {
  await adapter.close();
  rmSync(folder, { recursive: true, force: true });
});

function createItems(path: string, name: string, journal: 'wal' | 'delete' = 'delete'): Database.Database {
  const database = new Database(path);
  database.pragma(`journal_mode = ${journal}`);
  database.exec('CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)');
  database.prepare('INSERT INTO items VALUES (1, ?)').run(name);
  return database;
}

test('a file that appears later is served without opening the adapter again', async () => {
  await expect(adapter.read(READ, wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
  createItems(file, 'late').close();
  expect(await adapter.read(READ, wideBounds())).toEqual([[1, 'late']]);
});

test('a file that was replaced or removed while it was open is noticed', async () => {
  createItems(file, 'old').close();
  expect(await adapter.read(READ, wideBounds())).toEqual([[1, 'old']]);
  createItems(join(folder, 'next.db'), 'new').close();
  renameSync(join(folder, 'next.db'), file);
  expect(await adapter.read(READ, wideBounds())).toEqual([[1, 'new']]);
  rmSync(file);
  await expect(adapter.read(READ, wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
});

test('a file that is no database is malformed', async () => {
  writeFileSync(file, 'department,year\n'.repeat(500));
  await expect(adapter.read(READ, wideBounds())).rejects.toBeInstanceOf(SourceMalformed);
});

test('a locked file costs its caller the deadline and nobody else anything', async () => {
  const writer = createItems(file, 'a');
  await adapter.probe(wideBounds());
  writer.exec('BEGIN EXCLUSIVE');
  const time = startOwnTime();
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 10);
  await expect(adapter.read(READ, { ...wideBounds(), timeoutMs: 300 })).rejects.toBeInstanceOf(SourceTimeout);
  clearInterval(ticking);
  expect(time.stop()).toBeLessThan(1000);
  expect(ticks).toBeGreaterThan(10);
  writer.exec('COMMIT');
  writer.close();
  expect(await adapter.read(READ, wideBounds())).toEqual([[1, 'a']]);
});

test('locked files, however many, hold up no other file', async () => {
  const locked = Array.from({ length: 6 }, (_, place) => {
    const path = join(folder, `locked-${place}.db`);
    const writer = createItems(path, 'locked');
    writer.exec('BEGIN EXCLUSIVE');
    return { writer, source: openSqlAdapter({ dialect: 'sqlite', file: path }) };
  });
  const held = locked.map(({ source }) => source.read(READ, { ...wideBounds(), timeoutMs: 4000 }));
  const refusals = Promise.allSettled(held);
  createItems(file, 'free').close();
  const time = startOwnTime();
  expect(await adapter.read(READ, wideBounds())).toEqual([[1, 'free']]);
  expect(time.stop()).toBeLessThan(2000);
  for (const { writer } of locked) writer.exec('COMMIT').close();
  for (const { status } of await refusals) expect(status).toBe('fulfilled');
  await Promise.all(locked.map(({ source }) => source.close()));
});

test('rows that others commit to a WAL file are in the next read, whole transactions at a time', async () => {
  const writer = createItems(file, 'a', 'wal');
  expect(await adapter.read(READ, wideBounds())).toHaveLength(1);
  writer.exec(`BEGIN; INSERT INTO items VALUES (2, 'b')`);
  expect(await adapter.read(READ, wideBounds())).toHaveLength(1);
  writer.exec('COMMIT');
  expect(await adapter.read(READ, wideBounds())).toHaveLength(2);
  writer.close();
});

test('a column that has gone is rejected, never read as a text of its name', async () => {
  const writer = createItems(file, 'a');
  expect(await adapter.read(READ, wideBounds())).toHaveLength(1);
  writer.exec('ALTER TABLE items RENAME COLUMN name TO title');
  await expect(adapter.read(READ, wideBounds())).rejects.toBeInstanceOf(SourceRejected);
  expect(await adapter.read({ ...READ, columns: ['title'] }, wideBounds())).toEqual([['a']]);
  writer.close();
});

test('cells of another kind than their column keep their place in the order and match nothing', async () => {
  const database = new Database(file);
  database.exec(`CREATE TABLE items (id INTEGER, name DATE);
    INSERT INTO items VALUES (3, '2026-06-30'), ('x', 20260630), (1.5, '2026-6-30'), (x'00', x'FF'), (NULL, '2026-07-01')`);
  database.close();
  const ids: unknown[] = [];
  let after: ReadRequest['after'];
  do {
    const page = await adapter.read(
      { ...READ, limit: 1, ...(after === undefined ? {} : { after }) },
      wideBounds(),
    );
    after = page.map((row) => row[0] ?? null);
    ids.push(...after);
  } while (after.length > 0);
  expect(ids).toEqual([null, 1.5, 3, 'x', new Uint8Array([0])]);
  const find = async (where: ReadRequest['where']) =>
    (await adapter.read({ ...READ, where }, wideBounds())).map((row) => row[0]);
  expect(await find({ kind: 'compare', column: 'id', op: 'gt', value: 1 })).toEqual([1.5, 3]);
  expect(await find({ kind: 'compare', column: 'name', op: 'eq', value: '20260630' })).toEqual([]);
  expect(await find({ kind: 'compare', column: 'name', op: 'gt', value: '20260630' })).toEqual([]);
  expect(await find({ kind: 'compare', column: 'name', op: 'lt', value: '20260630' })).toEqual([
    null,
    1.5,
    3,
  ]);
  expect(await find({ kind: 'compare', column: 'name', op: 'gt', value: '2026-' })).toEqual([null, 1.5, 3]);
  expect(await find({ kind: 'compare', column: 'name', op: 'lt', value: '3' })).toEqual([null, 1.5, 3]);
  expect(await find({ kind: 'contains', column: 'name', text: '' })).toEqual([null, 1.5, 3, 'x']);
  expect(await find({ kind: 'matches', column: 'name', pattern: '[0-9]{8}' })).toEqual(['x']);
});

test('digits held as text sort by value, for which there is no index to suggest', async () => {
  const database = new Database(file);
  database.exec(`CREATE TABLE items (id INTEGER PRIMARY KEY, name DECIMAL_TEXT(18, 2)); CREATE INDEX by_name ON items (name);
    INSERT INTO items VALUES (1, '10.00'), (2, '9.50'), (3, '-10.5'), (4, '-9'), (5, '面议'), (6, '9.5')`);
  database.close();
  const orderBy = [
    { column: 'name', direction: 'asc', nulls: 'excluded' },
    { column: 'id', direction: 'asc', nulls: 'excluded' },
  ] as const;
  const rows = await adapter.read({ ...READ, orderBy }, wideBounds());
  expect(rows.map((row) => row[1])).toEqual(['-10.5', '-9', '9.50', '9.5', '10.00', '面议']);
  const equal: Condition = { kind: 'compare', column: 'name', op: 'eq', value: '9.500' };
  expect((await adapter.read({ ...READ, where: equal }, wideBounds())).map((row) => row[0])).toEqual([2, 6]);
  const advice = await adapter.adviseIndex({ ...READ, orderBy }, wideBounds());
  expect(advice?.present).toBe(false);
  expect(advice?.statement).toMatch(/^-- "name"/);
});

test('an index in code point order is found present, one of another collation is not', async () => {
  const database = new Database(file);
  database.exec(`CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, day TEXT);
    CREATE INDEX by_name ON items (name, id); CREATE INDEX by_day ON items (day, id)`);
  const adviseOn = (column: string) => {
    const orderBy = [
      { column, direction: 'asc', nulls: 'excluded' },
      { column: 'id', direction: 'asc', nulls: 'excluded' },
    ] as const;
    return adapter.adviseIndex({ ...READ, orderBy }, wideBounds());
  };
  expect((await adviseOn('day'))?.present).toBe(true);
  const advice = await adviseOn('name');
  expect(advice?.present).toBe(false);
  expect(advice?.statement).toBe(adapter.suggestIndex('items', ['name', 'id']));
  database.exec(advice?.statement ?? '');
  expect((await adviseOn('name'))?.present).toBe(true);
  await expect(adviseOn('nobody')).rejects.toBeInstanceOf(SourceRejected);
  database.close();
});

test('views and columns with names of other letters are read', async () => {
  const database = createItems(file, 'a');
  database.exec('CREATE VIEW "检查 结果" AS SELECT id AS "编号-1", name AS "a.b" FROM items');
  database.close();
  const request: ReadRequest = {
    ...READ,
    from: { name: '检查 结果' },
    columns: ['编号-1', 'a.b'],
    orderBy: [],
  };
  expect(await adapter.read(request, wideBounds())).toEqual([[1, 'a']]);
});

test('a long list of texts finds what a comparison with each of them finds, in columns of every kind', async () => {
  const database = new Database(file);
  database.exec(
    'CREATE TABLE cells (id INTEGER PRIMARY KEY, plain TEXT, loose TEXT COLLATE NOCASE, bare, day DATE, digits DECIMAL_TEXT(10, 2))',
  );
  const insert = database.prepare('INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?)');
  const cells = [
    'a',
    'A',
    'b ',
    "it's",
    '"q"',
    '\\',
    '\u0000x',
    '渔𠮷',
    '',
    '1',
    '01',
    '1.0',
    '2026-06-30',
    null,
  ];
  for (const [id, cell] of cells.entries()) insert.run(id, cell, cell, cell, cell, cell);
  insert.run(cells.length, null, null, 1, null, null);
  database.close();
  const idsOf = async (where: Condition): Promise<unknown[]> =>
    (await adapter.read({ ...READ, from: { name: 'cells' }, columns: ['id'], where }, wideBounds())).flat();
  const texts = cells.flatMap((cell) => cell ?? []);
  const some = texts.filter((_, index) => index % 2 === 0);
  const filler = Array.from({ length: 300 }, (_, index) => `none ${index}`);
  for (const column of ['plain', 'loose', 'bare', 'day', 'digits']) {
    for (const values of [
      [...texts, ...filler],
      [...some, ...filler],
    ]) {
      const each: Condition = {
        kind: 'any',
        of: values.map((value): Condition => ({ kind: 'compare', column, op: 'eq', value })),
      };
      expect(await idsOf({ kind: 'in', column, values })).toEqual(await idsOf(each));
      expect(await idsOf({ kind: 'not', of: { kind: 'in', column, values } })).toEqual(
        await idsOf({ kind: 'not', of: each }),
      );
    }
  }
  const [found] = await Promise.all([idsOf({ kind: 'in', column: 'plain', values: [...some, ...filler] })]);
  expect(found).toHaveLength(some.length);
});

test('a long list of texts is one parameter of the statement', async () => {
  createItems(file, 'a').close();
  await adapter.describe('items', wideBounds());
  const values = Array.from({ length: 300 }, (_, index) => `key ${index}`);
  expect(adapter.explain({ ...READ, where: { kind: 'in', column: 'name', values } })).toContain(
    'json_each(?)',
  );
});
