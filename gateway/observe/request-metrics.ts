import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { createBoundedNames } from './bounded-names.js';
import type {
  CostEvent,
  GraphEvent,
  PlanEvent,
  RequestEvent,
  SubgraphCallEvent,
} from './gateway-observer.js';

const MAX_OPERATION_NAMES = 200;
/** Seconds; requests end within 3. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
/** Points; up to ten times the usual limit. */
const COST_BUCKETS = [10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000];
/** As this counts what is more, or cannot be told: one absurd query must not make the sum useless. */
const MOST_COST = 10_000_000;

export interface RequestMetrics {
  request(event: RequestEvent): void;
  plan(event: PlanEvent): void;
  cost(event: CostEvent): void;
  subgraphCall(event: SubgraphCallEvent): void;
  overloaded(): void;
  ledger(isUp: boolean): void;
  graph(event: GraphEvent): void;
}

/** What happens between a caller and the subgraphs. */
export function createRequestMetrics(registry: Registry): RequestMetrics {
  const registers = [registry];
  const requests = new Histogram({
    name: 'graph_request_duration_seconds',
    help: 'GraphQL requests, from the first byte to the answer.',
    labelNames: ['operation', 'outcome'],
    buckets: BUCKETS,
    registers,
  });
  const errors = new Counter({
    name: 'graph_request_errors_total',
    help: 'Errors in answers, by public code.',
    labelNames: ['code'],
    registers,
  });
  const overloaded = new Counter({
    name: 'graph_requests_overloaded_total',
    help: 'Requests that were refused unread, because there was no place for them.',
    registers,
  });
  const ledgerUp = new Gauge({
    name: 'graph_quota_ledger_up',
    help: 'Whether limits of callers are counted together with other processes (1), or by this one alone since the ledger is away (0). Absent where there is no ledger.',
    labelNames: ['of'],
    // Of workers together: whether all of them count together.
    aggregator: 'min',
    registers,
  });
  const graphs = new Counter({
    name: 'graph_replacements_total',
    help: 'Graphs that were to take the place of the one that served: replaced, or refused.',
    labelNames: ['outcome'],
    registers,
  });
  const plans = new Histogram({
    name: 'graph_plan_duration_seconds',
    help: 'Planning of operations that had no plan yet.',
    buckets: [...BUCKETS, 5, 10],
    registers,
  });
  const planLookups = new Counter({
    name: 'graph_plan_lookups_total',
    help: 'Looks for a known plan.',
    labelNames: ['found'],
    registers,
  });
  const costs = new Histogram({
    name: 'graph_operation_cost',
    help: 'Estimated cost of operations: within the limit, beyond it, or refused.',
    labelNames: ['outcome'],
    buckets: COST_BUCKETS,
    registers,
  });
  const calls = new Histogram({
    name: 'graph_subgraph_duration_seconds',
    help: 'Calls to subgraphs.',
    labelNames: ['subgraph', 'outcome'],
    buckets: BUCKETS,
    registers,
  });
  const operationNames = createBoundedNames(MAX_OPERATION_NAMES);
  const codes = createBoundedNames(100);
  return {
    request: ({ operationName, operationType, outcome, tookMs, errorCodes }) => {
      // Only names of valid operations are kept, so that garbage cannot use up the places.
      const operation = operationType === null ? 'invalid' : operationNames(operationName ?? 'anonymous');
      requests.observe({ operation, outcome }, tookMs / 1000);
      for (const code of errorCodes) errors.inc({ code: codes(code) });
    },
    plan: ({ cached, tookMs }) => {
      planLookups.inc({ found: String(cached) });
      if (!cached) plans.observe(tookMs / 1000);
    },
    overloaded: () => overloaded.inc(),
    // With a label, it is not shown before somebody says it.
    ledger: (isUp) => ledgerUp.set({ of: 'callers' }, isUp ? 1 : 0),
    graph: ({ outcome }) => graphs.inc({ outcome }),
    cost: ({ cost, outcome }) => costs.observe({ outcome }, Math.min(cost ?? MOST_COST, MOST_COST)),
    subgraphCall: ({ subgraph, outcome, tookMs }) => calls.observe({ subgraph, outcome }, tookMs / 1000),
  };
}
