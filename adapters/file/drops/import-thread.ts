import { Worker } from 'node:worker_threads';
import type { ImportJob } from '../thread/import-drop.mjs';
import type { ImportOutcome, ThreadAnswer } from '../thread/import-thread.mjs';

interface Running {
  readonly id: number;
  readonly worker: Worker;
  readonly settle: (outcome: ImportOutcome) => void;
}

/** Heap of the thread; a workbook that needs more is refused, and the process lives on. */
const MAX_HEAP_MB = 1024;
/** No honest drop takes longer. */
const MAX_IMPORT_MS = 15 * 60_000;
/** How long an idle thread is kept: a batch of drops needs one, and then nobody for a month. */
const IDLE_MS = 10_000;

const EXHAUSTED: ImportOutcome = {
  kind: 'rejected',
  faults: [{ code: 'exhausted', sheet: null, row: null, column: null, value: null }],
  isComplete: false,
};

/** The thread in which drops are read, started when it is needed. One drop at a time. */
export class ImportThread {
  #worker: Worker | null = null;
  #running: Running | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | null = null;
  #nextId = 1;
  #isClosed = false;

  /** Never rejects. */
  run(job: ImportJob): Promise<ImportOutcome> {
    const turn = this.#last.then(() => this.#start(job));
    this.#last = turn;
    return turn;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#idle !== null) clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    this.#settle({ kind: 'failed', code: 'CLOSED', message: 'the connection has been closed' });
    await worker?.terminate();
  }

  #start(job: ImportJob): Promise<ImportOutcome> {
    if (this.#isClosed) {
      return Promise.resolve({ kind: 'failed', code: 'CLOSED', message: 'the connection has been closed' });
    }
    if (this.#idle !== null) clearTimeout(this.#idle);
    return new Promise<ImportOutcome>((resolve) => {
      const worker = this.#worker ?? this.#startWorker();
      this.#worker = worker;
      const id = this.#nextId;
      this.#nextId += 1;
      const tooLong = setTimeout(() => this.#lose(worker, EXHAUSTED), MAX_IMPORT_MS);
      tooLong.unref();
      const settle = (outcome: ImportOutcome) => {
        clearTimeout(tooLong);
        resolve(outcome);
      };
      this.#running = { id, worker, settle };
      worker.ref();
      worker.postMessage({ ...job, id });
    });
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('../thread/import-thread.mjs', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    worker.on('message', ({ id, outcome }: ThreadAnswer) => {
      if (this.#running?.id === id) this.#settle(outcome);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#lose(worker, isMemory ? EXHAUSTED : { kind: 'failed', code: '', message: error.message });
    });
    worker.on('exit', (code) => {
      this.#lose(worker, { kind: 'failed', code: '', message: `the thread ended with code ${code}` });
    });
    return worker;
  }

  #lose(worker: Worker, outcome: ImportOutcome): void {
    if (this.#worker === worker) this.#worker = null;
    void worker.terminate();
    if (this.#running?.worker === worker) this.#settle(outcome);
  }

  #settle(outcome: ImportOutcome): void {
    const running = this.#running;
    this.#running = null;
    running?.settle(outcome);
    if (this.#worker === null) return;
    // An idle thread must not keep the process alive.
    this.#worker.unref();
    this.#idle = setTimeout(() => {
      const worker = this.#worker;
      this.#worker = null;
      void worker?.terminate();
    }, IDLE_MS);
    this.#idle.unref();
  }
}
