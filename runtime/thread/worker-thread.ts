import { Worker, type WorkerOptions } from 'node:worker_threads';
import { Numbered } from '../churn/numbered.js';
import type { Answered } from './answer-questions.mjs';

/** The thread could not answer a question; it goes on with the next one. */
class ThreadFailed extends Error {
  override readonly name = 'ThreadFailed';
  /** Of the error in the thread, such as `SQLITE_BUSY`; empty when it had none. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The thread ended, or was given up, before it had answered. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
  /** Of the error that ended it, such as `ERR_WORKER_OUT_OF_MEMORY`; empty when there was none. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Asking<Answer> {
  resolve(answer: Answer): void;
  reject(error: ThreadFailed | ThreadLost): void;
}

/**
 * A thread that answers questions in the order in which they are asked; its script calls `answerQuestions`. It keeps
 * the process alive only while it owes an answer. A thread that is lost is of no further use: its owner makes another.
 */
export class WorkerThread<Question, Answer> {
  readonly #worker: Worker;
  readonly #asked = new Numbered<Asking<Answer>>();
  #lost: ThreadLost | null = null;

  constructor(script: URL, options: Pick<WorkerOptions, 'workerData' | 'resourceLimits'> = {}) {
    this.#worker = new Worker(script, options);
    this.#worker.unref();
    this.#worker.on('message', (reply: Answered<Answer>) => this.#settle(reply));
    this.#worker.on('error', (error: NodeJS.ErrnoException) =>
      this.giveUp(new ThreadLost(error.code ?? '', error.message)),
    );
    this.#worker.on('exit', (code) => this.giveUp(new ThreadLost('', `the thread ended with code ${code}`)));
  }

  get isLost(): boolean {
    return this.#lost !== null;
  }

  /**
   * @throws {ThreadFailed} when the thread could not answer.
   * @throws {ThreadLost} when it ended or was given up first.
   */
  ask(question: Question): Promise<Answer> {
    if (this.#lost !== null) return Promise.reject(this.#lost);
    this.#worker.ref();
    return new Promise<Answer>((resolve, reject) => {
      const id = this.#asked.add({ resolve, reject });
      this.#worker.postMessage({ id, question });
    });
  }

  /**
   * Rejects what is still asked, and ends the thread as soon as its present work lets it.
   *
   * @returns when it has ended.
   */
  async giveUp(reason: ThreadLost): Promise<void> {
    if (this.#lost === null) {
      this.#lost = reason;
      for (const { reject } of this.#asked.takeAll()) reject(reason);
      this.#worker.unref();
    }
    await this.#worker.terminate();
  }

  #settle(reply: Answered<Answer>): void {
    const asking = this.#asked.take(reply.id);
    if (asking === undefined) return;
    if (this.#asked.size === 0) this.#worker.unref();
    if ('failure' in reply) asking.reject(new ThreadFailed(reply.failure.code, reply.failure.message));
    else asking.resolve(reply.answer);
  }
}
