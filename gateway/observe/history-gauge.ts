import { Gauge, type Registry } from 'prom-client';

/** Takes in whether the history of what is observed can be written and read. */
export type HistoryGauge = (standing: { readonly writing: boolean; readonly reading: boolean }) => void;

export function createHistoryGauge(registry: Registry): HistoryGauge {
  const up = new Gauge({
    name: 'graph_history_up',
    help: 'Whether the history of what is observed takes what is written to it (of="writing"), and answers (of="reading"). Absent where another process observes.',
    labelNames: ['of'],
    aggregator: 'min',
    registers: [registry],
  });
  // With a label, it is not shown before somebody says it.
  return ({ writing, reading }) => {
    up.set({ of: 'writing' }, Number(writing));
    up.set({ of: 'reading' }, Number(reading));
  };
}
