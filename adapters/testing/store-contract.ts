import { ALWAYS } from '../condition.js';
import type {
  PublishedFacts,
  SnapshotDefinition,
  SnapshotStore,
  SnapshotTable,
} from '../snapshot/snapshot-store.js';
import type { ColumnType, ReadRequest } from '../source-adapter.js';
import { SourceMalformed, SourceUnavailable } from '../source-error.js';
import type { SourceRow, SourceValue } from '../source-value.js';
import { wideBounds } from './contract-bounds.js';

/** What a store's own test provides to the contract suite: a place for one table's versions, empty at first. */
export interface StorePlace {
  /** As a process that has just started. */
  open(): SnapshotStore;
  /** How many versions of `test.rows` are kept there. */
  countVersions(): Promise<number>;
  /** How many unfinished versions lie there. */
  countUnfinished(): Promise<number>;
  /** Changes all versions behind the store's back. */
  damage(): Promise<void>;
  remove(): Promise<void>;
}

type Types = { readonly [column: string]: ColumnType };

const TYPES: Types = { id: 'text', value: 'text' };

export const at = (minute: number, more: Partial<PublishedFacts> = {}): PublishedFacts => ({
  readAt: new Date(Date.UTC(2026, 5, 30, 4, minute)).toISOString(),
  wholeAt: new Date(Date.UTC(2026, 5, 30, 4, minute)).toISOString(),
  since: null,
  ...more,
});

export function defineRows(fingerprint = 'one', types: Types = TYPES): SnapshotDefinition {
  const columns = Object.keys(types);
  return {
    name: 'test.rows',
    columns,
    key: ['id'],
    indexes: [['id'], ...columns.map((name) => [name])],
    fingerprint,
  };
}

export function columnsOfTypes(types: Types = TYPES) {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}

export async function writeWhole(
  table: SnapshotTable,
  minute: number,
  rows: readonly SourceRow[],
  types: Types = TYPES,
) {
  const writer = await table.begin(columnsOfTypes(types));
  await writer.write(rows);
  return writer.publish(at(minute));
}

export function readKept(
  table: SnapshotTable,
  more: Partial<ReadRequest> = {},
): Promise<readonly SourceRow[]> {
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

/** What every store of snapshots must do. @param makePlace called before each test. */
export function describeStoreContract(name: string, makePlace: () => Promise<StorePlace>): void {
  describe(`${name} keeps the store contract:`, () => {
    let place: StorePlace;
    let store: SnapshotStore;
    beforeEach(async () => {
      place = await makePlace();
      store = place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });
    const openTable = (fingerprint?: string, types?: Types) => store.table(defineRows(fingerprint, types));

    it('serves nothing before the first version', async () => {
      const table = openTable();
      expect(await table.serving()).toBeNull();
      await expect(readKept(table)).rejects.toThrow(SourceUnavailable);
      await expect(table.amend()).rejects.toThrow(SourceUnavailable);
    });

    it('serves what was published last, and keeps the version before it', async () => {
      const table = openTable();
      for (const minute of [0, 1, 2, 3]) await writeWhole(table, minute, [['1', `at ${minute}`]]);
      expect(await readKept(table)).toEqual([['1', 'at 3']]);
      expect(await place.countVersions()).toBe(2);
    });

    it('takes a reading that found the same for the same version, read anew', async () => {
      const table = openTable();
      const first = await writeWhole(table, 0, [['1', 'a']]);
      const second = await writeWhole(table, 5, [['1', 'a']]);
      expect(second).toEqual({ ...first, ...at(5) });
      expect(await place.countVersions()).toBe(1);
      expect(await place.countUnfinished()).toBe(0);
      await store.close();
      store = place.open();
      expect(await openTable().serving()).toEqual(second);
    });

    it('takes the same cells of other types for another version', async () => {
      const table = openTable();
      await writeWhole(table, 0, [['1', '2026-06-30']]);
      await writeWhole(table, 1, [['1', '2026-06-30']], { id: 'text', value: 'date' });
      const { columns } = await table.adapter.describe('whatever', wideBounds());
      expect(columns.map(({ type }) => type)).toEqual(['text', 'date']);
    });

    it('puts rows in the place of those with the same key, and leaves the others', async () => {
      const table = openTable();
      await writeWhole(table, 0, [
        ['1', 'a'],
        ['2', 'b'],
        [null, 'keyless'],
      ]);
      const writer = await table.amend();
      await writer.write([
        ['2', 'changed'],
        ['3', 'new'],
        ['1', 'a'],
      ]);
      await writer.publish(at(1));
      const amended = [
        [null, 'keyless'],
        ['1', 'a'],
        ['2', 'changed'],
        ['3', 'new'],
      ];
      expect(await readKept(table)).toEqual(amended);
      expect(await place.countUnfinished()).toBe(0);
      await store.close();
      store = place.open();
      expect(await readKept(openTable())).toEqual(amended);
    });

    it('leaves out keys that are removed', async () => {
      const table = openTable();
      await writeWhole(
        table,
        0,
        ['1', '2', '3', '3'].map((id, index) => [id, `row ${index}`]),
      );
      const writer = await table.amend();
      await writer.remove([['3'], ['9']]);
      await writer.write([['2', 'changed']]);
      expect((await writer.publish(at(1))).rows).toBe(2);
      expect(await readKept(table)).toEqual([
        ['1', 'row 0'],
        ['2', 'changed'],
      ]);
      expect(await place.countUnfinished()).toBe(0);
    });

    it('keeps every row of a key of which one changed and another did not', async () => {
      const table = openTable();
      await writeWhole(table, 0, [
        ['1', 'a'],
        ['1', 'b'],
      ]);
      const writer = await table.amend();
      await writer.write([
        ['1', 'a'],
        ['1', 'changed'],
      ]);
      await writer.publish(at(1));
      expect((await readKept(table)).map(([, value]) => value).sort()).toEqual(['a', 'changed']);
    });

    it('counts no rows that stand for nothing, and names later versions later', async () => {
      const table = openTable();
      const before = await writeWhole(table, 0, [['1', 'a']]);
      const writer = await table.begin(columnsOfTypes());
      await writer.write([
        ['1', 'a'],
        ['2', null],
      ]);
      const published = await writer.publish(at(0, { absent: 1, madeAt: at(5).readAt }));
      expect(published).toMatchObject({ ...at(0), rows: 1 });
      expect(published.version > before.version).toBe(true);
      expect(await table.serving()).toEqual(published);
    });

    it('makes no version of changes that are none', async () => {
      const table = openTable();
      const first = await writeWhole(table, 0, [['1', 'a']]);
      const writer = await table.amend();
      await writer.write([['1', 'a']]);
      expect(await writer.publish(at(1, { since: 'x' }))).toEqual({ ...first, ...at(1, { since: 'x' }) });
      expect(await place.countVersions()).toBe(1);
    });

    it('forgets what was abandoned', async () => {
      const table = openTable();
      const writer = await table.begin(columnsOfTypes());
      await writer.write([['1', 'a']]);
      await writer.abandon();
      expect(await table.serving()).toBeNull();
      expect(await place.countUnfinished()).toBe(0);
    });

    it('serves another process nothing of another fingerprint, nor of what was changed behind its back', async () => {
      await writeWhole(openTable(), 0, [['1', 'a']]);
      await store.close();
      store = place.open();
      expect(await openTable('two').serving()).toBeNull();
      expect(await readKept(openTable())).toEqual([['1', 'a']]);
      await store.close();
      await place.damage();
      store = place.open();
      const broken = openTable();
      await expect(readKept(broken)).rejects.toThrow(SourceMalformed);
      await writeWhole(broken, 1, [['1', 'b']]);
      expect(await readKept(broken)).toEqual([['1', 'b']]);
    });

    it('lets a read end on the version on which it began', async () => {
      const table = openTable();
      await writeWhole(table, 0, [['1', 'a']]);
      const reads = [];
      for (const minute of [1, 2, 3]) {
        reads.push(readKept(table));
        await writeWhole(table, minute, [['1', `at ${minute}`]]);
      }
      for (const rows of await Promise.all(reads)) expect(rows).toHaveLength(1);
    });

    it('keeps names of columns apart, whatever they hold', async () => {
      const types: Types = {
        id: 'text',
        value: 'text',
        'axles.0.t': 'text',
        axles: 'text',
        '证书/有效期 至': 'date',
        note: 'text',
      };
      const table = openTable('names', types);
      await writeWhole(table, 0, [['1', 'a', 't', 'x', '2026-06-30', null]], types);
      const columns = ['证书/有效期 至', 'axles.0.t', 'axles', 'note'];
      expect(await readKept(table, { columns })).toEqual([['2026-06-30', 't', 'x', null]]);
    });

    it.each<[ColumnType, readonly SourceValue[]]>([
      ['text', ['00012', '12', '', 'Ａ😀', 'a\\\'"`\t\n\0b']],
      ['integer', [0, -7, 9007199254740993n, 2n ** 62n, -(2n ** 63n), 'sealed:0012']],
      ['decimal', ['12.50', '0.1', '123456789012345678901234567890.12', '-0.50', '000000', 'sealed:12']],
      ['float', [0.1, -2.5e-7, 1e300, -1.5]],
      ['date', ['2026-06-30', '0001-01-01']],
      ['datetime', ['2026-06-30 08:00:00', '2026-06-30 08:00:00.123456']],
      ['boolean', [true, false]],
      ['binary', [new Uint8Array([0, 255]), new Uint8Array([])]],
      ['json', ['{"a":1}', '12']],
      ['other', ['12', 12, 'x']],
    ])('gives %s as it was written, and finds it', async (type, values) => {
      const types: Types = { id: 'integer', value: type };
      const table = openTable(type, types);
      const rows = [...values, null].map((value, index): SourceRow => [index, value]);
      await writeWhole(table, 0, rows, types);
      expect(await readKept(table)).toEqual(rows);
      for (const [index, value] of values.entries()) {
        // In a column of numbers, what is no number is found by nobody.
        if (value === null || (typeof value === 'string' && /^(sealed|0{6})/.test(value))) continue;
        const equal = await readKept(table, { where: { kind: 'compare', column: 'value', op: 'eq', value } });
        expect(equal).toEqual([[index, value]]);
      }
      const groups = await table.adapter.tally(
        { from: { name: 'whatever' }, where: ALWAYS, groupBy: [{ column: 'value' }], maxGroups: 100 },
        wideBounds(),
      );
      expect(groups).toHaveLength(rows.length);
      expect(new Set(groups.map(({ key: [cell] }) => cell))).toEqual(new Set(rows.map(([, cell]) => cell)));
    });
  });
}
