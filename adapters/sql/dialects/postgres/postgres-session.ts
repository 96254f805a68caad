import type pg from 'pg';
import { codeOf, type FailureKind, isNetworkCode, wrapForeign } from '../../../foreign-error.js';
import { SourceTooLarge } from '../../../source-error.js';
import type {
  ServerDriver,
  ServerSession,
  SourceCells,
  StatementBounds,
} from '../../server/server-source.js';
import type { Statement } from '../../sql-fragment.js';
import { cancelKeyOf, sendCancelRequest } from './cancel-request.js';
import { GuardedQuery } from './guarded-query.js';

const CONNECT_TIMEOUT_MS = 10_000;

class PostgresSession implements ServerSession {
  readonly client: pg.Client;
  readonly #schema: string | undefined;
  #isAlive = true;

  constructor(client: pg.Client, schema: string | undefined) {
    this.client = client;
    this.#schema = schema;
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

  run(statement: Statement, { timeoutMs, maxBytes }: StatementBounds): Promise<SourceCells> {
    return new Promise((resolve, reject) => {
      const rows: (readonly unknown[])[] = [];
      let bytes = 0;
      const query = new GuardedQuery(
        statement,
        // Twice the bound: the cancel request comes first, and the error it causes is the same.
        {
          statementTimeoutMs: Math.min(Math.ceil(timeoutMs) * 2 + 1000, 2 ** 31 - 1),
          ...(this.#schema !== undefined && { schema: this.#schema }),
        },
        {
          onRow: (row) => {
            if (bytes > maxBytes) return;
            for (const cell of row) bytes += cell === null ? 8 : Buffer.byteLength(cell);
            if (bytes <= maxBytes) {
              rows.push(row);
              return;
            }
            // Nothing else stops the server from sending the rest.
            this.destroy();
            reject(
              new SourceTooLarge(`Cannot read from PostgreSQL: the answer is larger than ${maxBytes} bytes`),
            );
          },
          onEnd: () => resolve(rows),
          onError: (cause) => reject(this.#explain(cause)),
        },
      );
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
    const session = new PostgresSession(client, schema);
    const giveUp = () => session.destroy();
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      signal.throwIfAborted();
      await client.connect();
    } catch (cause) {
      session.destroy();
      throw wrapForeign(failureKindOf(cause), 'connect to PostgreSQL', cause);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
    return session;
  };
  const cancel = async ({ client, isAlive }: PostgresSession): Promise<void> => {
    const key = cancelKeyOf(client);
    if (key !== null && isAlive) await sendCancelRequest(client, key);
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

/** The socket, which the driver has, but its types leave out. */
function connectionOf(client: pg.Client): { readonly stream?: { destroy(): void } } | undefined {
  return (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function failureKindOf(error: unknown): FailureKind {
  const code = codeOf(error);
  if (code === '57014' || code === '55P03') return 'timeout';
  if (/^(?:08|53|57P|58|40|XX)/.test(code) || isNetworkCode(code)) return 'unavailable';
  if (/^22/.test(code)) return 'malformed';
  if (/^28/.test(code) || code === '42501') return 'credentials';
  if (code === '42703' || code === '42P01') return 'missing';
  if (/^[0-9A-Z]{5}$/.test(code)) return 'rejected';
  // The driver's own: `Connection terminated unexpectedly`, `timeout expired`.
  return /terminat|timeout|closed|not queryable|SSL|ended/i.test(String(error)) ? 'unavailable' : 'malformed';
}
