import type { Sharing } from '../versions/sharing.js';
import { WriteThread } from '../versions/write-thread.js';
import { EmbeddedTable } from './embedded-table.js';
import type { SnapshotStore } from './snapshot-store.js';

/**
 * Snapshots as SQLite files under one folder, a folder for each interface, in which the last two versions are kept.
 *
 * @param folder absolute; it need not exist.
 */
export function openEmbeddedStore(folder: string, sharing: Sharing = 'alone'): SnapshotStore {
  const thread = new WriteThread();
  const tables: EmbeddedTable[] = [];
  return {
    table: (definition) => {
      const table = new EmbeddedTable(folder, definition, { thread, sharing });
      tables.push(table);
      return table;
    },
    close: async () => {
      await thread.close();
      await Promise.all(tables.map((table) => table.close()));
    },
  };
}
