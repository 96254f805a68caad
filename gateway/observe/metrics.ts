import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Gauge,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';
import type { Clock } from '../../runtime/clock.js';
import { projectVersion } from '../../runtime/project-version.js';
import type { SourceObserver } from '../../subgraphs/port/source-observer.js';
import { type CountyReader, createCountyGauges } from './county-gauges.js';
import { createDiskGauges } from './disk-gauges.js';
import { createHistoryGauge, type HistoryGauge } from './history-gauge.js';
import { createNoticeMetrics, type NoticeMetrics } from './notice-metrics.js';
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
  readonly notices: NoticeMetrics;
  readonly history: HistoryGauge;
  /** Shows how the county stands that this process keeps. @param read asked at each scrape. */
  watchCounty(read: CountyReader): void;
  /** Shows what is left of the disk of the state folder. */
  watchDisk(folder: string): void;
}

/** Metrics in a registry of their own, so that two gateways in one process do not meet. */
export function createMetrics(clock: Clock, readFreshness: FreshnessReader): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  createBuildInfo(registry);
  const sources = createSourceMetrics(registry, clock, readFreshness);
  const county = createCountyGauges(registry);
  const refresh = async (): Promise<void> => {
    await Promise.all([sources.refreshFreshness(), county.refresh()]);
  };
  return {
    contentType: registry.contentType,
    scrape: async () => {
      await refresh();
      return registry.metrics();
    },
    families: async () => {
      await refresh();
      return registry.getMetricsAsJSON();
    },
    requests: createRequestMetrics(registry),
    sources: sources.observer,
    notices: createNoticeMetrics(registry),
    history: createHistoryGauge(registry),
    watchCounty: county.watch,
    watchDisk: createDiskGauges(registry),
  };
}

function createBuildInfo(registry: Registry): void {
  new Gauge({
    name: 'graph_build_info',
    help: 'Always 1; the labels name the version of this program and of Node.',
    labelNames: ['version', 'node'],
    aggregator: 'max',
    registers: [registry],
  }).set({ version: projectVersion(), node: process.versions.node }, 1);
}

/** Metrics of several processes as those of one, in the Prometheus text format. */
export function sumUpMetrics(all: readonly (readonly MetricFamily[])[]): Promise<string> {
  return AggregatorRegistry.aggregate(all.map((families) => [...families])).metrics();
}
