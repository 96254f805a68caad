import { BusyCache } from '../../runtime/busy-cache.js';
import type { Crowd } from '../../runtime/call/shared-work.js';
import { CACHE_BYTES } from '../cache-bytes.js';
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
   * @throws {WaiterLeft} when nobody waited any more before it was its turn.
   */
  plan(document: string, crowd: Crowd): Promise<QueryPlan>;
}

/** Bytes of what is remembered of a refusal besides the document: an error and its stack. */
const REFUSAL_BYTES = 2000;

export function createPlanner(
  pool: PlannerPool,
  { planOtherwise }: Pick<RepairedSupergraph, 'planOtherwise'>,
  observer: Pick<GatewayObserver, 'plan'>,
): Planner {
  const refused = new BusyCache<PlanFailure>(CACHE_BYTES.refused);
  const plan = async (document: string, crowd: Crowd, sdl?: string): Promise<QueryPlan> => {
    const finished = await pool.plan({ document, ...(sdl !== undefined && { sdl }) }, crowd);
    observer.plan({ cached: false, tookMs: finished.tookMs });
    return finished.plan;
  };
  const planEither = async (document: string, crowd: Crowd): Promise<QueryPlan> => {
    try {
      return await plan(document, crowd);
    } catch (error) {
      const isUnplannable = error instanceof PlanFailure && error.kind === 'unplannable';
      const other = isUnplannable ? planOtherwise(document) : null;
      if (other === null) throw error;
      const found = await plan(document, crowd, other.sdl);
      if (!other.isRight(found)) throw error;
      return found;
    }
  };
  return {
    plan: async (document, crowd) => {
      const refusal = refused.get(document);
      if (refusal !== undefined) throw refusal;
      try {
        return await planEither(document, crowd);
      } catch (error) {
        const isLasting = error instanceof PlanFailure && LASTING.has(error.kind);
        if (isLasting) refused.set(document, error, REFUSAL_BYTES + document.length);
        throw error;
      }
    },
  };
}

const LASTING: ReadonlySet<PlanFailure['kind']> = new Set(['too-complex', 'unplannable']);
