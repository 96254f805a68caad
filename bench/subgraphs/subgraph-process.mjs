import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} SubgraphProcess
 * @property {string} origin every subgraph is at `origin/name`.
 * @property {() => Promise<number>} countCalls since the start.
 * @property {() => Promise<void>} startRecording
 * @property {() => Promise<import('./call-recorder.mjs').Call[][]>} takeRecording calls since the last time, in rounds.
 * @property {() => Promise<void>} stopRecording
 * @property {(fault: import('../../demo/servers/faults.js').Fault | null) => Promise<void>} inject what goes wrong from now on; null: nothing
 * @property {(signal: NodeJS.Signals) => void} signal
 * @property {() => void} close
 */

/** @type {Set<import('node:child_process').ChildProcess>} one that is stopped would not see that this process has ended. */
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts subgraphs beside this process, on the same cores.
 *
 * @param {{names?: readonly string[], port?: number}} [which] default: all, at any port
 * @returns {Promise<SubgraphProcess>}
 */
export async function startSubgraphs({ names = [], port = 0 } = {}) {
  const child = fork(fileURLToPath(new URL('serve.mjs', import.meta.url)), [String(port), ...names]);
  children.add(child);
  child.once('exit', () => children.delete(child));
  /** @type {Map<number, (result: any) => void>} */
  const waiting = new Map();
  let lastId = 0;
  child.on('message', (/** @type {{id: number, result: unknown}} */ { id, result }) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const origin = await new Promise((resolve, reject) => {
    waiting.set(0, resolve);
    child.once('exit', (code) => reject(new Error(`Cannot start the subgraphs: exit code ${code}`)));
  });
  /** @param {string} order @param {unknown} [detail] @returns {Promise<any>} */
  const ask = (order, detail) =>
    new Promise((resolve) => {
      const id = ++lastId;
      waiting.set(id, resolve);
      child.send({ id, order, detail });
    });
  return {
    origin,
    countCalls: () => ask('count'),
    startRecording: () => ask('record'),
    takeRecording: () => ask('take'),
    stopRecording: () => ask('stop'),
    inject: (fault) => ask('fault', fault),
    signal: (signal) => void child.kill(signal),
    close: () => void child.kill('SIGKILL'),
  };
}
