import { ThreadLost, WorkerThread } from '../../../../runtime/thread/worker-thread.js';
import type { Deadline } from '../../../call-deadline.js';
import type { Statement } from '../../sql-fragment.js';
import type { SqliteQuestion } from './sqlite-thread.mjs';

export type Rows = readonly (readonly unknown[])[];

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

type Thread = WorkerThread<SqliteQuestion, Rows>;

/**
 * Threads that run statements on SQLite files, one statement at a time each. A statement that is abandoned while it runs
 * cannot be interrupted, so its thread is left to itself and another takes over.
 */
export class SqliteThreads {
  readonly #places: number;
  readonly #waiting: SqliteJob[] = [];
  readonly #running = new Map<SqliteJob, Thread>();
  readonly #idle: Thread[] = [];

  /** @param places how many statements run at the same time. */
  constructor(places: number) {
    this.#places = places;
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

  /** Lets go of a file: it may be deleted. */
  async release(file: string): Promise<void> {
    const threads = [...this.#idle, ...this.#running.values()].filter((thread) => !thread.isLost);
    await Promise.all(threads.map((thread) => thread.ask({ close: file }).catch(() => undefined)));
  }

  /** A running statement cannot be interrupted: its thread ends after it, and nobody waits for that. */
  async end(): Promise<void> {
    this.#waiting.splice(0);
    for (const thread of this.#running.values()) void thread.giveUp(GIVEN_UP);
    this.#running.clear();
    await Promise.all(this.#idle.splice(0).map((thread) => thread.giveUp(GIVEN_UP)));
  }

  #startNext(): void {
    if (this.#running.size >= this.#places) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    const thread = this.#readyThread();
    this.#running.set(job, thread);
    const { file, statement, deadline } = job;
    const { maxBytes } = deadline;
    thread.ask({ file, ...statement, timeoutMs: deadline.remainingMs(), maxBytes }).then(
      (rows) => this.#finish(job, thread, () => job.resolve(rows)),
      (error: unknown) => this.#finish(job, thread, () => job.reject(error)),
    );
    this.#startNext();
  }

  /** A job that was abandoned has ended before. */
  #finish(job: SqliteJob, thread: Thread, settle: () => void): void {
    if (!this.#running.delete(job)) return;
    if (!thread.isLost) this.#idle.push(thread);
    settle();
    this.#startNext();
  }

  #abandon(job: SqliteJob): void {
    job.reject(job.deadline.signal.reason);
    this.drop(job);
    const thread = this.#running.get(job);
    if (thread === undefined) return;
    setTimeout(() => {
      if (!this.#running.delete(job)) return;
      void thread.giveUp(GIVEN_UP);
      this.#startNext();
    }, GRACE_MS).unref();
  }

  #readyThread(): Thread {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle === undefined) break;
      if (!idle.isLost) return idle;
    }
    return new WorkerThread(new URL('./sqlite-thread.mjs', import.meta.url));
  }
}
