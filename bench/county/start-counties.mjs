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
const environment = { DEMO_SIZE: 'county', LOG_LEVEL: 'error' };

/**
 * Everything in one process, on all cores: most of its work is its sources'. Builds the demo county when there is none.
 *
 * @param {import('../process/cores.mjs').Cores} cores @returns {Promise<RunningCounty>}
 */
export async function startInProcess(cores) {
  const { url, pid, stop } = await startProcess(
    { words: [BIN, 'start', '--port', '0'], environment },
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
  const { subgraphs } = parse(readFileSync(inProject('rover.yaml'), 'utf8'));
  /** @type {import('../process/start-process.mjs').Running[]} */
  const behind = [];
  const stopAll = async () => {
    await Promise.all(behind.map(({ stop }) => stop()));
  };
  try {
    for (const [name, { routing_url: address }] of Object.entries(subgraphs)) {
      const words = [BIN, 'subgraph', name, '--port', new URL(address).port];
      behind.push(await startProcess({ words, environment }, cores.all));
    }
    const behindPids = behind.flatMap(({ pid }) => processTree(pid));
    const words = [BIN, 'serve', '--supergraph', inProject('schema/supergraph.graphql'), '--port', '0'];
    const gateway = await startProcess({ words, environment }, cores.all);
    behind.push(gateway);
    return { title: 'over HTTP', url: gateway.url, pid: gateway.pid, behind: behindPids, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}
