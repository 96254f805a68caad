import { InOrder } from '../../../../runtime/churn/in-order.js';
import { ThreadLost } from '../../../../runtime/thread/worker-thread.js';
import type { Deadline } from '../../../call-deadline.js';
import { codeOf, type FailureKind, wrapForeign } from '../../../foreign-error.js';
import { SourceError, SourceTooLarge, SourceUnavailable } from '../../../source-error.js';
import type { Statement } from '../../sql-fragment.js';
import type { SqlSource } from '../../sql-source.js';
import { type Rows, SqliteThreadPool } from './sqlite-thread-pool.js';
import { type SqliteJob, SqliteThreads } from './sqlite-threads.js';

const pool = new SqliteThreadPool();

/** Files that this program wrote itself are local, small and never locked: these share their places. */
const OWN_FILES_AT_ONCE = 2;
export const ownFiles = new SqliteThreads(OWN_FILES_AT_ONCE, pool);

/** One SQLite file. One statement on it runs at a time, so that a slow or locked file holds up nobody but its callers. */
export class SqliteSource implements SqlSource {
  readonly #file: string;
  readonly #threads: SqliteThreads;
  readonly #isShared: boolean;
  readonly #jobs = new InOrder<SqliteJob>();
  #isClosed = false;

  constructor(file: string, shared?: SqliteThreads) {
    this.#file = file;
    this.#threads = shared ?? new SqliteThreads(1, pool);
    this.#isShared = shared !== undefined;
    pool.join();
  }

  async query(statement: Statement, deadline: Deadline): Promise<Rows> {
    if (this.#isClosed) throw this.#closed();
    let forget = (): void => undefined;
    try {
      return await new Promise<Rows>((resolve, reject) => {
        const job: SqliteJob = { file: this.#file, statement, deadline, resolve, reject };
        forget = this.#jobs.add(job);
        this.#threads.run(job);
      });
    } catch (error) {
      throw this.#explain(error);
    } finally {
      forget();
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const job of this.#jobs) {
      this.#threads.drop(job);
      job.reject(this.#closed());
    }
    if (!this.#isShared) this.#threads.end();
    await pool.leave(this.#file);
  }

  #closed(): SourceUnavailable {
    return new SourceUnavailable(`Cannot read ${this.#file}: the connection has been closed`);
  }

  #explain(cause: unknown): Error {
    if (cause instanceof SourceError) return cause;
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
