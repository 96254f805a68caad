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
  readonly #waiting: SqliteJob[] = [];
  readonly #running = new Map<SqliteJob, Run>();

  /** @param places how many statements run at the same time. */
  constructor(places: number, pool: SqliteThreadPool) {
    this.#places = places;
    this.#pool = pool;
  }

  run(job: SqliteJob): void {
    this.#waiting.push(job);
    job.deadline.signal.addEventListener('abort', () => this.#abandon(job), { once: true });
    this.#startNext();
  }

  /** Nobody waits for its rows any more. */
  drop(job: SqliteJob): void {
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
  }

  /** A running statement cannot be interrupted: its thread ends after it, and nobody waits for that. */
  end(): void {
    this.#waiting.splice(0);
    for (const job of [...this.#running.keys()]) this.#giveUp(job);
  }

  #startNext(): void {
    if (this.#running.size >= this.#places) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    const run: Run = { thread: null, takeBack: () => undefined };
    this.#running.set(job, run);
    run.takeBack = this.#pool.lend((thread) => {
      run.thread = thread;
      this.#ask(job, thread);
    });
    this.#startNext();
  }

  #ask(job: SqliteJob, thread: SqliteThread): void {
    const { file, statement, deadline } = job;
    const { maxBytes } = deadline;
    thread.ask({ file, ...statement, timeoutMs: deadline.remainingMs(), maxBytes }).then(
      (rows) => this.#finish(job, thread, () => job.resolve(rows)),
      (error: unknown) => this.#finish(job, thread, () => job.reject(error)),
    );
  }

  /** A job that was abandoned has ended before. */
  #finish(job: SqliteJob, thread: SqliteThread, settle: () => void): void {
    if (!this.#running.delete(job)) return;
    this.#pool.giveBack(thread);
    settle();
    this.#startNext();
  }

  #abandon(job: SqliteJob): void {
    job.reject(job.deadline.signal.reason);
    this.drop(job);
    const run = this.#running.get(job);
    if (run === undefined) return;
    if (run.thread === null) {
      this.#giveUp(job);
      this.#startNext();
      return;
    }
    setTimeout(() => {
      if (!this.#running.has(job)) return;
      this.#giveUp(job);
      this.#startNext();
    }, GRACE_MS).unref();
  }

  #giveUp(job: SqliteJob): void {
    const run = this.#running.get(job);
    this.#running.delete(job);
    run?.takeBack();
    if (run?.thread) void this.#pool.end(run.thread, GIVEN_UP);
  }
}

/** A statement's thread; null while it waits for one, which can be taken back. */
interface Run {
  thread: SqliteThread | null;
  takeBack: () => void;
}
