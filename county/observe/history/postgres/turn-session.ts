import { createHash } from 'node:crypto';
import pg from 'pg';
import { connectionTo } from './connect-history.js';
import type { HistoryAddress } from './history-address.js';

/** Among the advisory locks of a database, those of histories: “EG” and what the lock is for. */
const LOCKS = { observing: 0x4547_0001, defining: 0x4547_0002 } as const;
/** What waited for hours is written in several. */
const STATEMENT_MS = 5000;
/** A process that ends waits no longer for a server that does not answer. */
const CLOSE_MS = 1000;
/** How often a lock is asked for whose holder has just been ended. */
const ATTEMPTS = 10;
const PAUSE_MS = 50;

/**
 * The one connection by which a process writes a history. It holds the lock of the one who observes: whoever loses it can no longer
 * write, however late he notices. A pooler that shares sessions (pgbouncer in transaction mode) must not stand before it.
 */
export class TurnSession {
  readonly #address: HistoryAddress;
  readonly #key: number;
  #client: pg.Client | null = null;
  #holds = false;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(address: HistoryAddress) {
    this.#address = address;
    this.#key = createHash('sha256').update(address.schema).digest().readInt32BE(0);
  }

  /** Whether this process has the lock, as far as it knows: the connection may be lost already. */
  get holds(): boolean {
    return this.#holds;
  }

  /** One after another. What fails ends the connection, unless it is the statement's own fault. */
  run<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const done = this.#queue.then(() => this.#attempt(work));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Tries to get the lock of the one who observes. */
  async lock(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS got', [
      LOCKS.observing,
      this.#key,
    ]);
    this.#holds = rows[0]?.got === true;
    return this.#holds;
  }

  /** Ends the connection of whoever has the lock, and tries to get it. */
  async lockInstead(client: pg.Client): Promise<boolean> {
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_locks
       WHERE locktype = 'advisory' AND granted AND classid = $1::bigint::oid AND objid = ($2::bigint & 4294967295)::oid AND objsubid = 2
         AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())`,
      [LOCKS.observing, this.#key],
    );
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await this.lock(client)) return true;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return false;
  }

  /** Within a transaction: two processes that start at once do not define the same tables at once. */
  async waitToDefine(client: pg.ClientBase): Promise<void> {
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCKS.defining, this.#key]);
  }

  /** Gives the lock to others. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const client = this.#client;
    const late = setTimeout(() => client !== null && this.#drop(client), CLOSE_MS);
    await this.#queue;
    // When the connection has ended the server may have the lock for a moment more.
    await this.#client?.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    await this.#client?.end().catch(() => undefined);
    clearTimeout(late);
  }

  async #attempt<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = this.#client ?? (await this.#connect());
    try {
      return await work(client);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || isFatal(error)) this.#drop(client);
      throw error;
    }
  }

  async #connect(): Promise<pg.Client> {
    if (this.#isClosed) throw new Error('Cannot reach the history: it has been closed');
    const client = new pg.Client(connectionTo(this.#address, STATEMENT_MS));
    const forget = (): void => {
      if (this.#client !== client) return;
      this.#client = null;
      this.#holds = false;
    };
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
      await requireOwnSession(client);
      await client.query(`SET statement_timeout = ${STATEMENT_MS}`);
    } catch (error) {
      this.#drop(client);
      throw error;
    }
    this.#client = client;
    return client;
  }

  #drop(client: pg.Client): void {
    if (this.#client === client) {
      this.#client = null;
      this.#holds = false;
    }
    // `end` says goodbye first and may wait for a statement; destroying the socket waits for nobody.
    client.end().catch(() => undefined);
    (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection?.stream?.destroy();
  }
}

/**
 * A pooler makes up the number of a connection's process, since it lends the connection that process after process: a lock would be
 * somebody else's.
 */
async function requireOwnSession(client: pg.Client): Promise<void> {
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  const { processID: told } = client as unknown as { readonly processID?: unknown };
  if (rows[0]?.pid === told) return;
  throw new Error('Cannot share a history: its PostgreSQL must be reached without a pooler, but one answers');
}

/** Whether the server has ended, or is about to end, the connection. */
function isFatal({ severity }: pg.DatabaseError): boolean {
  return severity === 'FATAL' || severity === 'PANIC';
}
