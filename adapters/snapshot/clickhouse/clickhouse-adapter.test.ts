import {
  describeWithClickHouse,
  startClickHouse,
  type TestClickHouse,
} from '../../../test/databases/start-clickhouse.js';
import { trimFraction } from '../../compare-cells.js';
import type { ReadRequest, SourceAdapter, TallyRequest } from '../../source-adapter.js';
import { SourceRejected } from '../../source-error.js';
import { DialectAdapter } from '../../sql/sql-adapter.js';
import { describeAdapterContract } from '../../testing/adapter-contract.js';
import type { ContractTable } from '../../testing/contract-source.js';
import type { SnapshotStore, SnapshotTable } from '../snapshot-store.js';
import { clickHouseDialect } from './clickhouse-dialect.js';
import { ClickHouseServer } from './clickhouse-server.js';
import { openClickHouseStore } from './clickhouse-store.js';

const FINGERPRINT = 'contract';

function tableOf(store: SnapshotStore, { name, columns, primaryKey }: ContractTable): SnapshotTable {
  const texts = columns.filter(({ type }) => type === 'text').map((column) => [column.name]);
  return store.table({
    name,
    columns: columns.map((column) => column.name),
    key: primaryKey,
    indexes: [primaryKey, ...texts],
    fingerprint: FINGERPRINT,
  });
}

/** A snapshot's adapter answers whatever the object is called; the contract's knows one name. */
function knownBy(name: string, adapter: SourceAdapter): SourceAdapter {
  const checked = (found: string) => {
    if (found !== name) throw new SourceRejected(`Cannot read ${found}: it must be ${name}`);
  };
  return {
    kind: adapter.kind,
    capabilities: adapter.capabilities,
    describe: async (object, bounds) => {
      checked(object);
      return adapter.describe(object, bounds);
    },
    read: async (request: ReadRequest, bounds) => {
      checked(request.from.name);
      return adapter.read(request, bounds);
    },
    tally: async (request: TallyRequest, bounds) => {
      checked(request.from.name);
      return adapter.tally(request, bounds);
    },
    probe: (bounds) => adapter.probe(bounds),
    explain: (request) => adapter.explain(request),
    close: () => adapter.close(),
  };
}

async function createSource(clickHouse: TestClickHouse) {
  const stores: SnapshotStore[] = [];
  let stored: ContractTable | null = null;
  const open = (url = clickHouse.address.url) => {
    const store = openClickHouseStore({ ...clickHouse.address, url });
    stores.push(store);
    if (stored === null) throw new Error('The contract table must be created first');
    return knownBy(stored.name, tableOf(store, stored).adapter);
  };
  await clickHouse.ask(
    `CREATE VIEW slow_rows (n String COMMENT 'text') AS
     SELECT concat('t', toString(count())) AS n FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))`,
  );
  return {
    keepsNullability: false,
    isSlow: true,
    create: async (table: ContractTable) => {
      stored = table;
      const store = openClickHouseStore(clickHouse.address);
      const writer = await tableOf(store, table).begin(table.columns);
      // As adapters deliver moments.
      await writer.write(
        table.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? trimFraction(cell) : cell))),
      );
      const readAt = new Date().toISOString();
      await writer.publish({ readAt, wholeAt: readAt, since: null });
      await store.close();
    },
    open: () => open(),
    openDead: () => open('http://127.0.0.1:1'),
    slowObject: 'slow_rows',
    openSlow: () => new DialectAdapter(clickHouseDialect, new ClickHouseServer(clickHouse.address), true),
    countSlow: async () => {
      const [row] = await clickHouse.ask(
        // chdb lists a statement that was stopped for a while longer.
        `SELECT count() FROM system.processes WHERE is_cancelled = 0 AND query LIKE '%slow_rows%' AND query NOT LIKE '%system.%'`,
      );
      return Number(row?.[0]);
    },
    stop: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await clickHouse.stop();
    },
  };
}

describeWithClickHouse('ClickHouse', () => {
  describeAdapterContract('a snapshot in ClickHouse', async () => createSource(await startClickHouse()));
});
