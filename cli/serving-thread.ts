import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { SERVING_FLAGS } from './serving-flags.js';
import { ORDERS } from './verbs/verb-io.js';

/** Verbs that serve until they are told to stop. */
const SERVING = new Set(['start', 'serve', 'subgraph']);

/**
 * Megabytes for young objects, three times a semi-space. Requests that are under way hold more than V8's default of 16 MB a
 * semi-space, and every collection would copy them. Only a thread can be given more without a flag of the process.
 */
const YOUNG_GENERATION_MB = 96;

export function isServing([verb = '']: readonly string[]): boolean {
  return SERVING.has(verb);
}

/**
 * Runs the command in a thread of its own and passes on that the process is asked to end; a second time ends it at once.
 *
 * @param main module that runs the command.
 * @returns its exit code.
 */
export function runInThread(main: URL, words: readonly string[]): Promise<number> {
  for (const flag of SERVING_FLAGS) setFlagsFromString(flag);
  const thread = new Worker(main, {
    argv: [...words],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const obey = (signal: NodeJS.Signals): void => {
    thread.postMessage(ORDERS[signal]);
    // Whoever asks a second time wants it to end at once.
    if (ORDERS[signal]?.order === 'end') process.off('SIGINT', obey).off('SIGTERM', obey);
  };
  const signals = Object.keys(ORDERS) as NodeJS.Signals[];
  for (const signal of signals) process.on(signal, obey);
  return new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', (code) => {
      for (const signal of signals) process.off(signal, obey);
      resolve(code);
    });
  });
}
