import {
  describeWithClickHouse,
  startClickHouse,
  type TestClickHouse,
} from '../../../test/databases/start-clickhouse.js';
import { describeStoreContract } from '../../testing/store-contract.js';
import { openClickHouseStore } from './clickhouse-store.js';

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
