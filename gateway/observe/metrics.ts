import {
  AggregatorRegistry,
  collectDefaultMetrics,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';
import type { Clock } from '../../runtime/clock.js';
import type { SourceObserver } from '../../subgraphs/port/source-observer.js';
import { createRequestMetrics, type RequestMetrics } from './request-metrics.js';
import { createSourceMetrics, type FreshnessReader } from './source-metrics.js';

/** One metric with all its values, as it crosses to another process. */
export type MetricFamily = MetricObjectWithValues<MetricValue<string>>;

export interface Metrics {
  readonly contentType: string;
  /** Everything in the Prometheus text format. */
  scrape(): Promise<string>;
  /** The same, to be added to those of other processes. */
  families(): Promise<readonly MetricFamily[]>;
  readonly requests: RequestMetrics;
  readonly sources: SourceObserver;
}

/** Metrics in a registry of their own, so that two gateways in one process do not meet. */
export function createMetrics(clock: Clock, readFreshness: FreshnessReader): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const sources = createSourceMetrics(registry, clock, readFreshness);
  return {
    contentType: registry.contentType,
    scrape: async () => {
      await sources.refreshFreshness();
      return registry.metrics();
    },
    families: async () => {
      await sources.refreshFreshness();
      return registry.getMetricsAsJSON();
    },
    requests: createRequestMetrics(registry),
    sources: sources.observer,
  };
}

/** Metrics of several processes as those of one, in the Prometheus text format. */
export function sumUpMetrics(all: readonly (readonly MetricFamily[])[]): Promise<string> {
  return AggregatorRegistry.aggregate(all.map((families) => [...families])).metrics();
}
