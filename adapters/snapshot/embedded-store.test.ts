import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALWAYS } from '../condition.js';
import type { ColumnType, ReadRequest } from '../source-adapter.js';
import { SourceMalformed, SourceUnavailable } from '../source-error.js';
import type { SourceRow, SourceValue } from '../source-value.js';
import { wideBounds } from '../testing/contract-bounds.js';
import { openEmbeddedStore } from './embedded-store.js';
import type { PublishedFacts, SnapshotStore, SnapshotTable } from './snapshot-store.js';

let folder: string;
let store: SnapshotStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eg-store-'));
  store = openEmbeddedStore(folder);
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const TYPES: { readonly [column: string]: ColumnType } = { id: 'text', value: 'text' };

function openTable(
  fingerprint = 'one',
  types: { readonly [column: string]: ColumnType } = TYPES,
): SnapshotTable {
  const columns = Object.keys(types);
  return store.table({ name: 'test.rows', columns, key: ['id'], indexes: [['id']], fingerprint });
}

const at = (minute: number, more: Partial<PublishedFacts> = {}): PublishedFacts => ({
  readAt: new Date(Date.UTC(2026, 5, 30, 4, minute)).toISOString(),
  wholeAt: new Date(Date.UTC(2026, 5, 30, 4, minute)).toISOString(),
  since: null,
  ...more,
});

async function write(table: SnapshotTable, minute: number, rows: readonly SourceRow[], types = TYPES) {
  const writer = await table.begin(Object.entries(types).map(([name, type]) => ({ name, type })));
  await writer.write(rows);
  return writer.publish(at(minute));
}

async function read(table: SnapshotTable, more: Partial<ReadRequest> = {}): Promise<readonly SourceRow[]> {
  return table.adapter.read(
    {
      from: { name: 'whatever' },
      columns: ['id', 'value'],
      where: ALWAYS,
      orderBy: [{ column: 'id', direction: 'asc', nulls: 'first' }],
      limit: 100,
      ...more,
    },
    wideBounds(),
  );
}

const files = (): readonly string[] =>
  readdirSync(join(folder, 'test.rows')).filter((name) => name.endsWith('.sqlite'));

describe('openEmbeddedStore()', () => {
  it('serves nothing before the first version', async () => {
    const table = openTable();
    expect(await table.serving()).toBeNull();
    await expect(read(table)).rejects.toThrow(SourceUnavailable);
    await expect(table.amend()).rejects.toThrow(SourceUnavailable);
  });

  it('serves what was published last, and keeps the version before it', async () => {
    const table = openTable();
    for (const minute of [0, 1, 2, 3]) await write(table, minute, [['1', `at ${minute}`]]);
    expect(await read(table)).toEqual([['1', 'at 3']]);
    expect(files()).toHaveLength(2);
  });

  it('takes a reading that found the same for the same version, read anew', async () => {
    const table = openTable();
    const first = await write(table, 0, [['1', 'a']]);
    const second = await write(table, 5, [['1', 'a']]);
    expect(second).toEqual({ ...first, ...at(5) });
    expect(files()).toHaveLength(1);
    expect(readdirSync(join(folder, 'test.rows', 'staging'))).toEqual([]);
  });

  it('puts rows in the place of those with the same key, and leaves the others', async () => {
    const table = openTable();
    const rows = [
      ['1', 'a'],
      ['2', 'b'],
      [null, 'keyless'],
    ];
    await write(table, 0, rows);
    const writer = await table.amend();
    await writer.write([
      ['2', 'changed'],
      ['3', 'new'],
      ['1', 'a'],
    ]);
    await writer.publish(at(1));
    expect(await read(table)).toEqual([
      [null, 'keyless'],
      ['1', 'a'],
      ['2', 'changed'],
      ['3', 'new'],
    ]);
  });

  it('leaves out keys that are removed', async () => {
    const table = openTable();
    const rows = ['1', '2', '3', '3'].map((id, index) => [id, `row ${index}`]);
    await write(table, 0, rows);
    const writer = await table.amend();
    await writer.remove([['3'], ['9']]);
    await writer.write([['2', 'changed']]);
    expect((await writer.publish(at(1))).rows).toBe(2);
    expect(await read(table)).toEqual([
      ['1', 'row 0'],
      ['2', 'changed'],
    ]);
  });

  it('keeps every row of a key of which one changed and another did not', async () => {
    const table = openTable();
    await write(table, 0, [
      ['1', 'a'],
      ['1', 'b'],
    ]);
    const writer = await table.amend();
    await writer.write([
      ['1', 'a'],
      ['1', 'changed'],
    ]);
    await writer.publish(at(1));
    expect((await read(table)).map(([, value]) => value).sort()).toEqual(['a', 'changed']);
  });

  it('counts no rows that stand for nothing, and names a version by when it was made', async () => {
    const table = openTable();
    const writer = await table.begin(Object.entries(TYPES).map(([name, type]) => ({ name, type })));
    await writer.write([
      ['1', 'a'],
      ['2', null],
    ]);
    const published = await writer.publish(at(0, { absent: 1, madeAt: at(5).readAt }));
    expect(published).toMatchObject({ ...at(0), rows: 1, version: expect.stringMatching(/^20260630T1205/) });
    expect(await table.serving()).toEqual(published);
  });

  it('makes no version of changes that are none', async () => {
    const table = openTable();
    const first = await write(table, 0, [['1', 'a']]);
    const writer = await table.amend();
    await writer.write([['1', 'a']]);
    expect(await writer.publish(at(1, { since: 'x' }))).toEqual({ ...first, ...at(1, { since: 'x' }) });
    expect(files()).toHaveLength(1);
  });

  it('forgets what was abandoned', async () => {
    const table = openTable();
    const writer = await table.begin(Object.entries(TYPES).map(([name, type]) => ({ name, type })));
    await writer.write([['1', 'a']]);
    await writer.abandon();
    expect(await table.serving()).toBeNull();
    expect(readdirSync(join(folder, 'test.rows', 'staging'))).toEqual([]);
  });

  it('serves another process nothing of another fingerprint, nor of a file that was changed', async () => {
    await write(openTable(), 0, [['1', 'a']]);
    await store.close();
    store = openEmbeddedStore(folder);
    expect(await openTable('two').serving()).toBeNull();
    expect(await read(openTable())).toEqual([['1', 'a']]);
    await store.close();
    for (const file of files()) appendFileSync(join(folder, 'test.rows', file), 'x');
    store = openEmbeddedStore(folder);
    const broken = openTable();
    await expect(read(broken)).rejects.toThrow(SourceMalformed);
    await write(broken, 1, [['1', 'b']]);
    expect(await read(broken)).toEqual([['1', 'b']]);
  });

  it.each<[ColumnType, readonly SourceValue[]]>([
    ['text', ['00012', '12', '', 'Ａ😀']],
    ['integer', [0, -7, 9007199254740993n, 2n ** 62n]],
    ['decimal', ['12.50', '0.1', '123456789012345678901234567890.12']],
    ['float', [0.1, -2.5e-7]],
    ['date', ['2026-06-30', '0001-01-01']],
    ['datetime', ['2026-06-30 08:00:00', '2026-06-30 08:00:00.123456']],
    ['boolean', [true, false]],
    ['binary', [new Uint8Array([0, 255])]],
    ['json', ['{"a":1}', '12']],
    ['other', ['12', 12, 'x']],
  ])('gives %s as it was written', async (type, values) => {
    const types = { id: 'integer', value: type } as const;
    const table = openTable(type, types);
    await write(
      table,
      0,
      [...values, null].map((value, index) => [index, value]),
      types,
    );
    expect(await read(table)).toEqual([...values, null].map((value, index) => [index, value]));
    const [first] = values;
    const equal = await read(table, {
      where: { kind: 'compare', column: 'value', op: 'eq', value: first ?? 0 },
    });
    expect(equal.map(([id]) => id)).toContain(0);
  });
});
