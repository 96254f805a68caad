import type pg from 'pg';
import { codeOf, type FailureKind, isNetworkCode, wrapForeign } from '../../../foreign-error.js';
import { SourceTooLarge } from '../../../source-error.js';
import type { ServerDriver, ServerSession } from '../../server/server-source.js';
import type { SqlParam, Statement } from '../../sql-fragment.js';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Set on every session, so that nothing depends on the server's configuration. +08:00 is the offset in which
 * mappings read a moment that carries none; the bytes of text types are UTF-8.
 */
const SESSION_SETTINGS = [
  'SET default_transaction_read_only = on',
  `SET TIME ZONE INTERVAL '+08:00' HOUR TO MINUTE`,
  `SET client_encoding = 'UTF8'`,
  `SET DateStyle = 'ISO, YMD'`,
  `SET bytea_output = 'hex'`,
  'SET extra_float_digits = 1',
  'SET standard_conforming_strings = on',
].join('; ');

/** Every type as the text that the server writes. */
const AS_TEXT = { getTypeParser: () => (value: string) => value };

class PostgresSession implements ServerSession {
  readonly client: pg.Client;
  readonly #driver: typeof pg;
  #isAlive = true;
  #statementTimeoutMs = 0;

  constructor(client: pg.Client, driver: typeof pg) {
    this.client = client;
    this.#driver = driver;
    client.on('error', () => {
      this.#isAlive = false;
    });
    client.on('end', () => {
      this.#isAlive = false;
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  async limitStatements(timeoutMs: number): Promise<void> {
    // Twice the bound: the cancel request comes first, and the error it causes is the same.
    const limit = Math.min(Math.ceil(timeoutMs) * 2 + 1000, 2 ** 31 - 1);
    if (limit === this.#statementTimeoutMs) return;
    try {
      await this.client.query(`SET statement_timeout = ${limit}`);
    } catch (cause) {
      throw this.#explain(cause);
    }
    this.#statementTimeoutMs = limit;
  }

  run({ text, params }: Statement, maxBytes: number): Promise<readonly (readonly unknown[])[]> {
    return new Promise((resolve, reject) => {
      const rows: (readonly unknown[])[] = [];
      let bytes = 0;
      const query = new this.#driver.Query<unknown[], unknown[]>({
        text,
        values: params.map(toWire),
        rowMode: 'array',
        types: AS_TEXT,
        // Also without parameters: the simple protocol would run several statements in one text.
        queryMode: 'extended',
      } as pg.QueryArrayConfig<unknown[]>);
      query.on('row', (row: readonly unknown[]) => {
        if (bytes > maxBytes) return;
        for (const cell of row) bytes += typeof cell === 'string' ? Buffer.byteLength(cell) : 8;
        if (bytes <= maxBytes) {
          rows.push(row);
          return;
        }
        // Nothing else stops the server from sending the rest.
        this.destroy();
        reject(
          new SourceTooLarge(`Cannot read from PostgreSQL: the answer is larger than ${maxBytes} bytes`),
        );
      });
      query.on('error', (cause: Error) => reject(this.#explain(cause)));
      query.on('end', () => resolve(rows));
      this.client.query(query);
    });
  }

  destroy(): void {
    if (this.#isAlive) this.#isAlive = false;
    // `end` says goodbye first and may wait for a statement; destroying the socket waits for nobody.
    this.client.end().catch(() => undefined);
    connectionOf(this.client)?.stream?.destroy();
  }

  #explain(cause: unknown): Error {
    const failure = failureKindOf(cause);
    if (failure === 'unavailable') this.#isAlive = false;
    return wrapForeign(failure, 'read from PostgreSQL', cause);
  }
}

export function postgresDriver(url: string, schema: string | undefined): ServerDriver<PostgresSession> {
  const loading = loadDriver();
  const connect = async (signal: AbortSignal): Promise<PostgresSession> => {
    const driver = await loading;
    const client = new driver.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'enforcement-graph',
    });
    const session = new PostgresSession(client, driver);
    const giveUp = () => session.destroy();
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      signal.throwIfAborted();
      await client.connect();
      await client.query(SESSION_SETTINGS);
      if (schema !== undefined)
        await client.query(`SELECT set_config('search_path', quote_ident($1), false)`, [schema]);
    } catch (cause) {
      session.destroy();
      throw wrapForeign(failureKindOf(cause), 'connect to PostgreSQL', cause);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
    return session;
  };
  const cancel = async (session: PostgresSession): Promise<void> => {
    const backend = connectionOf(session.client)?.processID ?? null;
    if (backend === null || !session.isAlive) return;
    const driver = await loading;
    const canceller = new driver.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    canceller.on('error', () => undefined);
    try {
      await canceller.connect();
      await canceller.query('SELECT pg_cancel_backend($1::int4)', [backend]);
    } catch {
      // The statement timeout is left to end it.
    } finally {
      canceller.end().catch(() => undefined);
    }
  };
  return { connect, cancel };
}

/** Loaded when a connection is configured: most processes and tests that know this kind of source have none. */
function loadDriver(): Promise<typeof pg> {
  const loading = import('pg').then((module) => module.default);
  // The first connection tells.
  loading.catch(() => undefined);
  return loading;
}

/** Two facts that the driver has, but its types leave out. */
function connectionOf(client: pg.Client): {
  readonly processID?: number | null;
  readonly stream?: { destroy(): void };
} {
  const known = client as unknown as {
    processID?: number | null;
    connection?: { stream?: { destroy(): void } };
  };
  const stream = known.connection?.stream;
  return { processID: known.processID ?? null, ...(stream === undefined ? {} : { stream }) };
}

function toWire(value: SqlParam): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value);
  return typeof value === 'bigint' ? value.toString() : value;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function failureKindOf(error: unknown): FailureKind {
  const code = codeOf(error);
  if (code === '57014' || code === '55P03') return 'timeout';
  if (/^(?:08|53|57P|58|40|XX)/.test(code) || isNetworkCode(code)) return 'unavailable';
  if (/^22/.test(code)) return 'malformed';
  if (/^[0-9A-Z]{5}$/.test(code)) return 'rejected';
  // The driver's own: `Connection terminated unexpectedly`, `timeout expired`.
  return /terminat|timeout|closed|not queryable|SSL|ended/i.test(String(error)) ? 'unavailable' : 'malformed';
}
