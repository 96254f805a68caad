// What the gateway does at and beyond its capacity: npm run load -- [scenarios]; see bench/README.md
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { GATEWAYS } from './gateways/gateways.mjs';
import { openGraph } from './graph/open-graph.mjs';
import { createCheckers } from './load/answer-checker.mjs';
import { measureRound } from './load/measure-round.mjs';
import { runStream } from './load/open-loop.mjs';
import { getOf, postOf } from './load/raw-connection.mjs';
import { percentile } from './load/statistics.mjs';
import { pinThisProcess, splitCores } from './process/cores.mjs';
import { processTree, usageOf } from './process/process-usage.mjs';
import { startProcess } from './process/start-process.mjs';
import { formatTable } from './report/table.mjs';
import { warmUp } from './workloads/warm-up.mjs';
import { readWorkload } from './workloads/workloads.mjs';

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    factors: { type: 'string', default: '0.5,0.9,1,2,5,10' },
    workload: { type: 'string', default: 'heavy' },
    scenarios: { type: 'string', default: 'overload,documents' },
  },
});
const seconds = Number(values.seconds);
const factors = values.factors.split(',').map(Number);
const { workload: workloadName } = values;
const scenarios = values.scenarios.split(',');

const cores = splitCores();
pinThisProcess(cores.rest);
const graph = await openGraph();
const workload = await readWorkload(workloadName);
const createChecker = createCheckers(workload.cases);
const bodies = workload.cases.map(({ body }) => body);

/** @returns {Promise<import('./process/start-process.mjs').Running>} */
async function startOurs() {
  const command = await GATEWAYS.ours.command({
    supergraphFile: graph.supergraphFile,
    sharesReads: false,
    recordingsFile: '',
  });
  return startProcess(command, cores.gateway);
}

const REFUSALS = new Set([429, 503]);

/** @param {string} url @param {number} perSecond @returns {import('./load/open-loop.mjs').Stream} */
function known(url, perSecond) {
  const checker = createChecker();
  const requests = bodies.map((body) => postOf(url, body));
  return {
    url,
    perSecond,
    request: (index) => requests[index % requests.length],
    judge: (index, status, chunks) => {
      if (REFUSALS.has(status)) return 'refused';
      const before = checker.wrong();
      checker.judge(index % bodies.length, status, chunks);
      if (checker.wrong() === before) return 'good';
      if (before === 0) console.error(checker.sample());
      return 'wrong';
    },
  };
}

/** A document that nobody has asked before. @param {string} url @param {number} perSecond */
function fresh(url, perSecond) {
  const stamp = Date.now();
  return {
    url,
    perSecond,
    /** @param {number} index */
    request: (index) =>
      postOf(
        url,
        JSON.stringify({ query: `query N${stamp}x${index} { users { id name reviews { id body } } }` }),
      ),
    /** @param {number} _ @param {number} status @returns {'good' | 'refused' | 'wrong'} */
    judge: (_, status) => (REFUSALS.has(status) ? 'refused' : status === 200 ? 'good' : 'wrong'),
  };
}

/** @param {string} url */
function health(url) {
  const liveUrl = new URL('/health/live', url).href;
  const request = getOf(liveUrl);
  return {
    url: liveUrl,
    perSecond: 10,
    request: () => request,
    /** @param {number} _ @param {number} status @returns {'good' | 'refused' | 'wrong'} */
    judge: (_, status) => (status === 200 ? 'good' : 'wrong'),
  };
}

/** @param {string} url @returns {Promise<number>} good answers a second with 64 callers in a closed loop */
async function capacityOf({ url, pid }) {
  const checker = createChecker();
  const load = { bodies, connections: Math.min(64, workload.maxConnections), seconds };
  await warmUp({ url }, load, checker);
  const round = await measureRound({ url, pid }, load, checker, graph.subgraphs.countCalls);
  if (checker.wrong() > 0) throw new Error(`wrong: ${checker.sample()}`);
  console.log(
    `capacity ${round.requestsPerSecond.toFixed(0)}/s, CPU ${round.cpuMs.toFixed(3)} ms a request, p99 ${round.p99Ms.toFixed(0)} ms, RSS ${round.rssMb.toFixed(0)} MB`,
  );
  return round.requestsPerSecond;
}

/** @param {number} share */
const percent = (share) => `${(share * 100).toFixed(1)} %`;
/** @param {readonly number[]} times @param {number} share */
const at = (times, share) => (times.length === 0 ? '–' : percentile(times, share).toFixed(0));

/** @param {string} title @param {import('./load/open-loop.mjs').Counted} counted @param {number} capacity */
function row(title, counted, capacity) {
  const { due, good, refused, wrong, failed, late, unsent, goodMs, refusedMs, elapsedMs } = counted;
  return [
    title,
    String(due),
    percent((good * 1000) / elapsedMs / capacity),
    percent(good / due),
    percent(refused / due),
    String(wrong),
    String(failed),
    String(late + unsent),
    at(goodMs, 0.5),
    at(goodMs, 0.99),
    at(refusedMs, 0.99),
  ];
}
const HEAD = [
  'load',
  'due',
  'goodput ÷ capacity',
  'good',
  'refused',
  'wrong',
  'broken',
  'hung up',
  'p50 ms',
  'p99 ms',
  'refusals p99',
];

const gateway = await startOurs();
const idleMb = usageOf(processTree(gateway.pid)).rssMb;
try {
  const capacity = await capacityOf(gateway);
  if (scenarios.includes('overload')) {
    const rows = [];
    for (const factor of factors) {
      const before = usageOf(processTree(gateway.pid));
      const own = process.cpuUsage();
      const [counted, probes] = await Promise.all([
        runStream(known(gateway.url, capacity * factor), seconds),
        runStream(health(gateway.url), seconds),
      ]);
      const { rssMb, cpuMs } = usageOf(processTree(gateway.pid));
      const used = process.cpuUsage(own);
      const inTime = probes.goodMs.filter((took) => took <= 200).length;
      rows.push([
        ...row(`${factor} ×`, counted, capacity),
        `${inTime} of ${probes.due}`,
        `+${(rssMb - idleMb).toFixed(0)}`,
        percent((cpuMs - before.cpuMs) / counted.elapsedMs),
        percent((used.user + used.system) / 1000 / counted.elapsedMs),
      ]);
      await sleep(1000);
    }
    console.log(`\n## ${workload.name}: ${workload.title}\n`);
    console.log(formatTable([...HEAD, 'health in 200 ms', 'RSS MB', 'busy', 'load busy'], rows));
  }
  if (scenarios.includes('documents')) {
    const rows = [];
    for (const perSecond of [0, 300]) {
      const [counted, others] = await Promise.all([
        runStream(known(gateway.url, capacity * 0.5), seconds),
        perSecond === 0 ? null : runStream(fresh(gateway.url, perSecond), seconds),
      ]);
      const { rssMb } = usageOf(processTree(gateway.pid));
      rows.push([
        ...row(`known at 0.5 ×, ${perSecond}/s new`, counted, capacity),
        `+${(rssMb - idleMb).toFixed(0)}`,
      ]);
      if (others !== null) rows.push([...row('the new ones', others, perSecond), '']);
    }
    console.log('\n## documents that nobody has asked before\n');
    console.log(formatTable([...HEAD, 'RSS MB'], rows));
  }
} finally {
  await gateway.stop();
  graph.close();
}
