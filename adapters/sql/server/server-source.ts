import { type Deadline, untilDeadline } from '../../call-deadline.js';
import type { Statement } from '../sql-fragment.js';
import type { SqlSource } from '../sql-source.js';
import { ConnectionPool, type Lease, type PooledConnection } from './connection-pool.js';

type Rows = readonly (readonly unknown[])[];

/** One session with a database server. */
export interface ServerSession extends PooledConnection {
  /** Before the first statement and whenever the bound changes: the server's own limit, as a backstop. */
  limitStatements(timeoutMs: number): Promise<void>;
  /** @throws {SourceError} */
  run(statement: Statement, maxBytes: number): Promise<Rows>;
}

/** How sessions with one server begin, and how a running statement is stopped from outside. */
export interface ServerDriver<S extends ServerSession> {
  /** @param signal ends the attempt. */
  connect(signal: AbortSignal): Promise<S>;
  /** Asks the server to stop what the session runs, over a connection of its own; never fails. */
  cancel(session: S): Promise<void>;
}

/** Statements over a pool of sessions, each stopped at the server when nobody waits for it any more. */
export class ServerSource<S extends ServerSession> implements SqlSource {
  readonly #driver: ServerDriver<S>;
  readonly #pool: ConnectionPool<S>;

  constructor(driver: ServerDriver<S>, maxConnections: number) {
    this.#driver = driver;
    this.#pool = new ConnectionPool(maxConnections, (signal) => driver.connect(signal));
  }

  async query(statement: Statement, deadline: Deadline): Promise<Rows> {
    for (;;) {
      const lease = await this.#pool.acquire(deadline);
      try {
        return await this.#runLeased(lease, statement, deadline);
      } catch (error) {
        // A session that idled may have died with a restarted server; reads can simply be sent again.
        const isStale = lease.isReused && !lease.connection.isAlive;
        if (!isStale || deadline.signal.aborted) throw error;
      }
    }
  }

  async close(): Promise<void> {
    this.#pool.close();
  }

  async #runLeased(lease: Lease<S>, statement: Statement, deadline: Deadline): Promise<Rows> {
    const session = lease.connection;
    const running = (async () => {
      await session.limitStatements(deadline.timeoutMs);
      return session.run(statement, deadline.maxBytes);
    })();
    try {
      const rows = await untilDeadline(running, deadline);
      lease.release('clean');
      return rows;
    } catch (error) {
      if (deadline.signal.aborted) this.#stop(lease, running);
      else lease.release('clean');
      throw error;
    }
  }

  /** The slot stays taken until the server has been told, so that leaving callers cannot pile up statements. */
  #stop(lease: Lease<S>, running: Promise<unknown>): void {
    running.catch(() => undefined);
    // A late cancellation would hit the session's next statement, so there is none.
    void this.#driver.cancel(lease.connection).finally(() => lease.release('dirty'));
  }
}
