import { startPostgres } from '../../../../test/databases/start-postgres.js';
import type { HistoryStore } from '../history-store.js';
import type { HistoryAddress } from '../postgres/history-address.js';
import { openPostgresHistory } from '../postgres/postgres-history.js';

/** Histories in a real PostgreSQL. */
export interface TestHistories {
  /** Of a server with an account that may do everything. */
  readonly serverUrl: string;
  addressOf(schema: string): HistoryAddress;
  open(schema: string, observer: string): HistoryStore;
  close(): Promise<void>;
}

export async function openTestHistories(): Promise<TestHistories> {
  const database = await startPostgres();
  const url = new URL(database.url);
  const user = decodeURIComponent(url.username);
  url.username = '';
  url.password = '';
  const addressOf = (schema: string): HistoryAddress => ({
    url: url.href,
    user,
    password: null,
    authority: null,
    schema,
  });
  return {
    serverUrl: database.url,
    addressOf,
    open: (schema, observer) => openPostgresHistory(addressOf(schema), observer),
    close: () => database.stop(),
  };
}
