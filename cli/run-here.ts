import { parentPort } from 'node:worker_threads';
import { runCommand } from './run-command.js';
import { isServing } from './serving-thread.js';
import { processIo, threadIo } from './verbs/verb-io.js';
import { verbs } from './verbs.js';
import { workerIo } from './workers/worker-io.js';

/**
 * Runs the command in this thread.
 *
 * @param isWorker whether a keeper has started this process.
 * @returns its exit code.
 */
export async function runHere(words: readonly string[], isWorker: boolean): Promise<number> {
  const io = isWorker
    ? workerIo(process)
    : parentPort === null
      ? processIo()
      : threadIo(parentPort, () => process.exit(0));
  if (isServing(words)) {
    (await import('./outlive-rejections.js')).outliveRejections();
    (await import('../runtime/rest/return-memory-at-rest.js')).returnMemoryAtRest();
  }
  const exitCode = await runCommand(words, verbs, io, (text) => void process.stderr.write(text));
  // Its channel would keep the process.
  if (isWorker) process.channel?.unref();
  return exitCode;
}
