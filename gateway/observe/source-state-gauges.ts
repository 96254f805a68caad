import { Gauge, type Registry } from 'prom-client';
import type { QuotaUse, SourceState, WatchedSource } from '../../subgraphs/port/source-observer.js';

/**
 * Gauges of how every watched source is; they ask at each scrape.
 *
 * @returns adds a source; one of the same interface takes the place of the earlier one.
 */
export function createSourceStateGauges(registry: Registry): (source: WatchedSource) => void {
  const sources = new Map<string, WatchedSource>();
  const registers = [registry];

  const perInterface = (name: string, help: string, read: (state: SourceState) => number | null): void => {
    new Gauge({
      name,
      help,
      labelNames: ['interface'],
      aggregator: 'max',
      registers,
      collect() {
        for (const source of sources.values()) {
          const value = read(source.state());
          if (value !== null) this.set({ interface: source.interface }, value);
        }
      },
    });
  };
  const perQuota = (name: string, help: string, read: (quota: QuotaUse) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['interface', 'window'],
      // A source with a quota is asked by one process.
      aggregator: 'max',
      registers,
      collect() {
        for (const source of sources.values()) {
          for (const quota of source.state().quotas) {
            this.set({ interface: source.interface, window: quota.window }, read(quota));
          }
        }
      },
    });
  };

  perInterface(
    'graph_source_breaker_open',
    '1 while calls to a source are refused after repeated failures, or the next one is a trial.',
    ({ breakerOpen }) => (breakerOpen ? 1 : 0),
  );
  perInterface(
    'graph_source_clock_skew_seconds',
    "A source's clock minus ours, where that is measured.",
    ({ clockSkewMs }) => (clockSkewMs === null ? null : clockSkewMs / 1000),
  );
  perInterface(
    'graph_source_secret_seconds',
    'Seconds left of the secret that requests to a source are signed with, where it ends.',
    ({ secretEndsAt }) => secondsLeft(secretEndsAt),
  );
  new Gauge({
    name: 'graph_source_credentials_seconds',
    help: "Seconds left of a source's certificate, and of the credentials for it where the mapping says when they end.",
    labelNames: ['interface', 'of'],
    aggregator: 'min',
    registers,
    collect() {
      for (const source of sources.values()) {
        const { certificateEndsAt, credentialsEndAt } = source.state();
        const ends = { certificate: certificateEndsAt, credentials: credentialsEndAt };
        for (const [of, end] of Object.entries(ends)) {
          const left = secondsLeft(end);
          if (left !== null) this.set({ interface: source.interface, of }, left);
        }
      }
    },
  });
  perInterface(
    'graph_source_notice',
    '1 while something is amiss although the source answers, such as a rejected file.',
    ({ hasNotice }) => (hasNotice ? 1 : 0),
  );
  perQuota(
    'graph_source_quota_used',
    'Exchanges that count towards the quota of a minute or a day.',
    ({ used }) => used,
  );
  perQuota('graph_source_quota_limit', 'The quota of a minute or a day.', ({ limit }) => limit);
  return (source) => {
    sources.set(source.interface, source);
  };
}

function secondsLeft(end: Date | null): number | null {
  return end === null ? null : (end.getTime() - Date.now()) / 1000;
}
