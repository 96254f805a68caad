import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onCores } from './cores.mjs';

/**
 * @typedef {object} Command a server that is to run
 * @property {readonly string[]} words for `node`
 * @property {NodeJS.ProcessEnv} [environment] added to this process's own
 * @property {string} [folder] where it runs
 * @property {string} [url] where it will answer; else it prints `GraphQL: URL`
 * @property {Readonly<Record<string, string>>} [headers] that every request must have
 * @property {readonly Readonly<Record<string, string>>[]} [callers] headers of several callers, where there are any
 *
 * @typedef {object} Running
 * @property {string} url
 * @property {Readonly<Record<string, string>>} headers that every request must have
 * @property {number} pid
 * @property {() => number} writtenBytes to its output and log
 * @property {Promise<number | null>} ended its exit code; null when a signal ended it
 * @property {() => Promise<void>} stop
 */

const READY_MS = 120_000;
const STOP_MS = 10_000;
/** What is kept of the text that a process writes, for the case that it does not start. */
const KEPT_CHARACTERS = 4000;

/** @type {Set<import('node:child_process').ChildProcess>} nobody else would end them when this process is told to stop. */
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** @param {Command} command @param {string | null} cores @returns {Promise<Running>} once it answers a query */
export async function startProcess({ words, environment, folder, url: knownUrl, headers = {} }, cores) {
  const [command, all] = onCores(cores, process.execPath, words);
  const child = spawn(command, all, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    cwd: folder,
  });
  let text = '';
  let written = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      written += chunk.length;
      if (text.length < KEPT_CHARACTERS) text += chunk;
    });
  }
  children.add(child);
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once('exit', resolve));
  ended.then(() => children.delete(child));
  const stop = async () => {
    child.kill('SIGTERM');
    const killing = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(killing);
  };
  const giveUp = Date.now() + READY_MS;
  while (child.exitCode === null && Date.now() < giveUp) {
    const url = knownUrl ?? /GraphQL: (http\S+)/.exec(text)?.[1];
    if (url !== undefined && (await answers(url, headers))) {
      return { url, headers, pid: child.pid, writtenBytes: () => written, ended, stop };
    }
    await sleep(50);
  }
  await stop();
  throw new Error(`Cannot start: node ${words.join(' ')}\n${text}`);
}

/** @param {string} url @param {Readonly<Record<string, string>>} headers */
async function answers(url, headers) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"query":"{ __typename }"}',
    });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** @returns {Promise<number>} a port that is free now, for servers that cannot tell which one they took. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
