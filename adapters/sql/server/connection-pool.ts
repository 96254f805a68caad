import { type Deadline, untilDeadline } from '../../call-deadline.js';
import { SourceUnavailable } from '../../source-error.js';

/** What the pool must know of a connection. */
export interface PooledConnection {
  /** False once the other side has gone or the connection was destroyed. */
  readonly isAlive: boolean;
  /** Ends the connection without waiting for a statement; never fails. */
  destroy(): void;
}

export interface Lease<C> {
  readonly connection: C;
  /** Whether it has already served another call, and may therefore be dead without knowing it. */
  readonly isReused: boolean;
  /** Gives it back; one that is not alive any more, or not clean, is destroyed. */
  release(state: 'clean' | 'dirty'): void;
}

interface PoolWaiter {
  readonly grant: () => void;
}

const IDLE_MS = 30_000;

/** At most `maxConnections` connections to one database, opened when needed and closed after idling. */
export class ConnectionPool<C extends PooledConnection> {
  readonly #connect: (signal: AbortSignal) => Promise<C>;
  readonly #maxConnections: number;
  readonly #idle: { readonly connection: C; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiters: PoolWaiter[] = [];
  /** Slots in use: leased connections and those being opened. */
  #used = 0;
  readonly #closing = new AbortController();
  readonly #leased = new Set<C>();

  /** @param connect gives up when its signal aborts, which the closing of the pool does. */
  constructor(maxConnections: number, connect: (signal: AbortSignal) => Promise<C>) {
    this.#maxConnections = maxConnections;
    this.#connect = connect;
  }

  async acquire(deadline: Deadline): Promise<Lease<C>> {
    await this.#takeSlot(deadline);
    if (this.#closing.signal.aborted) {
      this.#freeSlot();
      throw new SourceUnavailable('Cannot connect: the connection has been closed');
    }
    const reused = this.#takeIdle();
    if (reused !== null) return this.#lease(reused, true);
    return this.#open(deadline);
  }

  close(): void {
    this.#closing.abort();
    for (const { connection, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      connection.destroy();
    }
    for (const connection of this.#leased) connection.destroy();
    for (const waiter of this.#waiters.splice(0)) waiter.grant();
  }

  async #takeSlot(deadline: Deadline): Promise<void> {
    if (this.#used < this.#maxConnections || this.#closing.signal.aborted) {
      this.#used += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(deadline.signal.reason);
      };
      const waiter: PoolWaiter = {
        grant: () => {
          deadline.signal.removeEventListener('abort', abort);
          this.#used += 1;
          resolve();
        },
      };
      if (deadline.signal.aborted) {
        reject(deadline.signal.reason);
        return;
      }
      this.#waiters.push(waiter);
      deadline.signal.addEventListener('abort', abort, { once: true });
    });
  }

  #freeSlot(): void {
    this.#used -= 1;
    this.#waiters.shift()?.grant();
  }

  #takeIdle(): C | null {
    // The youngest first: the others idle away.
    for (;;) {
      const entry = this.#idle.pop();
      if (entry === undefined) return null;
      clearTimeout(entry.timer);
      if (entry.connection.isAlive) return entry.connection;
      entry.connection.destroy();
    }
  }

  /** Waits until the deadline at most. A connection that opens later is kept for the next statement. */
  async #open(deadline: Deadline): Promise<Lease<C>> {
    const opening = this.#connect(this.#closing.signal);
    try {
      return this.#lease(await untilDeadline(opening, deadline), false);
    } catch (error) {
      if (deadline.signal.aborted) {
        opening.then(
          (connection) => this.#lease(connection, false).release('clean'),
          () => this.#freeSlot(),
        );
      } else {
        this.#freeSlot();
      }
      throw error;
    }
  }

  #lease(connection: C, isReused: boolean): Lease<C> {
    this.#leased.add(connection);
    let isReleased = false;
    const release = (state: 'clean' | 'dirty') => {
      if (isReleased) return;
      isReleased = true;
      this.#leased.delete(connection);
      if (state === 'clean' && connection.isAlive && !this.#closing.signal.aborted) this.#keep(connection);
      else connection.destroy();
      this.#freeSlot();
    };
    return { connection, isReused, release };
  }

  #keep(connection: C): void {
    const timer = setTimeout(() => {
      const place = this.#idle.findIndex((entry) => entry.connection === connection);
      if (place >= 0) this.#idle.splice(place, 1);
      connection.destroy();
    }, IDLE_MS);
    timer.unref();
    this.#idle.push({ connection, timer });
  }
}
