import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { processTree } from '../process/process-usage.mjs';
import { startProcess } from '../process/start-process.mjs';

/**
 * @typedef {object} RunningCounty
 * @property {string} title
 * @property {string} url
 * @property {number} pid of the gateway
 * @property {readonly number[]} behind processes of its subgraphs
 * @property {() => Promise<void>} stop
 */

/** @param {string} path beneath the project */
const inProject = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const BIN = inProject('bin/enforcement-graph.js');
const LOG = { LOG_LEVEL: 'error' };
const environment = { DEMO_SIZE: 'county', ...LOG };

/**
 * Everything in one process, on all cores: most of its work is its sources'. Builds the demo county when there is none.
 *
 * @param {import('../process/cores.mjs').Cores} cores @param {string} [size] of the demo county @returns {Promise<RunningCounty>}
 */
export async function startInProcess(cores, size = environment.DEMO_SIZE) {
  const { url, pid, stop } = await startProcess(
    { words: [BIN, 'start', '--open', '--port', '0'], environment: { DEMO_SIZE: size, ...LOG } },
    cores.all,
  );
  return { title: 'in process', url, pid, behind: [], stop };
}

/**
 * The gateway, and each subgraph in a process of its own at its `routing_url` of rover.yaml, where the others look for it;
 * on all cores, too.
 *
 * @param {import('../process/cores.mjs').Cores} cores @returns {Promise<RunningCounty>}
 */
export async function startOverHttp(cores) {
  const subgraphs = await startSubgraphs(environment.DEMO_SIZE, cores.all);
  try {
    const words = [
      BIN,
      'serve',
      '--open',
      '--supergraph',
      inProject('schema/supergraph.graphql'),
      '--port',
      '0',
    ];
    const { url, pid, stop } = await startProcess({ words, environment }, cores.all);
    const stopAll = async () => {
      await Promise.all([stop(), subgraphs.stop()]);
    };
    return { title: 'over HTTP', url, pid, behind: subgraphs.pids.flatMap(processTree), stop: stopAll };
  } catch (error) {
    await subgraphs.stop();
    throw error;
  }
}

/**
 * Each subgraph in a process of its own, at its `routing_url` of rover.yaml.
 *
 * @param {string} size of the demo county, which is built when there is none
 * @param {string | null} [cores]
 * @returns {Promise<{readonly pids: readonly number[], readonly stop: () => Promise<void>}>}
 */
export async function startSubgraphs(size, cores = null) {
  const { subgraphs } = parse(readFileSync(inProject('rover.yaml'), 'utf8'));
  /** @type {import('../process/start-process.mjs').Running[]} */
  const running = [];
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()));
  };
  try {
    for (const [name, { routing_url: address }] of Object.entries(subgraphs)) {
      const words = [BIN, 'subgraph', name, '--port', new URL(address).port];
      running.push(await startProcess({ words, environment: { DEMO_SIZE: size, ...LOG } }, cores));
    }
    return { pids: running.map(({ pid }) => pid), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
