import type { Crowd } from '../../runtime/call/shared-work.js';
import { WaiterLeft } from '../../runtime/call/waiter.js';
import { PlanFailure } from './plan-failure.js';
import type { FinishedPlan, PlanJob } from './planner-thread.js';

/**
 * Milliseconds that the first in the lane may have waited before others are refused. A request has 3 s, and a plan takes
 * 5 to 50 ms: a lane that moves so slowly holds plans of seconds, and who came now would leave before his turn.
 */
const MAX_HEAD_WAIT_MS = 500;
/** A lane of plans of 5 ms is through with so many in that time; it bounds what a burst keeps in memory. */
const MAX_WAITING = 100;

/** An operation, and those who wait for its plan. */
export interface WaitingJob {
  readonly job: PlanJob;
  readonly crowd: Crowd;
}

/** @throws {WaiterLeft} when nobody waits any more: the plan is not made. */
export function requireCrowd(crowd: Crowd): void {
  if (!crowd.isGone) return;
  crowd.drop();
  throw new WaiterLeft();
}

interface Waiting extends WaitingJob {
  /** Milliseconds of this process's monotonic clock. */
  readonly since: number;
  resolve(plan: Promise<FinishedPlan>): void;
  reject(error: Error): void;
}

/** Operations that wait for the planner, first come first served: what nobody waits for leaves it at once. */
export interface PlanLane {
  /** @param plannersSince since when there is a planner to wait for; null: not yet. @throws {PlanFailure} `busy`, at once. */
  enter(job: PlanJob, crowd: Crowd, plannersSince: number | null): Promise<FinishedPlan>;
  readonly isEmpty: boolean;
  /** The next one that somebody waits for. */
  next(): (WaitingJob & Pick<Waiting, 'resolve'>) | undefined;
}

export function createPlanLane(): PlanLane {
  const lane = new Set<Waiting>();
  const drop = (waiting: Waiting): void => {
    if (!lane.delete(waiting)) return;
    waiting.crowd.drop();
    waiting.reject(new WaiterLeft());
  };
  const isFull = (plannersSince: number | null): boolean => {
    if (lane.size >= MAX_WAITING) return true;
    const [head] = lane;
    if (head === undefined || plannersSince === null) return false;
    return performance.now() - Math.max(head.since, plannersSince) > MAX_HEAD_WAIT_MS;
  };
  return {
    enter: (job, crowd, plannersSince) => {
      if (isFull(plannersSince)) {
        return Promise.reject(new PlanFailure('busy', `${lane.size} operations wait for a plan`));
      }
      return new Promise((resolve, reject) => {
        const waiting = { job, crowd, since: performance.now(), resolve, reject };
        lane.add(waiting);
        crowd.onGone(() => drop(waiting));
      });
    },
    get isEmpty() {
      return lane.size === 0;
    },
    next: () => {
      for (const waiting of lane) {
        if (waiting.crowd.isGone) {
          drop(waiting);
          continue;
        }
        lane.delete(waiting);
        return waiting;
      }
      return undefined;
    },
  };
}
