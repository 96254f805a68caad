import {
  describeWithClickHouse,
  startClickHouse,
  type TestClickHouse,
} from '../../../test/databases/start-clickhouse.js';
import { ALWAYS } from '../../condition.js';
import type { OrderTerm, ReadRequest } from '../../source-adapter.js';
import { wideBounds } from '../../testing/contract-bounds.js';
import {
  at,
  columnsOfTypes,
  defineRows,
  describeStoreContract,
  writeWhole,
} from '../../testing/store-contract.js';
import type { SnapshotStore } from '../snapshot-store.js';
import { openClickHouseStore } from './clickhouse-store.js';

/** A granule of an index has 8192. */
const ROWS = 100_003;

describeWithClickHouse('ClickHouse', () => {
  let clickHouse: TestClickHouse;
  beforeAll(async () => {
    clickHouse = await startClickHouse();
  }, 120_000);
  afterAll(() => clickHouse?.stop());

  /** Tables of versions; the one of notes is none. */
  const versions = async (): Promise<readonly string[]> => {
    const tables = await clickHouse.ask(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'snapshot_test%'",
    );
    return tables.map(([name]) => String(name));
  };

  describe('a version', () => {
    let store: SnapshotStore;
    beforeEach(() => {
      store = openClickHouseStore(clickHouse.address);
    });
    afterEach(async () => {
      await store.close();
      for (const table of await versions()) await clickHouse.ask(`DROP TABLE ${table}`);
    });

    it('of which the store holds other rows than were written serves nobody', async () => {
      const table = store.table(defineRows('counted'));
      const writer = await table.begin(columnsOfTypes());
      await writer.write([['1', 'a']]);
      const [name] = await versions();
      // As an insert that was sent twice.
      await clickHouse.ask(`INSERT INTO ${name} VALUES ('t1', 'ta')`);
      await expect(writer.publish(at(0))).rejects.toThrow(/1 rows were written, but .* holds 2/);
      expect(await table.serving()).toBeNull();
      expect(await versions()).toEqual([]);
    });

    it('is read in short ranges by its key, and by each column that it is sorted by', async () => {
      const table = store.table(defineRows('sparse'));
      // Neither column's order is that of the rows, or of the other.
      const rows = Array.from({ length: ROWS }, (_, index) => [
        String((index * 7919) % ROWS).padStart(6, '0'),
        String((index * 104_729) % ROWS).padStart(6, '0'),
      ]);
      await writeWhole(table, 0, rows);
      const order = (column: string): OrderTerm => ({ column, direction: 'desc', nulls: 'excluded' });
      for (const columns of [['id'], ['value', 'id']]) {
        const request: ReadRequest = {
          from: { name: 'rows' },
          columns: ['id', 'value'],
          where: ALWAYS,
          orderBy: columns.map(order),
          after: columns.map(() => '002000'),
          limit: 20,
        };
        expect(await table.adapter.read(request, wideBounds())).toHaveLength(20);
        expect(await rowsToRead(table.adapter.explain(request))).toBeLessThan(ROWS / 4);
      }
    });

    /** How many rows ClickHouse expects to read for an explained statement. */
    const rowsToRead = async (explained: string): Promise<number> => {
      const lines = explained.split('\n');
      const statement = lines.find((line) => line.startsWith('SELECT'))?.replace(/;$/, '');
      const params = lines.flatMap((line) => {
        const value = /^-- [0-9]+: (".*")$/.exec(line)?.[1];
        return value === undefined ? [] : [String(JSON.parse(value))];
      });
      const [row] = await clickHouse.ask(`EXPLAIN ESTIMATE ${statement}`, params);
      return Number(row?.[3]);
    };
  });

  describeStoreContract('openClickHouseStore()', async () => ({
    open: () => openClickHouseStore(clickHouse.address),
    countVersions: async () => (await versions()).length,
    // What serves and the one before at most; more would be left over.
    countUnfinished: async () => Math.max(0, (await versions()).length - 2),
    damage: async () => {
      for (const table of await versions()) {
        const [row] = await clickHouse.ask(`SELECT * FROM ${table} LIMIT 1`);
        await clickHouse.ask(`INSERT INTO ${table} VALUES ('${row?.join("','")}')`);
      }
    },
    remove: async () => {
      for (const table of await versions()) await clickHouse.ask(`DROP TABLE ${table}`);
      await clickHouse.ask('DROP TABLE IF EXISTS snapshot_versions');
    },
  }));
});
