import type { Crowd } from '../../runtime/call/shared-work.js';
import { PlanFailure } from './plan-failure.js';
import { createPlanLane, requireCrowd, type WaitingJob } from './plan-lane.js';
import {
  type FinishedPlan,
  type Opened,
  type PlanBudget,
  type PlanJob,
  type PlannedGraph,
  PlannerThread,
} from './planner-thread.js';

export interface PoolOptions {
  readonly budget: PlanBudget;
  /** Threads at most. The second one starts when an operation waits for the first. */
  readonly threads: number;
}

/** Plans operations in other threads. An operation that exceeds the budget ends its own thread alone. */
export interface PlannerPool {
  readonly opened: Promise<Opened>;
  /**
   * A job whose callers leave before it has its turn is not planned; once begun it is planned to its end.
   *
   * @throws {PlanFailure}
   * @throws {WaiterLeft} when nobody waited any more.
   */
  plan(job: PlanJob, crowd: Crowd): Promise<FinishedPlan>;
  close(): Promise<void>;
}

export function createPlannerPool(graph: PlannedGraph, { budget, threads }: PoolOptions): PlannerPool {
  const all = new Set<PlannerThread>();
  const idle: PlannerThread[] = [];
  const lane = createPlanLane();

  const startThread = (checks: boolean): PlannerThread => {
    const thread = new PlannerThread({ ...graph, checks }, budget);
    all.add(thread);
    return thread;
  };
  const giveBack = (thread: PlannerThread): void => {
    if (thread.isLost) all.delete(thread);
    else idle.push(thread);
    hand();
  };
  const run = async (thread: PlannerThread, { job, crowd }: WaitingJob): Promise<FinishedPlan> => {
    try {
      const opened = await thread.opened;
      if (opened.kind === 'invalid') throw new PlanFailure('failed', opened.reason);
      requireCrowd(crowd);
      return await thread.plan(job);
    } finally {
      giveBack(thread);
    }
  };
  const hand = (): void => {
    while (!lane.isEmpty && (idle.length > 0 || all.size < threads)) {
      const next = lane.next();
      if (next === undefined) return;
      next.resolve(run(idle.pop() ?? startThread(false), next));
    }
  };

  const first = startThread(true);
  idle.push(first);
  let plannersSince: number | null = null;
  void first.opened.then(() => {
    plannersSince = performance.now();
  });
  return {
    opened: first.opened,
    plan: (job, crowd) => {
      const planned = lane.enter(job, crowd, plannersSince);
      hand();
      return planned;
    },
    close: async () => {
      await Promise.all([...all].map((thread) => thread.close()));
    },
  };
}
