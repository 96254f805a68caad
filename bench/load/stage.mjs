import { GATEWAYS } from '../gateways/gateways.mjs';
import { openGraph } from '../graph/open-graph.mjs';
import { pinThisProcess, splitCores } from '../process/cores.mjs';
import { processTree, usageOf } from '../process/process-usage.mjs';
import { startProcess } from '../process/start-process.mjs';
import { readWorkload } from '../workloads/workloads.mjs';
import { measureCapacity } from './capacity.mjs';
import { knownOperations } from './known-operations.mjs';

/**
 * @typedef {object} Stage what scenarios have in common
 * @property {import('./load-options.mjs').LoadOptions} options
 * @property {import('../process/cores.mjs').Cores} cores
 * @property {import('../graph/open-graph.mjs').Graph} graph
 * @property {import('../workloads/workloads.mjs').Workload} workload
 * @property {import('./known-operations.mjs').Known} known its operations
 * @property {() => void} close
 *
 * @typedef {import('../process/start-process.mjs').Running & {idleMb: number,
 *   callers: readonly Readonly<Record<string, string>>[]}} Gateway
 */

/** Callers in the closed loop that finds the capacity. */
const CALLERS = 64;
/** However long a row is: more would tell no more of it. */
const MOST_CAPACITY_SECONDS = 10;

/** @param {import('./load-options.mjs').LoadOptions} options @returns {Promise<Stage>} */
export async function openStage(options) {
  const cores = splitCores();
  pinThisProcess(cores.rest);
  const workload = await readWorkload(options.workload);
  const graph = await openGraph();
  const known = knownOperations(workload.cases);
  return { options, cores, graph, workload, known, close: graph.close };
}

/**
 * Reads are not shared: identical requests that pile up would be answered cheaper than ever, and the capacity would not be one.
 *
 * @template T @param {Stage} stage
 * @param {{kind?: 'ours' | 'guarded', supergraphFile?: string, words?: readonly string[], callers?: readonly string[]}} setting
 *   `words`: further options of `serve`
 * @param {(gateway: Gateway) => Promise<T>} use
 * @returns {Promise<T>} the gateway is stopped by then
 */
export async function withGateway({ cores, graph }, setting, use) {
  const { kind = 'ours', supergraphFile = graph.supergraphFile, words = [], callers } = setting;
  const command = await GATEWAYS[kind].command({
    supergraphFile,
    sharesReads: false,
    recordingsFile: '',
    callers,
  });
  const running = await startProcess({ ...command, words: [...command.words, ...words] }, cores.gateway);
  try {
    const idleMb = usageOf(processTree(running.pid)).rssMb;
    return await use({ ...running, idleMb, callers: command.callers ?? [] });
  } finally {
    await running.stop();
  }
}

/**
 * @param {Stage} stage @param {Gateway} gateway @param {import('./known-operations.mjs').Known} [known]
 * @returns {Promise<number>} right answers a second in a closed loop
 */
export function capacityOf({ options, workload, known: own }, gateway, known = own) {
  return measureCapacity(gateway, known, {
    connections: Math.min(CALLERS, workload.maxConnections),
    seconds: Math.min(options.seconds, MOST_CAPACITY_SECONDS),
  });
}
