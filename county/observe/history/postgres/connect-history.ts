import pg from 'pg';
import type { HistoryAddress } from './history-address.js';

/** Whoever waits for a connection has other things to say. */
const CONNECT_MS = 1500;

/** How a connection to the history is made. @param queryMs after which a statement is given up. */
export function connectionTo(
  { url, user, password, authority }: HistoryAddress,
  queryMs: number,
): pg.ClientConfig {
  const { hostname, port, pathname } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 5432 : Number(port),
    database: decodeURIComponent(pathname.slice(1)),
    user,
    ...(password !== null && { password: password.reveal() }),
    ssl: authority === null ? false : { ca: authority, rejectUnauthorized: true },
    application_name: 'enforcement-graph history',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: queryMs,
    keepAlive: true,
  };
}

/** Does what belongs together in a transaction. Where the server does not even answer, the connection's end rolls it back. */
export async function inTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    if (error instanceof pg.DatabaseError) await client.query('ROLLBACK');
    throw error;
  }
}
