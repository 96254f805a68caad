import { OperationTypeNode } from 'graphql';
import { createWorkerMetrics } from '../../cli/workers/worker-metrics.js';
import { sumUpMetrics } from '../../gateway/observe/metrics.js';
import { openShopGateway } from '../../gateway/testing/shop-gateway.js';

/** What a running gateway and the keeper of workers show. */
export interface ExposedMetric {
  readonly type: string;
  readonly labels: ReadonlySet<string>;
}

const OF = { interface: 'market.case' };

/** Everything that a small gateway shows after each thing that it counts has happened once. */
export async function readExposedMetrics(): Promise<ReadonlyMap<string, ExposedMetric>> {
  const outcome = { department: 'market', tookMs: 1, reason: null } as const;
  const { gateway, metrics, post } = await openShopGateway({
    outcomes: [{ ...OF, ...outcome, state: 'LIVE', asOf: '2026-06-30T08:00:00+08:00' }],
  });
  try {
    await (await post('query Mine { products { id inStock } }')).text();
    const { notices, requests, sources } = metrics;
    metrics.history({ writing: true, reading: true });
    notices.sent('duty', 1);
    notices.failed('duty');
    notices.waiting('duty', 1);
    requests.request({
      requestId: 'r',
      operationName: null,
      registeredName: 'q24-heat-map',
      operationType: OperationTypeNode.QUERY,
      outcome: 'failed',
      tookMs: 1,
      errorCodes: ['INTERNAL'],
      caller: null,
      role: null,
      missing: [],
      cost: null,
    });
    requests.ledger('callers', true);
    requests.graph({ outcome: 'replaced', tookMs: 1 });
    sources.sourceCall({ ...OF, operation: 'read', outcome: 'ok', tookMs: 1, rows: 1 });
    sources.retry(OF);
    sources.shared(OF);
    sources.refusal({ ...OF, reason: 'breaker' });
    sources.unknownCode({ ...OF, field: 'result' });
    sources.quality({ ...OF, field: 'date', code: 'DATE_UNREADABLE' });
    sources.failure({
      outcome: { ...OF, ...outcome, state: 'MISSING', asOf: null },
      requestId: 'r',
      error: null,
    });
    sources.watch({
      ...OF,
      state: () => ({
        breakerOpen: false,
        quotas: [{ window: 'day', used: 1, limit: 2 }],
        clockSkewMs: 1,
        certificateEndsAt: new Date(Date.now() + 86_400_000),
        credentialsEndAt: new Date(Date.now() + 86_400_000),
        secretEndsAt: new Date(),
        hasNotice: false,
      }),
    });
    metrics.watchDisk('.');
    requests.watchSubgraph('market', () => false);
    metrics.watchCounty(async () => ({
      indexBuiltAt: '2026-06-30T08:00:00+08:00',
      snapshots: [{ ...OF, readAt: '2026-06-30T08:00:00+08:00', failures: 1 }],
    }));
    const shown = await fetch(new URL('/metrics', gateway.url));
    const workers = createWorkerMetrics(2, () => [7]);
    return readText(`${await shown.text()}\n${await sumUpMetrics([await workers.families()])}`);
  } finally {
    await gateway.close();
  }
}

/** @param text of the Prometheus format. */
function readText(text: string): ReadonlyMap<string, ExposedMetric> {
  const found = new Map<string, { type: string; labels: Set<string> }>();
  for (const [, name = '', type = ''] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    found.set(name, { type, labels: new Set() });
  }
  for (const [, sample = '', labels = ''] of text.matchAll(/^([a-z]\w*)\{([^\n]*)\} /gm)) {
    const metric = found.get(sample) ?? found.get(sample.replace(/_(?:bucket|sum|count)$/, ''));
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) if (label !== 'le') metric?.labels.add(label);
  }
  return found;
}
