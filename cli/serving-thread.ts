import { Worker } from 'node:worker_threads';

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
  const thread = new Worker(main, {
    argv: [...words],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const stop = (): void => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    thread.postMessage('stop');
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve(code);
    });
  });
}
