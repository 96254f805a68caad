import { Counter, Gauge, type Registry } from 'prom-client';

/** What is counted of telling people of incidents. Channels are those of the configuration. */
export interface NoticeMetrics {
  sent(channel: string, notices: number): void;
  failed(channel: string): void;
  waiting(channel: string, notices: number): void;
}

export function createNoticeMetrics(registry: Registry): NoticeMetrics {
  const registers = [registry];
  const sent = new Counter({
    name: 'graph_notices_sent_total',
    help: 'Beginnings and ends of incidents that a channel was told, alone or in a summary.',
    labelNames: ['channel'],
    registers,
  });
  const failures = new Counter({
    name: 'graph_notices_failed_total',
    help: 'Messages that a channel did not take; each is sent again.',
    labelNames: ['channel'],
    registers,
  });
  const waiting = new Gauge({
    name: 'graph_notices_waiting',
    help: 'Beginnings and ends of incidents that a channel is yet to be told, beside what waits for the end of its quiet hours.',
    labelNames: ['channel'],
    aggregator: 'max',
    registers,
  });
  return {
    sent: (channel, notices) => sent.inc({ channel }, notices),
    failed: (channel) => failures.inc({ channel }),
    waiting: (channel, notices) => waiting.set({ channel }, notices),
  };
}
