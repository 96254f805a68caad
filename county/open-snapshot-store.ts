import { openClickHouseStore } from '../adapters/snapshot/clickhouse/clickhouse-store.js';
import { openEmbeddedStore } from '../adapters/snapshot/embedded-store.js';
import type { SnapshotStore } from '../adapters/snapshot/snapshot-store.js';
import type { Sharing } from '../adapters/versions/sharing.js';
import type { SnapshotSettings } from './config/snapshot-settings.js';

/** @param folder of the embedded store. Nothing is opened before the first call. */
export function openSnapshotStore(
  settings: SnapshotSettings,
  folder: string,
  sharing: Sharing,
): SnapshotStore {
  if (settings.store === 'embedded') return openEmbeddedStore(folder, sharing);
  const { url, database, user, password } = settings;
  return openClickHouseStore({ url, database, user, password: password.reveal() });
}
