import { setTimeout as sleep } from 'node:timers/promises';
import { sparingOperations, startFaultySubgraph } from '../../faults/faulty-subgraph.mjs';
import { runMixed } from '../../faults/run-mixed.mjs';
import { SUBGRAPH_FAULTS } from '../../faults/subgraph-faults.mjs';
import { watchMemory } from '../../process/watch-memory.mjs';
import { at, countOutcomes, goodShare, growth, percent, ratio } from '../count-outcomes.mjs';
import { capacityOf, withGateway } from '../stage.mjs';
import { watchOwnLoad } from '../watch-own-load.mjs';

const FACTOR = 0.5;
/** After a fault, in which operations are to become whole again. */
const AFTER_SECONDS = 8;

const HEAD = [
  'one subgraph',
  'others good',
  'before',
  'p99 ms',
  '÷ before',
  'told',
  'refused',
  'wrong',
  'hung up, broken',
  'RSS MB',
  'log KB/s',
  'affected: told',
  'refused',
  'silent',
  'hung up',
  'whole after s',
  'load busy',
];

/** @type {import('./scenarios.mjs').Scenario} */
export const faults = {
  name: 'faults',
  shows: `operations that do not ask a faulty subgraph, beside as many that do, ${FACTOR} × the capacity together`,
  run: async (stage) => {
    const operations = { touching: stage.known, sparing: await sparingOperations(stage.workload) };
    const subgraph = await startFaultySubgraph(stage.graph);
    try {
      return await withGateway(stage, { supergraphFile: subgraph.supergraphFile }, async (gateway) => {
        const capacity = await capacityOf(stage, gateway);
        await capacityOf(stage, gateway, operations.sparing);
        const rows = [];
        for (const fault of SUBGRAPH_FAULTS) {
          await fault.prepare?.(subgraph);
          await sleep(1000);
          const load = { operations, perSecond: capacity * FACTOR, seconds: stage.options.seconds };
          rows.push(await measureFault(gateway, subgraph, fault, load));
        }
        return [{ title: `a faulty subgraph for ${stage.options.seconds} s`, head: HEAD, rows }];
      });
    } finally {
      subgraph.stop();
    }
  },
};

/**
 * @param {import('../stage.mjs').Gateway} gateway @param {import('../../faults/faulty-subgraph.mjs').FaultySubgraph} subgraph
 * @param {import('../../faults/subgraph-faults.mjs').SubgraphFault} fault
 * @param {{operations: Parameters<typeof runMixed>[2], perSecond: number, seconds: number}} load
 */
async function measureFault({ url, pid, writtenBytes }, subgraph, fault, { operations, perSecond, seconds }) {
  const endMs = (2 * seconds + AFTER_SECONDS) * 1000;
  const loadBusy = watchOwnLoad();
  const startedMs = performance.now();
  const passed = () => performance.now() - startedMs;
  const running = runMixed(url, perSecond, operations, endMs / 1000);
  await sleep(seconds * 1000);
  const memory = watchMemory(pid);
  const beforeMb = memory.rssMb();
  const writtenBefore = writtenBytes();
  const fromMs = passed();
  await fault.begin(subgraph);
  await sleep(seconds * 1000);
  const toMs = passed();
  const written = writtenBytes() - writtenBefore;
  await fault.heal(subgraph);
  const healedMs = passed();
  const { others, affected } = await running;
  const mostMb = memory.stop();

  const before = countOutcomes(others, 0, fromMs);
  const during = countOutcomes(others, fromMs, toMs);
  const { ends, due } = countOutcomes(affected, fromMs, toMs);
  return [
    fault.name,
    percent(goodShare(during)),
    percent(goodShare(before)),
    at(during.goodMs, 0.99),
    ratio(during.goodMs, before.goodMs, 0.99),
    percent(during.ends.told / during.due),
    percent(during.ends.refused / during.due),
    String(during.ends.wrong),
    String(during.ends.late + during.ends.unsent + during.ends.broken + during.ends.away),
    growth(mostMb - beforeMb),
    (written / (toMs - fromMs)).toFixed(0),
    percent(ends.told / due),
    percent(ends.refused / due),
    String(ends.wrong),
    String(ends.late + ends.unsent + ends.broken + ends.away),
    wholeAfter(affected, healedMs, endMs),
    loadBusy(),
  ];
}

/** Of what was due after the fault; refusals are no fault's. @param {readonly import('../open-loop.mjs').Outcome[]} outcomes @param {number} healedMs @param {number} endMs */
function wholeAfter(outcomes, healedMs, endMs) {
  const faulty = outcomes.filter(
    ({ dueMs, end }) => dueMs >= healedMs && end !== 'good' && end !== 'refused',
  );
  const lastMs = Math.max(healedMs, ...faulty.map(({ dueMs }) => dueMs));
  const seconds = (lastMs - healedMs) / 1000;
  return endMs - lastMs < 500 ? `not in ${seconds.toFixed(0)}` : seconds.toFixed(1);
}
