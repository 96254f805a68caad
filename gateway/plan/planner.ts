import { LRUCache } from 'lru-cache';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { PlanFailure } from './plan-failure.js';
import type { PlannerPool } from './planner-pool.js';
import type { QueryPlan } from './query-plan.js';
import type { RepairedSupergraph } from './repair/repair-supergraph.js';

/** Plans operations, the planner itself behind it: whatever makes `QueryPlan`s can stand here. */
export interface Planner {
  /**
   * @param document one operation and its fragments, valid against the API schema.
   * @throws {PlanFailure} the same one again, without planning, for an operation that exceeded its budget or cannot be
   *   planned.
   */
  plan(document: string): Promise<QueryPlan>;
}

/** Operations remembered as refused; each costs its text. */
const MAX_REFUSED = 1000;

export function createPlanner(
  pool: PlannerPool,
  { planOtherwise }: Pick<RepairedSupergraph, 'planOtherwise'>,
  observer: Pick<GatewayObserver, 'plan'>,
): Planner {
  const refused = new LRUCache<string, PlanFailure>({ max: MAX_REFUSED });
  const plan = async (document: string, sdl?: string): Promise<QueryPlan> => {
    const finished = await pool.plan({ document, ...(sdl !== undefined && { sdl }) });
    observer.plan({ cached: false, tookMs: finished.tookMs });
    return finished.plan;
  };
  const planEither = async (document: string): Promise<QueryPlan> => {
    try {
      return await plan(document);
    } catch (error) {
      const isUnplannable = error instanceof PlanFailure && error.kind === 'unplannable';
      const other = isUnplannable ? planOtherwise(document) : null;
      if (other === null) throw error;
      const found = await plan(document, other.sdl);
      if (!other.isRight(found)) throw error;
      return found;
    }
  };
  return {
    plan: async (document) => {
      const refusal = refused.get(document);
      if (refusal !== undefined) throw refusal;
      try {
        return await planEither(document);
      } catch (error) {
        const isLasting = error instanceof PlanFailure && LASTING.has(error.kind);
        if (isLasting) refused.set(document, error);
        throw error;
      }
    },
  };
}

const LASTING: ReadonlySet<PlanFailure['kind']> = new Set(['too-complex', 'unplannable']);
