import './silence-apollo.js';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ThreadLost, WorkerThread } from '../../runtime/thread/worker-thread.js';
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

/** What one thread is given. */
interface ThreadGraph extends PlannedGraph {
  /** Whether it checks the supergraph and prints what callers see of it; one thread of a graph does. */
  readonly checks: boolean;
}

export interface PlanJob {
  /** One operation and its fragments. */
  readonly document: string;
  /** Supergraph to plan with; absent: the graph's own. */
  readonly sdl?: string;
}

export interface FinishedPlan {
  readonly plan: QueryPlan;
  /** Milliseconds of planning alone. */
  readonly tookMs: number;
}

type Question =
  | import('./thread/planner-thread.mjs').OpenQuestion
  | import('./thread/planner-thread.mjs').PlanQuestion;
type Reply = import('./thread/planner-thread.mjs').Ready | import('./thread/planner-thread.mjs').Planned;

/** What the thread said of the supergraph. */
export type Opened =
  /** `apiSdl`: what callers see; null of a thread that did not check the graph. */
  | { readonly kind: 'ready'; readonly apiSdl: string | null }
  | { readonly kind: 'invalid'; readonly reason: string };

/** One thread with one planner; takes one operation at a time. A thread that is lost is of no further use. */
export class PlannerThread {
  readonly opened: Promise<Opened>;
  readonly #thread: WorkerThread<Question, Reply>;
  readonly #budget: PlanBudget;

  constructor(graph: ThreadGraph, budget: PlanBudget) {
    this.#budget = budget;
    this.#thread = new WorkerThread(new URL('./thread/planner-thread.mjs', import.meta.url), {
      workerData: graph,
      resourceLimits: {
        maxOldGenerationSizeMb: budget.heapMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
    });
    this.opened = this.#open();
  }

  get isLost(): boolean {
    return this.#thread.isLost;
  }

  /** @throws {PlanFailure} */
  async plan({ document, sdl }: PlanJob): Promise<FinishedPlan> {
    let isPlanned = false;
    const timer = setTimeout(() => {
      // If this thread is late, the plan may have arrived meanwhile: read it first.
      setImmediate(() => {
        if (!isPlanned) this.#lose(`no plan after ${this.#budget.timeMs} ms`);
      });
    }, this.#budget.timeMs);
    try {
      const reply = await this.#thread.ask({ kind: 'plan', document, sdl });
      if (reply.kind !== 'plan') throw new PlanFailure('failed', 'the planner gave no plan');
      return { plan: JSON.parse(reply.plan) as QueryPlan, tookMs: reply.tookMs };
    } catch (error) {
      throw planFailureOf(error);
    } finally {
      isPlanned = true;
      clearTimeout(timer);
      // Node reads up to 1000 messages before the event loop turns. While operations wait for the planner there is
      // always a next message: without this turn, timers and sockets would stand still.
      await nextTurn();
    }
  }

  async close(): Promise<void> {
    await this.#lose('the gateway closes');
  }

  async #open(): Promise<Opened> {
    try {
      const reply = await this.#thread.ask({ kind: 'open' });
      return reply.kind === 'ready' ? reply : { kind: 'invalid', reason: 'the planner gave no schema' };
    } catch (error) {
      const reason = reasonOf(error);
      void this.#lose(reason);
      return { kind: 'invalid', reason };
    }
  }

  #lose(reason: string): Promise<void> {
    return this.#thread.giveUp(new ThreadLost('', reason));
  }
}

function planFailureOf(error: unknown): PlanFailure {
  if (error instanceof PlanFailure) return error;
  return new PlanFailure(error instanceof ThreadLost ? 'too-complex' : 'unplannable', reasonOf(error));
}

function reasonOf(error: unknown): string {
  if (error instanceof ThreadLost && error.code !== '') return error.code;
  return error instanceof Error ? error.message : String(error);
}
