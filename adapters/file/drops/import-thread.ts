import { ThreadLost, WorkerThread } from '../../../runtime/thread/worker-thread.js';
import type { Accepted, ImportJob, Rejected } from '../thread/import-drop.mjs';

/** `failed`: the store could not be written. */
export type ImportOutcome =
  | Accepted
  | Rejected
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** Heap of the thread; a workbook that needs more is refused, and the process lives on. */
const MAX_HEAP_MB = 1024;
/** No honest drop takes longer. */
const MAX_IMPORT_MS = 15 * 60_000;
/** How long an idle thread is kept: drops come in batches, weeks apart. */
const IDLE_MS = 10_000;

const EXHAUSTED: Rejected = {
  kind: 'rejected',
  faults: [{ code: 'exhausted', sheet: null, row: null, column: null, value: null }],
  isComplete: false,
};

const CLOSED = new ThreadLost('CLOSED', 'the connection has been closed');
const TOO_LONG = new ThreadLost('TOO_LONG', `the import took more than ${MAX_IMPORT_MS} ms`);

/** The thread in which drops are read, started when it is needed. One drop at a time. */
export class ImportThread {
  #thread: WorkerThread<ImportJob, Accepted | Rejected> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | null = null;
  #isClosed = false;

  /** Never rejects. */
  run(job: ImportJob): Promise<ImportOutcome> {
    const turn = this.#last.then(() => this.#start(job));
    this.#last = turn;
    return turn;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#endThread();
  }

  async #start(job: ImportJob): Promise<ImportOutcome> {
    if (this.#isClosed) return failed(CLOSED);
    const thread = this.#readyThread();
    const tooLong = setTimeout(() => thread.giveUp(TOO_LONG), MAX_IMPORT_MS);
    tooLong.unref();
    try {
      return await thread.ask(job);
    } catch (error) {
      return outcomeOf(error);
    } finally {
      clearTimeout(tooLong);
      if (!this.#isClosed) this.#idle = setTimeout(() => this.#endThread(), IDLE_MS).unref();
    }
  }

  #readyThread(): WorkerThread<ImportJob, Accepted | Rejected> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    if (this.#thread === null || this.#thread.isLost) {
      this.#thread = new WorkerThread(new URL('../thread/import-thread.mjs', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      });
    }
    return this.#thread;
  }

  async #endThread(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = null;
    await thread?.giveUp(CLOSED);
  }
}

function outcomeOf(error: unknown): ImportOutcome {
  const isLost = error instanceof ThreadLost;
  if (isLost && (error === TOO_LONG || error.code === 'ERR_WORKER_OUT_OF_MEMORY')) return EXHAUSTED;
  return failed(error);
}

function failed(error: unknown): ImportOutcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { kind: 'failed', code, message: error instanceof Error ? error.message : String(error) };
}
