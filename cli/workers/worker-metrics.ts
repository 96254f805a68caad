import { Counter, Gauge, Registry } from 'prom-client';
import type { MetricFamily } from '../../gateway/observe/metrics.js';

/** What a process tells of the workers that it keeps. */
export interface WorkerMetrics {
  lost(): void;
  families(): Promise<readonly MetricFamily[]>;
}

/**
 * @param wanted how many workers there are to be.
 * @param readPids the numbers of those that there are.
 */
export function createWorkerMetrics(wanted: number, readPids: () => readonly number[]): WorkerMetrics {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: 'graph_workers',
    help: 'Processes that serve.',
    registers,
    collect() {
      this.set(readPids().length);
    },
  });
  new Gauge({
    name: 'graph_workers_wanted',
    help: 'Processes that are to serve.',
    registers,
  }).set(wanted);
  new Gauge({
    name: 'graph_worker_pid',
    help: '1 for each process that serves, by its number.',
    labelNames: ['pid'],
    registers,
    collect() {
      this.reset();
      for (const pid of readPids()) this.set({ pid: String(pid) }, 1);
    },
  });
  const lost = new Counter({
    name: 'graph_workers_lost_total',
    help: 'Processes that ended without being told to, and were replaced.',
    registers,
  });
  return { lost: () => lost.inc(), families: () => registry.getMetricsAsJSON() };
}
