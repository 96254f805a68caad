import type { Crowd } from '../../runtime/call/shared-work.js';
import { followRequests } from '../../runtime/rest/follow-requests.js';
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
  /** Milliseconds after which a thread ends that nobody needs: another one is idle, too, or nobody asks. Default half a minute. */
  readonly unusedMs?: number;
  /** Who has asked so many milliseconds ago may yet have something to plan. Default ten minutes. */
  readonly idleMs?: number;
}

/** A thread holds the whole graph, 40 to 90 MB of a county's. */
const UNUSED_MS = 30_000;
/** Whoever tries queries thinks between them, and each new one would wait until another thread has read the graph. */
const IDLE_MS = 600_000;

interface Idle {
  readonly thread: PlannerThread;
  readonly timer: NodeJS.Timeout;
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

export function createPlannerPool(
  graph: PlannedGraph,
  { budget, threads, unusedMs = UNUSED_MS, idleMs = IDLE_MS }: PoolOptions,
): PlannerPool {
  const all = new Set<PlannerThread>();
  const idle: Idle[] = [];
  const lane = createPlanLane();
  const requests = followRequests();
  /** Since when there is a thread that has opened the graph. */
  let plannersSince: number | null = null;

  const startThread = (checks: boolean): PlannerThread => {
    const thread = new PlannerThread({ ...graph, checks }, budget);
    all.add(thread);
    void thread.opened.then(() => {
      plannersSince ??= performance.now();
    });
    return thread;
  };
  const rest = (thread: PlannerThread): void => {
    const resting: Idle = {
      thread,
      timer: setTimeout(() => {
        // The first one has not opened the graph yet.
        const isOpening = plannersSince === null;
        if (isOpening || (idle.length === 1 && requests.agoMs < idleMs)) return void resting.timer.refresh();
        idle.splice(idle.indexOf(resting), 1);
        all.delete(thread);
        if (all.size === 0) plannersSince = null;
        void thread.close();
      }, unusedMs).unref(),
    };
    idle.push(resting);
  };
  /** The one that was used last, so that the others can end. */
  const takeIdle = (): PlannerThread | undefined => {
    const resting = idle.pop();
    clearTimeout(resting?.timer);
    return resting?.thread;
  };
  const giveBack = (thread: PlannerThread): void => {
    if (thread.isLost) all.delete(thread);
    else rest(thread);
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
      next.resolve(run(takeIdle() ?? startThread(false), next));
    }
  };

  const first = startThread(true);
  rest(first);
  return {
    opened: first.opened,
    plan: (job, crowd) => {
      const planned = lane.enter(job, crowd, plannersSince);
      hand();
      return planned;
    },
    close: async () => {
      requests.stop();
      for (const { timer } of idle) clearTimeout(timer);
      await Promise.all([...all].map((thread) => thread.close()));
    },
  };
}
