import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { openEmbeddedHistory } from './embedded-history.js';
import type { HistoryStore } from './history-store.js';
import type { HistoryAddress } from './postgres/history-address.js';
import { openPostgresHistory } from './postgres/postgres-history.js';

/** Name of the embedded one, in the folder of what outlives a restart. */
export const HISTORY_FILE = 'observed.sqlite';

/**
 * The history of what is observed.
 *
 * @param shared null: a file of this machine.
 * @param file of the embedded one; its folder names the process that observes.
 */
export function openHistory(shared: HistoryAddress | null, file: string): HistoryStore {
  if (shared === null) return openEmbeddedHistory(file);
  return openPostgresHistory(shared, `${hostname()}:${dirname(file)}`);
}

/** Where one department is observed by itself, it has tables of its own. */
export function addressOfPart(shared: HistoryAddress | null, part: string): HistoryAddress | null {
  return shared && { ...shared, schema: `${shared.schema}_${part.replaceAll('-', '_')}` };
}
