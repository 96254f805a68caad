import { LRUCache } from 'lru-cache';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { PlanFailure } from './plan-failure.js';
import type { PlannerPool } from './planner-pool.js';
import type { PlanJob } from './planner-thread.js';
import type { QueryPlan } from './query-plan.js';

/** Plans operations, the planner itself behind it: whatever makes `QueryPlan`s can stand here. */
export interface Planner {
  /**
   * @param job a document that is valid against the API schema.
   * @throws {PlanFailure} the same one again, without planning, for an operation that exceeded its budget.
   */
  plan(job: PlanJob): Promise<QueryPlan>;
}

/** Operations remembered as too complex; each costs its text. */
const MAX_REFUSED = 1000;

export function createPlanner(pool: PlannerPool, observer: Pick<GatewayObserver, 'plan'>): Planner {
  const refused = new LRUCache<string, PlanFailure>({ max: MAX_REFUSED });
  return {
    plan: async (job) => {
      const id = job.document;
      const refusal = refused.get(id);
      if (refusal !== undefined) throw refusal;
      try {
        const { plan, tookMs } = await pool.plan(job);
        observer.plan({ cached: false, tookMs });
        return plan;
      } catch (error) {
        if (error instanceof PlanFailure && error.kind === 'too-complex') refused.set(id, error);
        throw error;
      }
    },
  };
}
