import { setTimeout as sleep } from 'node:timers/promises';
import { processTree, usageOf } from '../../process/process-usage.mjs';
import { countOutcomes, growth, LOAD_HEAD, loadRow, percent } from '../count-outcomes.mjs';
import { runStream } from '../open-loop.mjs';
import { capacityOf, withGateway } from '../stage.mjs';
import { knownStream, probeStream } from '../streams.mjs';
import { watchOwnLoad } from '../watch-own-load.mjs';

const IN_TIME_MS = 200;
const MINUTE_MS = 60_000;
const PROBES = [
  { path: '/health/live', perSecond: 10 },
  { path: '/metrics', perSecond: 2 },
];

/** @type {import('./scenarios.mjs').Scenario} */
export const overload = {
  name: 'overload',
  shows:
    'goodput at and beyond the capacity (--factors), by minute when rows are long; health and metrics beside it',
  run: (stage) =>
    withGateway(stage, {}, async (gateway) => {
      const { options, workload } = stage;
      const capacity = await capacityOf(stage, gateway);
      const rows = [];
      const minutes = [];
      for (const factor of options.factors) {
        const { row, counts } = await measureFactor(stage, gateway, capacity, factor);
        rows.push(row);
        minutes.push(
          ...counts.map((counted, minute) => loadRow(`${factor} ×, minute ${minute + 1}`, counted, capacity)),
        );
        await sleep(1000);
      }
      const head = [...LOAD_HEAD, 'health in 200 ms', 'metrics in 200 ms', 'RSS MB', 'busy', 'load busy'];
      const table = { title: `${workload.name}: ${workload.title}`, head, rows };
      return minutes.length === 0 ? [table] : [table, { title: 'by minute', head: LOAD_HEAD, rows: minutes }];
    }),
};

/**
 * @param {import('../stage.mjs').Stage} stage @param {import('../stage.mjs').Gateway} gateway
 * @param {number} capacity @param {number} factor
 */
async function measureFactor({ options: { seconds }, known }, { url, pid, idleMb }, capacity, factor) {
  const before = usageOf(processTree(pid));
  const loadBusy = watchOwnLoad();
  const [outcomes, ...probes] = await Promise.all([
    runStream(knownStream(known, url, capacity * factor), seconds),
    ...PROBES.map(({ path, perSecond }) => runStream(probeStream(url, path, perSecond), seconds)),
  ]);
  const { rssMb, cpuMs } = usageOf(processTree(pid));
  const busy = loadBusy();
  const spanMs = seconds * 1000;
  const counts = [];
  for (let from = 0; spanMs >= 2 * MINUTE_MS && from < spanMs; from += MINUTE_MS) {
    counts.push(countOutcomes(outcomes, from, Math.min(spanMs, from + MINUTE_MS)));
  }
  const row = [
    ...loadRow(`${factor} ×`, countOutcomes(outcomes, 0, spanMs), capacity),
    ...probes.map(inTime),
    growth(rssMb - idleMb),
    percent((cpuMs - before.cpuMs) / spanMs),
    busy,
  ];
  return { row, counts };
}

/** @param {readonly import('../open-loop.mjs').Outcome[]} probes */
function inTime(probes) {
  const quick = probes.filter(({ end, tookMs }) => end === 'good' && tookMs <= IN_TIME_MS);
  return `${quick.length} of ${probes.length}`;
}
