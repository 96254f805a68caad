import type { CostBounds } from '../../cost/judge-cost.js';
import type { RequestLimits } from '../request-limits.js';
import { limitError } from './limit-error.js';

/** What the executor is told of the cost of operations. */
export function boundCosts({ costs, cost: allowed }: Pick<RequestLimits, 'costs' | 'cost'>): CostBounds {
  return {
    ...costs,
    exceed: (actual) =>
      actual > allowed ? limitError('GRAPHQL_VALIDATION_FAILED', { limit: 'cost', allowed, actual }) : null,
  };
}
