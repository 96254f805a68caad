import { PlanFailure } from './plan-failure.js';
import {
  type FinishedPlan,
  type Opened,
  type PlanBudget,
  type PlanJob,
  type PlannedGraph,
  PlannerThread,
} from './planner-thread.js';

/** Operations that wait for their turn; more are refused at once. */
const MAX_WAITING = 500;

export interface PoolOptions {
  readonly budget: PlanBudget;
  /** Threads at most. The second one starts when an operation waits for the first. */
  readonly threads: number;
}

/** Plans operations in other threads. An operation that exceeds the budget ends its own thread alone. */
export interface PlannerPool {
  readonly opened: Promise<Opened>;
  /** @throws {PlanFailure} */
  plan(job: PlanJob): Promise<FinishedPlan>;
  close(): Promise<void>;
}

interface Waiting {
  readonly job: PlanJob;
  resolve(plan: Promise<FinishedPlan>): void;
}

export function createPlannerPool(graph: PlannedGraph, { budget, threads }: PoolOptions): PlannerPool {
  const all = new Set<PlannerThread>();
  const idle: PlannerThread[] = [];
  const waiting: Waiting[] = [];

  const startThread = (): PlannerThread => {
    const thread = new PlannerThread(graph, budget);
    all.add(thread);
    return thread;
  };
  const giveBack = (thread: PlannerThread): void => {
    if (thread.isLost) all.delete(thread);
    else idle.push(thread);
    hand();
  };
  const run = async (thread: PlannerThread, job: PlanJob): Promise<FinishedPlan> => {
    try {
      const opened = await thread.opened;
      if (opened.kind === 'invalid') throw new PlanFailure('failed', opened.reason);
      return await thread.plan(job);
    } finally {
      giveBack(thread);
    }
  };
  const hand = (): void => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const thread = idle.pop() ?? (all.size < threads ? startThread() : undefined);
      if (thread === undefined) return;
      waiting.shift();
      next.resolve(run(thread, next.job));
    }
  };

  const first = startThread();
  idle.push(first);
  return {
    opened: first.opened,
    plan: (job) => {
      if (waiting.length >= MAX_WAITING) {
        return Promise.reject(new PlanFailure('busy', `${MAX_WAITING} operations wait for a plan`));
      }
      return new Promise((resolve) => {
        waiting.push({ job, resolve });
        hand();
      });
    },
    close: async () => {
      await Promise.all([...all].map((thread) => thread.close()));
    },
  };
}
