import { join } from 'node:path';
import { GATEWAYS } from '../gateways/gateways.mjs';
import { recordCalls } from '../gateways/record-calls.mjs';
import { createCheckers } from '../load/answer-checker.mjs';
import { measureRound } from '../load/measure-round.mjs';
import { startProcess } from '../process/start-process.mjs';
import { reportWorkload } from '../report/report-workload.mjs';
import { warmUp } from './warm-up.mjs';

/**
 * @typedef {object} Setting
 * @property {import('../options.mjs').Options} options
 * @property {import('../process/cores.mjs').Cores} cores
 * @property {import('../graph/open-graph.mjs').Graph} graph
 * @property {boolean} sharesReads
 *
 * @typedef {object} Contestant
 * @property {string} name
 * @property {import('../process/start-process.mjs').Running} running
 * @property {import('../load/answer-checker.mjs').AnswerChecker} checker
 * @property {import('../load/measure-round.mjs').Round[]} rounds
 */

/**
 * Measures every gateway on one workload, in turns, and prints a table.
 *
 * @param {import('./workloads.mjs').Workload} workload @param {Setting} setting @returns {Promise<number>} wrong answers
 */
export async function runWorkload(workload, setting) {
  const { options, graph } = setting;
  const recordingsFile = join(graph.folder, `${workload.name}.json`);
  if (options.gateways.includes('floor')) await recordOurs(workload, setting, recordingsFile);
  const createChecker = createCheckers(workload.cases);
  const bodies = workload.cases.map(({ body }) => body);
  const connections = Math.min(options.connections, workload.maxConnections);
  const load = { bodies, connections, seconds: options.seconds };
  /** @type {Contestant[]} */
  const contestants = [];
  try {
    for (const name of options.gateways) {
      const running = await startGateway(name, setting, recordingsFile);
      contestants.push({ name, running, checker: createChecker(), rounds: [] });
    }
    for (const { running, checker } of contestants) await warmUp(running, load, checker);
    for (let round = 0; round < options.rounds; round++) {
      for (const { running, checker, rounds } of contestants) {
        rounds.push(await measureRound(running, load, checker, graph.subgraphs.countCalls));
      }
    }
  } finally {
    await Promise.all(contestants.map(({ running }) => running.stop()));
  }
  return reportWorkload(workload, setting.sharesReads, contestants);
}

/** @param {string} name @param {Setting} setting @param {string} recordingsFile */
async function startGateway(name, { graph, cores, sharesReads }, recordingsFile) {
  const { supergraphFile } = graph;
  const command = await GATEWAYS[name].command({ supergraphFile, sharesReads, recordingsFile });
  return startProcess(command, cores.gateway);
}

/** @param {import('./workloads.mjs').Workload} workload @param {Setting} setting @param {string} recordingsFile */
async function recordOurs({ cases }, setting, recordingsFile) {
  const ours = await startGateway('ours', { ...setting, sharesReads: false }, recordingsFile);
  try {
    await recordCalls(ours.url, setting.graph.subgraphs, cases, recordingsFile);
  } finally {
    await ours.stop();
  }
}
