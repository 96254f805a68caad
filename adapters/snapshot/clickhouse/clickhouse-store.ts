import type { SnapshotStore } from '../snapshot-store.js';
import { type ClickHouseAddress, ClickHouseServer } from './clickhouse-server.js';
import { ClickHouseTable } from './clickhouse-table.js';

/**
 * Snapshots as tables of a ClickHouse database, of which the last two versions of each interface are kept. Nothing is
 * opened before the first call; while the server is away every call fails with SourceUnavailable, and the next one tries
 * again.
 */
export function openClickHouseStore(address: ClickHouseAddress): SnapshotStore {
  const server = new ClickHouseServer(address);
  const over = new AbortController();
  const tables: ClickHouseTable[] = [];
  return {
    table: (definition) => {
      const table = new ClickHouseTable(server, definition, over.signal);
      tables.push(table);
      return table;
    },
    close: async () => {
      over.abort();
      await Promise.all(tables.map((table) => table.close()));
      await server.close();
    },
  };
}
