import type { ExecutionResult, GraphQLError } from 'graphql';
import { type CallContext, remainingMs } from '../../subgraphs/call-context.js';
import { publicError } from '../../subgraphs/errors.js';
import type { SubgraphPort } from '../../subgraphs/subgraph-port.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { StepsAfter } from '../plan/steps-after.js';
import { callWithin } from './bounded-call.js';
import { callBudgetMs } from './call-budget.js';
import { fetchedFields } from './fetched-fields.js';
import { createErrorLocator, type ErrorLocator } from './locate-errors.js';
import { catalogueCodeOf, type ErrorPath, toPublicError } from './public-error.js';
import { createResponseTree } from './response-tree.js';

/** One fetch, as the plan's executor hands it over. */
export interface PlannedFetch {
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where in the response the answer is merged. */
  readonly planPath: ErrorPath;
}

export type FetchData = Record<string, unknown> | null;

/** One execution of a plan: calls subgraphs and gathers what went wrong. */
export interface PlanRun {
  /** Never rejects; null when the subgraph has no data. */
  fetch(port: SubgraphPort, fetch: PlannedFetch): Promise<FetchData>;
  /** Public errors with their place in the caller's query. */
  readonly errors: readonly GraphQLError[];
}

export function createPlanRun(
  context: CallContext,
  stepsAfter: StepsAfter,
  observer: Pick<GatewayObserver, 'subgraphCall' | 'hiddenError'>,
): PlanRun {
  const errors: GraphQLError[] = [];
  const tree = createResponseTree();

  const report = (subgraph: string, error: GraphQLError, path: ErrorPath | undefined): void => {
    const shown = toPublicError(error, { requestId: context.requestId, subgraph, path });
    errors.push(shown);
    observer.hiddenError({
      requestId: context.requestId,
      subgraph,
      code: String(shown.extensions.code),
      error,
    });
  };

  return {
    errors,
    fetch: async (port, fetch) => {
      const started = performance.now();
      const { operation, operationName, variables } = fetch;
      const request = { query: operation, variables, ...(operationName !== undefined && { operationName }) };
      const budgetMs = callBudgetMs(remainingMs(context), stepsAfter(port.name, operation));
      const entities = representationsOf(fetch);
      const result = refuseShortAnswer(await callWithin(port, request, context, budgetMs), entities);
      const tookMs = performance.now() - started;
      observer.subgraphCall({ subgraph: port.name, outcome: outcomeOf(result), tookMs });
      const data = (result.data ?? null) as FetchData;
      if (result.errors !== undefined && result.errors.length > 0) {
        const locator = locatorOf(fetch, entities);
        for (const error of result.errors) report(port.name, error, locator.locate(error.path));
      }
      if (fetch.planPath.length === 0 && data !== null) tree.addRoot(data);
      return data;
    },
  };

  function locatorOf(fetch: PlannedFetch, representations: readonly unknown[] | null): ErrorLocator {
    const { planPath, operation } = fetch;
    return createErrorLocator({ planPath, representations, fields: fetchedFields(operation) }, tree);
  }
}

/** Null for a fetch of root fields, where a caller's own variable may have the same name. */
function representationsOf({ planPath, variables }: PlannedFetch): readonly unknown[] | null {
  return planPath.length > 0 && Array.isArray(variables.representations) ? variables.representations : null;
}

/** An answer that does not match its question entity by entity would put one subject's data on another. */
function refuseShortAnswer(result: ExecutionResult, entities: readonly unknown[] | null): ExecutionResult {
  if (entities === null || result.data === null || result.data === undefined) return result;
  const answered = result.data._entities;
  if (Array.isArray(answered) && answered.length === entities.length) return result;
  return { errors: [publicError('SUBGRAPH_MALFORMED')] };
}

function outcomeOf({ data, errors }: ExecutionResult): string {
  if (errors === undefined || errors.length === 0) return 'ok';
  return data === null || data === undefined ? (catalogueCodeOf(errors[0]) ?? 'INTERNAL') : 'partial';
}
