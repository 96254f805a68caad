import { InOrder } from '../../../../runtime/churn/in-order.js';
import { ThreadLost } from '../../../../runtime/thread/worker-thread.js';
import type { Deadline } from '../../../call-deadline.js';
import type { Statement } from '../../sql-fragment.js';
import type { Rows, SqliteThread, SqliteThreadPool } from './sqlite-thread-pool.js';

/** A statement on one file, and who waits for its rows. */
export interface SqliteJob {
  readonly file: string;
  readonly statement: Statement;
  readonly deadline: Deadline;
  readonly resolve: (rows: Rows) => void;
  /** Told the thread's own error. */
  readonly reject: (error: unknown) => void;
}

/** How long an abandoned statement may hold up the queue before its thread is given up. */
const GRACE_MS = 20;

const GIVEN_UP = new ThreadLost('', 'nobody waits for its answer');

/**
 * Statements on SQLite files, a number of them at a time, each in a thread. A statement that is abandoned while it runs
 * cannot be interrupted, so its thread is left to itself and another takes over.
 */
export class SqliteThreads {
  readonly #places: number;
  readonly #pool: SqliteThreadPool;
  readonly #waiting: Run[] = [];
  readonly #running = new InOrder<Run>();

  /** @param places how many statements run at the same time. */
  constructor(places: number, pool: SqliteThreadPool) {
    this.#places = places;
    this.#pool = pool;
  }

  run(job: SqliteJob): void {
    const run: Run = { job, thread: null, takeBack: () => undefined, end: null };
    this.#waiting.push(run);
    job.deadline.signal.addEventListener('abort', () => this.#abandon(run), { once: true });
    this.#startNext();
  }

  /** Nobody waits for its rows any more. */
  drop(job: SqliteJob): void {
    const place = this.#waiting.findIndex((run) => run.job === job);
    if (place >= 0) this.#waiting.splice(place, 1);
  }

  /** A running statement cannot be interrupted: its thread ends after it, and nobody waits for that. */
  end(): void {
    this.#waiting.splice(0);
    for (const run of this.#running) this.#giveUp(run);
  }

  #startNext(): void {
    if (this.#running.size >= this.#places) return;
    const run = this.#waiting.shift();
    if (run === undefined) return;
    run.end = this.#running.add(run);
    run.takeBack = this.#pool.lend((thread) => {
      run.thread = thread;
      this.#ask(run, thread);
    });
    this.#startNext();
  }

  #ask(run: Run, thread: SqliteThread): void {
    const { job } = run;
    const { file, statement, deadline } = job;
    const { maxBytes } = deadline;
    thread.ask({ file, ...statement, timeoutMs: deadline.remainingMs(), maxBytes }).then(
      (rows) => this.#finish(run, thread, () => job.resolve(rows)),
      (error: unknown) => this.#finish(run, thread, () => job.reject(error)),
    );
  }

  /** A job that was abandoned has ended before. */
  #finish(run: Run, thread: SqliteThread, settle: () => void): void {
    if (run.end === null) return;
    this.#leave(run);
    this.#pool.giveBack(thread);
    settle();
    this.#startNext();
  }

  #abandon(run: Run): void {
    const { job } = run;
    job.reject(job.deadline.signal.reason);
    this.drop(job);
    if (run.end === null) return;
    if (run.thread === null) {
      this.#giveUp(run);
      this.#startNext();
      return;
    }
    setTimeout(() => {
      if (run.end === null) return;
      this.#giveUp(run);
      this.#startNext();
    }, GRACE_MS).unref();
  }

  #giveUp(run: Run): void {
    this.#leave(run);
    run.takeBack();
    if (run.thread !== null) void this.#pool.end(run.thread, GIVEN_UP);
  }

  #leave(run: Run): void {
    run.end?.();
    run.end = null;
  }
}

/** A statement, waiting or running. */
interface Run {
  readonly job: SqliteJob;
  /** Null while it waits for one, which can be taken back. */
  thread: SqliteThread | null;
  takeBack: () => void;
  /** Takes it out of those that run; null: it is none of them. */
  end: (() => void) | null;
}
