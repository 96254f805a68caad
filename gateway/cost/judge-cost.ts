import type { GraphQLError } from 'graphql';
import { refusal } from '../../runtime/errors.js';
import type { CostEvent } from '../observe/gateway-observer.js';
import type { OperationCost } from './compile-cost.js';
import type { CostMode, CostSettings } from './cost-settings.js';

/** How costs are estimated, and which are too much. */
export interface CostBounds extends CostSettings {
  /** Why an operation of such a cost is beyond the limit; null: it is not. */
  exceed(cost: number): GraphQLError | null;
}

export interface JudgedCost extends CostEvent {
  /** Why the operation is not carried out; null: it is. */
  readonly refused: GraphQLError | null;
}

/** @param calls requests to subgraphs that its plan holds; none while it is not planned. */
export function judgeCost(
  found: ReturnType<OperationCost>,
  calls: number,
  { mode, call, exceed }: CostBounds,
): JudgedCost {
  if (typeof found !== 'number') return verdict(null, unslicedError(found.unsliced), mode);
  const cost = Math.min(found + calls * call, Number.MAX_SAFE_INTEGER);
  return verdict(cost, exceed(cost), mode);
}

function verdict(cost: number | null, beyond: GraphQLError | null, mode: CostMode): JudgedCost {
  if (beyond === null) return { cost, outcome: 'within', refused: null };
  return mode === 'measure'
    ? { cost, outcome: 'beyond', refused: null }
    : { cost, outcome: 'refused', refused: beyond };
}

function unslicedError(coordinate: string): GraphQLError {
  return refusal(
    'GRAPHQL_VALIDATION_FAILED',
    `${coordinate} 须恰用一个参数指明条数。Exactly one argument must say how many elements ${coordinate} gives.`,
  );
}
