import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { carrierBytes } from '../bytes/carrier.js';
import { createBoundedNames } from './bounded-names.js';
import type {
  CarrierEvent,
  CostEvent,
  GraphEvent,
  PlanEvent,
  RequestEvent,
  SubgraphCallEvent,
} from './gateway-observer.js';
import type { SpanOutcome } from './traces/open-traces.js';

/** Names that were registered since the start, also by folders that were read again. */
const MAX_OPERATION_NAMES = 500;
/** Seconds; requests end within 3. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
/** Points; up to ten times the usual limit. */
const COST_BUCKETS = [10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000];
/** As this counts what is more, or cannot be told: one absurd query must not make the sum useless. */
/** What processes share a ledger for. */
type SharedWhat = 'callers' | 'sources' | 'answers';

const MOST_COST = 10_000_000;

export interface RequestMetrics {
  request(event: RequestEvent): void;
  plan(event: PlanEvent): void;
  cost(event: CostEvent): void;
  carrier(event: CarrierEvent): void;
  subgraphCall(event: SubgraphCallEvent): void;
  /** @param isPaused asked at each scrape; that of the same subgraph takes the place of the one before. */
  watchSubgraph(subgraph: string, isPaused: () => boolean): void;
  overloaded(): void;
  spans(outcome: SpanOutcome, count: number): void;
  ledger(of: SharedWhat, isUp: boolean): void;
  graph(event: GraphEvent): void;
  /** @param read asked at each scrape. */
  watchAdmission(read: () => AdmissionStanding): void;
}

/** How many requests there are, and how many may run. */
interface AdmissionStanding {
  readonly running: number;
  readonly waiting: number;
  readonly limit: number;
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
  const spans = new Counter({
    name: 'graph_trace_spans_total',
    help: 'Spans for the collector of traces: exported, failed when it did not take them, dropped when too many waited.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['exported', 'failed', 'dropped']) spans.inc({ outcome }, 0);
  const overloaded = new Counter({
    name: 'graph_requests_overloaded_total',
    help: 'Requests that were refused unread, because there was no place for them.',
    registers,
  });
  const ledgerUp = new Gauge({
    name: 'graph_quota_ledger_up',
    help: 'Whether limits of callers, quotas of sources, and tags of answers are shared with other processes (1), or this one is alone since the ledger is away (0). Absent where there is no ledger.',
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
  const refusedFiles = new Gauge({
    name: 'graph_replacement_refused',
    help: 'Whether the files that were read last were refused (1), so that the graph before them serves on, or serve (0).',
    // Of several processes: whether any of them refused.
    aggregator: 'max',
    registers,
  });
  const replacedAt = new Gauge({
    name: 'graph_replaced_timestamp_seconds',
    help: 'When a graph last took the place of another one. Absent before the first time.',
    labelNames: ['of'],
    // Of several processes: since when all of them serve it.
    aggregator: 'min',
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
  const paused = new Map<string, () => boolean>();
  new Gauge({
    name: 'graph_subgraph_breaker_open',
    help: '1 while calls to a subgraph in another process are refused after repeated failures, or the next one is a trial.',
    labelNames: ['subgraph'],
    // Of several processes: whether any of them does not ask it.
    aggregator: 'max',
    registers,
    collect() {
      for (const [subgraph, isPaused] of paused) this.set({ subgraph }, isPaused() ? 1 : 0);
    },
  });
  const carriers = new Counter({
    name: 'graph_carrier_total',
    help: 'Operations that were carried out, by what carried their answer, and why it was objects.',
    labelNames: ['carrier', 'reason'],
    registers,
  });
  new Gauge({
    name: 'graph_carrier_memory_bytes',
    help: 'Memory of answers that are being made of bytes.',
    registers,
    collect() {
      this.set(carrierBytes());
    },
  });
  const operationNames = createBoundedNames(MAX_OPERATION_NAMES);
  const codes = createBoundedNames(100);
  return {
    request: ({ registeredName, operationType, outcome, tookMs, errorCodes }) => {
      // What callers name themselves would give as many time series as they like.
      const named = registeredName === null ? 'other' : operationNames(registeredName);
      const operation = operationType === null ? 'invalid' : named;
      requests.observe({ operation, outcome }, tookMs / 1000);
      for (const code of errorCodes) errors.inc({ code: codes(code) });
    },
    watchSubgraph: (subgraph, isPaused) => {
      paused.set(subgraph, isPaused);
    },
    watchAdmission: (read) => {
      const gauge = (name: string, help: string, part: keyof AdmissionStanding): Gauge =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read()[part]);
          },
        });
      gauge('graph_requests_running', 'Requests that are carried out now.', 'running');
      gauge('graph_requests_waiting', 'Requests that wait for their turn.', 'waiting');
      gauge(
        'graph_requests_running_limit',
        'Requests that may be carried out at a time, as found out.',
        'limit',
      );
    },
    plan: ({ cached, tookMs }) => {
      planLookups.inc({ found: String(cached) });
      if (!cached) plans.observe(tookMs / 1000);
    },
    overloaded: () => overloaded.inc(),
    spans: (outcome, count) => spans.inc({ outcome }, count),
    // With a label, it is not shown before somebody says it.
    ledger: (of, isUp) => ledgerUp.set({ of }, isUp ? 1 : 0),
    graph: ({ outcome }) => {
      graphs.inc({ outcome });
      refusedFiles.set(outcome === 'refused' ? 1 : 0);
      // With a label, it is not shown before the first time.
      if (outcome === 'replaced') replacedAt.set({ of: 'graph' }, Date.now() / 1000);
    },
    cost: ({ cost, outcome }) => costs.observe({ outcome }, Math.min(cost ?? MOST_COST, MOST_COST)),
    carrier: ({ carrier, reason }) => carriers.inc({ carrier, reason }),
    subgraphCall: ({ subgraph, outcome, tookMs }) => calls.observe({ subgraph, outcome }, tookMs / 1000),
  };
}
