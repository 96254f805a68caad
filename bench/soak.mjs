import { setTimeout as sleep } from 'node:timers/promises';
import { GATEWAYS } from './gateways/gateways.mjs';
import { openGraph } from './graph/open-graph.mjs';
import { createCheckers } from './load/answer-checker.mjs';
import { startLoad } from './load/closed-loop.mjs';
import { slope } from './load/statistics.mjs';
import { processTree, usageOf } from './process/process-usage.mjs';
import { startProcess } from './process/start-process.mjs';
import { readWorkload } from './workloads/workloads.mjs';

const SAMPLE_MS = 10_000;
/** Share of the time that caches and heap take to fill; the slope is that of the rest. */
const FILLING = 0.2;

/** @typedef {{minute: number, heapMb: number, oldMb: number, rssMb: number}} Sample */

/**
 * Our gateway with its defaults under heavy and vars in turns, its memory every 10 s.
 *
 * @param {import('./options.mjs').Options} options @param {import('./process/cores.mjs').Cores} cores
 * @returns {Promise<number>} wrong answers
 */
export async function runSoak({ soakMinutes, connections }, cores) {
  const [heavy] = (await readWorkload('heavy')).cases;
  const cases = (await readWorkload('vars')).cases.flatMap((one) => [one, heavy]);
  const graph = await openGraph();
  const { supergraphFile } = graph;
  const command = await GATEWAYS.ours.command({ supergraphFile, sharesReads: true, recordingsFile: '' });
  const ours = await startProcess(command, cores.gateway);
  const checker = createCheckers(cases)();
  const load = startLoad({
    url: ours.url,
    bodies: cases.map(({ body }) => body),
    connections,
    verdict: checker,
  });
  /** @type {Sample[]} */
  const samples = [];
  const startedMs = performance.now();
  const minute = () => (performance.now() - startedMs) / 60_000;
  console.log('\nminute  heap used MB  of it old MB  RSS MB');
  while (minute() < soakMinutes) {
    await sleep(SAMPLE_MS);
    const sample = { minute: minute(), ...(await readHeap(ours.url)), ...readRss(ours.pid) };
    samples.push(sample);
    const { heapMb, oldMb, rssMb } = sample;
    console.log(
      [sample.minute, heapMb, oldMb, rssMb].map((value) => value.toFixed(1).padStart(8)).join('    '),
    );
  }
  const { latenciesMs } = await load.stop();
  await ours.stop();
  graph.close();
  reportSoak(samples, latenciesMs.length, checker);
  return checker.wrong();
}

/** @param {string} url of the gateway @returns {Promise<{heapMb: number, oldMb: number}>} */
async function readHeap(url) {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const megabytes = (/** @type {RegExp} */ line) => Number(line.exec(text)?.[1]) / 1024 / 1024;
  return {
    heapMb: megabytes(/^nodejs_heap_size_used_bytes (\S+)$/m),
    oldMb: megabytes(/^nodejs_heap_space_size_used_bytes\{space="old"\} (\S+)$/m),
  };
}

/** @param {number} pid @returns {{rssMb: number}} */
const readRss = (pid) => ({ rssMb: usageOf(processTree(pid)).rssMb });

/** @param {readonly Sample[]} samples @param {number} requests @param {import('./load/answer-checker.mjs').AnswerChecker} checker */
function reportSoak(samples, requests, checker) {
  const settled = samples.slice(Math.floor(samples.length * FILLING));
  console.log(`\n${requests} requests, ${checker.wrong()} wrong`);
  for (const [title, key] of /** @type {const} */ ([
    ['heap used', 'heapMb'],
    ['old space', 'oldMb'],
    ['RSS', 'rssMb'],
  ])) {
    const perMinute = slope(settled.map((sample) => ({ x: sample.minute, y: sample[key] })));
    const most = Math.max(...samples.map((sample) => sample[key]));
    console.log(
      `${title}: ${perMinute.toFixed(2)} MB a minute after the first fifth, at most ${most.toFixed(1)} MB`,
    );
  }
  if (checker.wrong() > 0) console.error(checker.sample());
}
