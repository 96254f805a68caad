import './silence-apollo.js';
import { Worker } from 'node:worker_threads';
import { PlanFailure } from './plan-failure.js';
import type { QueryPlan } from './query-plan.js';

/** One plan at a time needs no more. */
const YOUNG_GENERATION_MB = 12;

/** What one operation may use of the planner before it is given up. */
export interface PlanBudget {
  /** Milliseconds of planning. */
  readonly timeMs: number;
  /** Megabytes of the thread's heap, the graph itself included. */
  readonly heapMb: number;
}

export interface PlannedGraph {
  /** What callers are served. */
  readonly supergraphSdl: string;
  /** The same, or with more fields that only the planner knows. */
  readonly plannedSdl: string;
}

export interface PlanJob {
  readonly document: string;
  readonly operationName: string | undefined;
}

export interface FinishedPlan {
  readonly plan: QueryPlan;
  /** Milliseconds of planning alone. */
  readonly tookMs: number;
}

type ThreadMessage =
  | import('./thread/planner-thread.mjs').Opening
  | import('./thread/planner-thread.mjs').Planned
  | import('./thread/planner-thread.mjs').Failed;

interface Running {
  readonly id: number;
  readonly timer: NodeJS.Timeout;
  resolve(plan: FinishedPlan): void;
  reject(failure: PlanFailure): void;
}

/** What the thread said of the supergraph. */
export type Opened =
  | { readonly kind: 'ready'; readonly apiSdl: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/** One thread with one planner; takes one operation at a time. A thread that is lost is of no further use. */
export class PlannerThread {
  readonly opened: Promise<Opened>;
  readonly #worker: Worker;
  readonly #budget: PlanBudget;
  #running: Running | null = null;
  #lastId = 0;
  #isLost = false;

  constructor(graph: PlannedGraph, budget: PlanBudget) {
    this.#budget = budget;
    this.#worker = new Worker(new URL('./thread/planner-thread.mjs', import.meta.url), {
      workerData: graph,
      resourceLimits: {
        maxOldGenerationSizeMb: budget.heapMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
    });
    // Planning alone must not keep the process alive.
    this.#worker.unref();
    this.opened = new Promise((resolve) => {
      const lost = (reason: string): void => {
        resolve({ kind: 'invalid', reason });
        this.#lose(reason);
      };
      this.#worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'ready' || message.kind === 'invalid') resolve(message);
        else this.#settle(message);
      });
      this.#worker.on('error', (error: NodeJS.ErrnoException) => lost(error.code ?? error.message));
      this.#worker.on('exit', (code) => lost(`the planner's thread ended with code ${code}`));
    });
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** @throws {PlanFailure} */
  plan({ document, operationName }: PlanJob): Promise<FinishedPlan> {
    const id = ++this.#lastId;
    this.#worker.ref();
    return new Promise<FinishedPlan>((resolve, reject) => {
      const timer = setTimeout(() => {
        // If this thread is late, the plan may have arrived meanwhile: read it first.
        setImmediate(() => {
          if (this.#running?.id === id) this.#lose(`no plan after ${this.#budget.timeMs} ms`);
        });
      }, this.#budget.timeMs);
      this.#running = { id, timer, resolve, reject };
      this.#worker.postMessage({ id, document, operationName });
    });
  }

  async close(): Promise<void> {
    this.#lose('the gateway closes');
    await this.#worker.terminate();
  }

  #settle(message: Exclude<ThreadMessage, Opened>): void {
    const running = this.#running;
    if (running === null || running.id !== message.id) return;
    this.#running = null;
    clearTimeout(running.timer);
    this.#worker.unref();
    // Node reads up to 1000 messages before the event loop turns. While operations wait for the planner there is always a
    // next message: without this turn, timers and sockets would stand still.
    setImmediate(() => {
      if (message.kind === 'failed') running.reject(new PlanFailure('failed', message.reason));
      else running.resolve({ plan: JSON.parse(message.plan) as QueryPlan, tookMs: message.tookMs });
    });
  }

  #lose(reason: string): void {
    if (this.#isLost) return;
    this.#isLost = true;
    void this.#worker.terminate();
    if (this.#running === null) return;
    clearTimeout(this.#running.timer);
    this.#running.reject(new PlanFailure('too-complex', reason));
    this.#running = null;
  }
}
