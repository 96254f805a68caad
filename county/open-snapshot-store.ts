import { openClickHouseStore } from '../adapters/snapshot/clickhouse/clickhouse-store.js';
import { openEmbeddedStore } from '../adapters/snapshot/embedded-store.js';
import type { SnapshotStore } from '../adapters/snapshot/snapshot-store.js';
import type { SnapshotSettings } from './config/snapshot-settings.js';

/** @param folder of the embedded store. Nothing is opened before the first call. */
export function openSnapshotStore(settings: SnapshotSettings, folder: string): SnapshotStore {
  if (settings.store === 'embedded') return openEmbeddedStore(folder);
  const { url, database, user, password } = settings;
  return openClickHouseStore({ url, database, user, password: password.reveal() });
}
