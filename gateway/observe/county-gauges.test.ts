import { systemClock } from '../../runtime/clock.js';
import type { CountyStanding } from './county-gauges.js';
import { createMetrics } from './metrics.js';

describe('createCountyGauges()', () => {
  it('shows when index and snapshots were last read, and what failed; as before when that cannot be told', async () => {
    const metrics = createMetrics(systemClock, () => Promise.resolve([]));
    expect(await metrics.scrape()).not.toMatch(/^graph_(?:index_built|snapshot)/m);
    let standing: CountyStanding | null = {
      indexBuiltAt: '2026-06-30T08:00:00+08:00',
      snapshots: [
        { interface: 'joint.event', readAt: '2026-06-30T08:01:00+08:00', failures: 2 },
        { interface: 'joint.plan', readAt: null, failures: 3 },
      ],
    };
    metrics.watchCounty(async () => {
      if (standing === null) throw new Error('away');
      return standing;
    });
    const built = Date.parse('2026-06-30T00:00:00Z') / 1000;
    const lines = [
      `graph_index_built_timestamp_seconds{of="county"} ${built}`,
      `graph_snapshot_read_timestamp_seconds{interface="joint.event"} ${built + 60}`,
      'graph_snapshot_failures_total{interface="joint.event"} 2',
      'graph_snapshot_failures_total{interface="joint.plan"} 3',
    ];
    const shown = async () =>
      (await metrics.scrape()).split('\n').filter((line) => /^graph_(?:index_built|snapshot)/.test(line));
    expect(await shown()).toEqual(lines);
    standing = null;
    expect(await shown()).toEqual(lines);
  });
});
