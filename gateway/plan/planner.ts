import './silence-apollo.js';
import { operationFromDocument } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { countStepsAfter, type StepsAfter } from './steps-after.js';
import type { LoadedSupergraph } from './supergraph.js';

export interface PlanRequest {
  /** Validated against the API schema. */
  readonly document: DocumentNode;
  /** Stands for the document's text: equal for equal texts, different for different ones. */
  readonly documentId: string;
  readonly operationName: string | undefined;
}

export interface PlannedOperation {
  readonly queryPlan: QueryPlan;
  readonly stepsAfter: StepsAfter;
}

export interface Planner {
  /** Synchronous; a new operation may take a second, a known one takes none. */
  plan(request: PlanRequest): PlannedOperation;
}

/** Operations whose plans are kept; a plan takes some tens of kilobytes. */
const MAX_PLANS = 1000;

export function createPlanner(
  { internals }: LoadedSupergraph,
  observer: Pick<GatewayObserver, 'plan'>,
): Planner {
  const planner = new QueryPlanner(internals.supergraph);
  const plans = new LRUCache<string, PlannedOperation>({ max: MAX_PLANS });
  return {
    plan: ({ document, documentId, operationName }) => {
      const started = performance.now();
      const id = `${documentId}\n${operationName ?? ''}`;
      const known = plans.get(id);
      if (known !== undefined) {
        observer.plan({ cached: true, tookMs: performance.now() - started });
        return known;
      }
      const operation = operationFromDocument(
        internals.apiSchema,
        document,
        operationName === undefined ? {} : { operationName },
      );
      const queryPlan = planner.buildQueryPlan(operation);
      const planned = { queryPlan, stepsAfter: countStepsAfter(queryPlan) };
      plans.set(id, planned);
      observer.plan({ cached: false, tookMs: performance.now() - started });
      return planned;
    },
  };
}
