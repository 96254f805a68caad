import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock } from '../../runtime/clock.js';
import type { SourceObserver } from '../../subgraphs/port/source-observer.js';
import { createRequestMetrics, type RequestMetrics } from './request-metrics.js';
import { createSourceMetrics, type FreshnessReader } from './source-metrics.js';

export interface Metrics {
  readonly contentType: string;
  /** Everything in the Prometheus text format. */
  scrape(): Promise<string>;
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
    requests: createRequestMetrics(registry),
    sources: sources.observer,
  };
}
