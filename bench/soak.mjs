import { setTimeout as sleep } from 'node:timers/promises';
import { GATEWAYS } from './gateways/gateways.mjs';
import { openGraph } from './graph/open-graph.mjs';
import { createCheckers } from './load/answer-checker.mjs';
import { startLoad } from './load/closed-loop.mjs';
import { processTree, usageOf } from './process/process-usage.mjs';
import { readHeap } from './process/read-heap.mjs';
import { startProcess } from './process/start-process.mjs';
import { memoryTrends } from './report/memory-trends.mjs';
import { readWorkload } from './workloads/workloads.mjs';

const SAMPLE_MS = 10_000;
/** @typedef {import('./report/memory-trends.mjs').Sample} Sample */

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

/** @param {number} pid @returns {{rssMb: number}} */
const readRss = (pid) => ({ rssMb: usageOf(processTree(pid)).rssMb });

/** @param {readonly Sample[]} samples @param {number} requests @param {import('./load/answer-checker.mjs').AnswerChecker} checker */
function reportSoak(samples, requests, checker) {
  console.log(`\n${requests} requests, ${checker.wrong()} wrong`);
  for (const line of memoryTrends(samples)) console.log(line);
  if (checker.wrong() > 0) console.error(checker.sample());
}
