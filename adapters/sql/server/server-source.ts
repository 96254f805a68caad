import { type Deadline, untilDeadline } from '../../call-deadline.js';
import type { Statement } from '../sql-fragment.js';
import type { SqlSource } from '../sql-source.js';
import { ConnectionPool, type Lease, type PooledConnection } from './connection-pool.js';

/** Rows as the driver delivers them. */
export type SourceCells = readonly (readonly unknown[])[];

/** How one statement is bounded. */
export interface StatementBounds {
  /** For the server's own limit, as a backstop: twice as long, since cancelling comes first. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** One session with a database server. */
export interface ServerSession extends PooledConnection {
  /**
   * Runs one statement read-only, and leaves nothing of it on the session: a pooler may give the server's session to
   * somebody else in between.
   *
   * @throws {SourceError}
   */
  run(statement: Statement, bounds: StatementBounds): Promise<SourceCells>;
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

  async query(statement: Statement, deadline: Deadline): Promise<SourceCells> {
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

  async #runLeased(lease: Lease<S>, statement: Statement, deadline: Deadline): Promise<SourceCells> {
    const session = lease.connection;
    const running = session.run(statement, deadline);
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
