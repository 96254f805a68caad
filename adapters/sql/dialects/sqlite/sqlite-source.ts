import { ThreadLost, WorkerThread } from '../../../../runtime/thread/worker-thread.js';
import type { Deadline } from '../../../call-deadline.js';
import { codeOf, type FailureKind, wrapForeign } from '../../../foreign-error.js';
import { SourceTooLarge, SourceUnavailable } from '../../../source-error.js';
import type { Statement } from '../../sql-fragment.js';
import type { SqlSource } from '../../sql-source.js';
import type { SqliteQuestion } from './sqlite-thread.mjs';

type Rows = readonly (readonly unknown[])[];

interface Job {
  readonly statement: Statement;
  readonly deadline: Deadline;
  readonly resolve: (rows: Rows) => void;
  readonly reject: (error: Error) => void;
}

/** How long an abandoned statement may hold up the queue before its thread is given up. */
const GRACE_MS = 20;

const GIVEN_UP = new ThreadLost('', 'nobody waits for its answer');

/**
 * One SQLite file behind one thread. Statements run one after another; one that is abandoned while it runs
 * cannot be interrupted, so its thread is left to itself and another takes over.
 */
export class SqliteSource implements SqlSource {
  readonly #file: string;
  readonly #waiting: Job[] = [];
  #thread: WorkerThread<SqliteQuestion, Rows> | null = null;
  #running: Job | null = null;
  #isClosed = false;

  constructor(file: string) {
    this.#file = file;
  }

  query(statement: Statement, deadline: Deadline): Promise<Rows> {
    return new Promise<Rows>((resolve, reject) => {
      if (this.#isClosed) {
        reject(new SourceUnavailable(`Cannot read ${this.#file}: the connection has been closed`));
        return;
      }
      const job = { statement, deadline, resolve, reject };
      this.#waiting.push(job);
      deadline.signal.addEventListener('abort', () => this.#abandon(job), { once: true });
      this.#startNext();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const left = this.#waiting.splice(0);
    const isBusy = this.#running !== null;
    if (this.#running !== null) left.push(this.#running);
    this.#running = null;
    for (const job of left) {
      job.reject(new SourceUnavailable(`Cannot read ${this.#file}: the connection has been closed`));
    }
    const thread = this.#thread;
    this.#thread = null;
    const ending = thread?.giveUp(GIVEN_UP);
    // A running statement cannot be interrupted; the thread ends after it.
    if (!isBusy) await ending;
  }

  #startNext(): void {
    if (this.#running !== null || this.#isClosed) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#running = job;
    const { statement, deadline } = job;
    const { maxBytes } = deadline;
    const question = { ...statement, timeoutMs: deadline.remainingMs(), maxBytes };
    this.#readyThread()
      .ask(question)
      .then(
        (rows) => this.#finish(job, () => job.resolve(rows)),
        (error: unknown) => this.#finish(job, () => job.reject(this.#explain(error))),
      );
  }

  /** A job that was abandoned has ended before. */
  #finish(job: Job, settle: () => void): void {
    if (this.#running !== job) return;
    this.#running = null;
    settle();
    this.#startNext();
  }

  #abandon(job: Job): void {
    job.reject(job.deadline.signal.reason);
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
    if (this.#running !== job) return;
    setTimeout(() => {
      if (this.#running === job) this.#replaceThread();
    }, GRACE_MS).unref();
  }

  /** The old thread ends after its statement, which may take long: nobody waits for that. */
  #replaceThread(): void {
    const thread = this.#thread;
    this.#thread = null;
    this.#running = null;
    void thread?.giveUp(GIVEN_UP);
    this.#startNext();
  }

  #readyThread(): WorkerThread<SqliteQuestion, Rows> {
    if (this.#thread === null || this.#thread.isLost) {
      this.#thread = new WorkerThread(new URL('./sqlite-thread.mjs', import.meta.url), {
        workerData: { file: this.#file },
      });
    }
    return this.#thread;
  }

  #explain(cause: unknown): Error {
    const action = `read ${this.#file}`;
    if (cause instanceof ThreadLost) return wrapForeign('unavailable', action, cause);
    const code = codeOf(cause);
    if (code !== 'TOO_LARGE') return wrapForeign(failureKindOf(code, String(cause)), action, cause);
    return new SourceTooLarge(`Cannot ${action}: ${cause instanceof Error ? cause.message : code}`, {
      cause,
    });
  }
}

/** https://www.sqlite.org/rescode.html; `SQLITE_BUSY` comes when a lock has outlasted the deadline. */
function failureKindOf(code: string, message: string): FailureKind {
  if (/no such (?:table|column)/.test(message)) return 'missing';
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return 'timeout';
  if (code === 'ENOENT' || /^(?:E[A-Z]+$|SQLITE_(?:CANTOPEN|IOERR|NOMEM|FULL|INTERRUPT))/.test(code)) {
    return 'unavailable';
  }
  if (/^(?:MALFORMED$|SQLITE_(?:CORRUPT|NOTADB|FORMAT))/.test(code)) return 'malformed';
  return 'rejected';
}
