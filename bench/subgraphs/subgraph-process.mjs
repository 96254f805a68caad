import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} SubgraphProcess
 * @property {string} origin every subgraph is at `origin/name`.
 * @property {() => Promise<number>} countCalls since the start.
 * @property {() => Promise<void>} startRecording
 * @property {() => Promise<import('./call-recorder.mjs').Call[][]>} takeRecording calls since the last time, in rounds.
 * @property {() => Promise<void>} stopRecording
 * @property {() => void} close
 */

/** Starts the subgraphs beside this process, on the same cores. @returns {Promise<SubgraphProcess>} */
export async function startSubgraphs() {
  const child = fork(fileURLToPath(new URL('serve.mjs', import.meta.url)));
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
  /** @param {string} order @returns {Promise<any>} */
  const ask = (order) =>
    new Promise((resolve) => {
      const id = ++lastId;
      waiting.set(id, resolve);
      child.send({ id, order });
    });
  return {
    origin,
    countCalls: () => ask('count'),
    startRecording: () => ask('record'),
    takeRecording: () => ask('take'),
    stopRecording: () => ask('stop'),
    close: () => child.disconnect(),
  };
}
