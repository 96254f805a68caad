import { randomUUID } from 'node:crypto';
import { ThreadLost, WorkerThread } from '../../runtime/thread/worker-thread.js';
import type { WriteStep, Written } from './thread/write-thread.mjs';

const CLOSED = new ThreadLost('CLOSED', 'the store has been closed');
/** How long an idle thread is kept. */
const IDLE_MS = 10_000;

/** A step without the name of its version. */
type Step = WriteStep extends infer S ? (S extends WriteStep ? Omit<S, 'id'> : never) : never;

/** Sends the steps of writing to the thread that does it; the thread is started when it is needed. */
export class WriteThread {
  #thread: WorkerThread<WriteStep, Written | null> | null = null;
  #idle: NodeJS.Timeout | null = null;
  /** Versions that have been begun and not ended. */
  readonly #open = new Set<string>();
  #isClosed = false;

  /** @returns asks the thread for one step after another of one version. */
  start(): (step: Step) => Promise<Written | null> {
    const id = randomUUID();
    return async (step) => {
      if (this.#isClosed) throw CLOSED;
      if (this.#idle !== null) clearTimeout(this.#idle);
      if (this.#thread === null || this.#thread.isLost) {
        this.#thread = new WorkerThread(new URL('./thread/write-thread.mjs', import.meta.url));
      }
      if (step.step === 'begin') this.#open.add(id);
      let isOver = step.step === 'finish' || step.step === 'abandon';
      try {
        return await this.#thread.ask({ ...step, id });
      } catch (error) {
        isOver ||= step.step === 'begin';
        throw error;
      } finally {
        if (isOver) this.#open.delete(id);
        if (this.#open.size === 0 && !this.#isClosed) {
          this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
        }
      }
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#idle !== null) clearTimeout(this.#idle);
    await this.#end();
  }

  async #end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.giveUp(CLOSED);
  }
}
