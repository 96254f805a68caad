import { Worker } from 'node:worker_threads';
import type { Deadline } from '../../../call-deadline.js';
import { type FailureKind, wrapForeign } from '../../../foreign-error.js';
import { SourceTooLarge, SourceUnavailable } from '../../../source-error.js';
import type { Statement } from '../../sql-fragment.js';
import type { SqlSource } from '../../sql-source.js';
import type { ThreadAnswer, ThreadFailure } from './sqlite-thread.mjs';

type Rows = readonly (readonly unknown[])[];

interface Job {
  readonly id: number;
  readonly statement: Statement;
  readonly deadline: Deadline;
  readonly resolve: (rows: Rows) => void;
  readonly reject: (error: Error) => void;
}

/** How long an abandoned statement may hold up the queue before its thread is given up. */
const GRACE_MS = 20;

/**
 * One SQLite file behind one thread. Statements run one after another; one that is abandoned while it runs
 * cannot be interrupted, so its thread is left to itself and another takes over.
 */
export class SqliteSource implements SqlSource {
  readonly #file: string;
  readonly #waiting: Job[] = [];
  #worker: Worker | null = null;
  #running: Job | null = null;
  #nextId = 1;
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
      const job = { id: this.#nextId, statement, deadline, resolve, reject };
      this.#nextId += 1;
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
    const worker = this.#worker;
    this.#worker = null;
    const ending = worker?.terminate();
    // A running statement cannot be interrupted; the thread ends after it.
    if (!isBusy) await ending;
  }

  #startNext(): void {
    if (this.#running !== null || this.#isClosed) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#running = job;
    const { id, statement, deadline } = job;
    const { maxBytes } = deadline;
    this.#worker ??= this.#startWorker();
    this.#worker.ref();
    this.#worker.postMessage({ id, ...statement, timeoutMs: deadline.remainingMs(), maxBytes });
  }

  #abandon(job: Job): void {
    job.reject(job.deadline.signal.reason);
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
    if (this.#running !== job) return;
    setTimeout(() => {
      if (this.#running === job) this.#giveUpWorker();
    }, GRACE_MS).unref();
  }

  /** Terminating waits for the statement, which may take long: nobody else should. */
  #giveUpWorker(): void {
    const worker = this.#worker;
    this.#worker = null;
    this.#running = null;
    worker?.removeAllListeners();
    worker?.on('error', () => undefined);
    worker?.unref();
    void worker?.terminate();
    this.#startNext();
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('./sqlite-thread.mjs', import.meta.url), {
      workerData: { file: this.#file },
    });
    worker.on('message', (answer: ThreadAnswer) => this.#receive(answer));
    const lose = (cause: unknown) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      const job = this.#running;
      this.#running = null;
      job?.reject(wrapForeign('unavailable', `read ${this.#file}`, cause));
      this.#startNext();
    };
    worker.on('error', lose);
    worker.on('exit', (code) => lose(new Error(`its thread ended with code ${code}`)));
    return worker;
  }

  #receive({ id, rows, failure }: ThreadAnswer): void {
    const job = this.#running;
    if (job === null || job.id !== id) return;
    this.#running = null;
    if (rows !== undefined) job.resolve(rows);
    else job.reject(this.#explain(failure ?? { code: '', message: 'the thread gave no answer' }));
    // An idle thread must not keep the process alive.
    if (this.#waiting.length === 0) this.#worker?.unref();
    this.#startNext();
  }

  #explain({ code, message }: ThreadFailure): Error {
    const cause = Object.assign(new Error(message), { code });
    if (code === 'TOO_LARGE') return new SourceTooLarge(`Cannot read ${this.#file}: ${message}`, { cause });
    return wrapForeign(failureKindOf(code), `read ${this.#file}`, cause);
  }
}

/** https://www.sqlite.org/rescode.html; `SQLITE_BUSY` comes when a lock has outlasted the deadline. */
function failureKindOf(code: string): FailureKind {
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return 'timeout';
  if (code === 'ENOENT' || /^(?:E[A-Z]+$|SQLITE_(?:CANTOPEN|IOERR|NOMEM|FULL|INTERRUPT))/.test(code)) {
    return 'unavailable';
  }
  if (/^(?:MALFORMED$|SQLITE_(?:CORRUPT|NOTADB|FORMAT))/.test(code)) return 'malformed';
  return 'rejected';
}
