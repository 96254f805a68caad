import { setTimeout as sleep } from 'node:timers/promises';
import { sparingOperations, startFaultySubgraph } from '../../faults/faulty-subgraph.mjs';
import { runMixed } from '../../faults/run-mixed.mjs';
import { SUBGRAPH_FAULTS } from '../../faults/subgraph-faults.mjs';
import { processTree, usageOf } from '../../process/process-usage.mjs';
import { readHeap } from '../../process/read-heap.mjs';
import { memoryTrends } from '../../report/memory-trends.mjs';
import { countOutcomes, LOAD_HEAD, loadRow } from '../count-outcomes.mjs';
import { capacityOf, withGateway } from '../stage.mjs';

const FACTOR = 0.6;
const FAULT_EVERY_MS = 30_000;
const FAULT_MS = 10_000;
const SAMPLE_MS = 5000;

/** @type {import('./scenarios.mjs').Scenario} */
export const soak = {
  name: 'soak',
  shows: `memory over --minutes at ${FACTOR} × the capacity with a fault of a subgraph each ${FAULT_EVERY_MS / 1000} s in turn`,
  run: async (stage) => {
    const operations = { touching: stage.known, sparing: await sparingOperations(stage.workload) };
    const subgraph = await startFaultySubgraph(stage.graph);
    try {
      return await withGateway(stage, { supergraphFile: subgraph.supergraphFile }, async (gateway) => {
        for (const fault of SUBGRAPH_FAULTS) await fault.prepare?.(subgraph);
        const capacity = await capacityOf(stage, gateway);
        return soakGateway(gateway, subgraph, operations, capacity, stage.options.minutes);
      });
    } finally {
      subgraph.stop();
    }
  },
};

/**
 * @param {import('../stage.mjs').Gateway} gateway @param {import('../../faults/faulty-subgraph.mjs').FaultySubgraph} subgraph
 * @param {Parameters<typeof runMixed>[2]} operations @param {number} capacity @param {number} minutes
 */
async function soakGateway({ url, pid }, subgraph, operations, capacity, minutes) {
  const spanMs = minutes * 60_000;
  const startedMs = performance.now();
  const passed = () => performance.now() - startedMs;
  const perSecond = capacity * FACTOR;
  const running = runMixed(url, perSecond, operations, spanMs / 1000);
  /** @type {import('../../report/memory-trends.mjs').Sample[]} */
  const samples = [];
  const sampling = (async () => {
    while (passed() < spanMs) {
      const { rssMb } = usageOf(processTree(pid));
      const heap = await readHeap(url).catch(() => null);
      if (heap !== null) samples.push({ minute: passed() / 60_000, ...heap, rssMb });
      await sleep(SAMPLE_MS);
    }
  })();
  for (let round = 0; passed() + FAULT_EVERY_MS <= spanMs; round++) {
    const fault = SUBGRAPH_FAULTS[round % SUBGRAPH_FAULTS.length];
    await sleep(FAULT_EVERY_MS - FAULT_MS);
    await fault.begin(subgraph);
    await sleep(FAULT_MS);
    await fault.heal(subgraph);
  }
  const { others, affected } = await running;
  await sampling;
  const rows = [
    loadRow('do not ask it', countOutcomes(others, 0, spanMs), perSecond / 2),
    loadRow('ask it', countOutcomes(affected, 0, spanMs), perSecond / 2),
  ];
  return [{ title: `${minutes} minutes with faults`, head: LOAD_HEAD, rows, notes: memoryTrends(samples) }];
}
