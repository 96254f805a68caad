import { isMainThread, parentPort } from 'node:worker_threads';
import { endOnClosedPipe } from './end-on-closed-pipe.js';
import { runCommand } from './run-command.js';
import { isServing, runInThread } from './serving-thread.js';
import { processIo, threadIo } from './verbs/verb-io.js';
import { verbs } from './verbs.js';
import { workerIo } from './workers/worker-io.js';
import { takeWorkerMark } from './workers/worker-mark.js';

if (isMainThread) endOnClosedPipe();
const words = process.argv.slice(2);
// A worker has its process to itself, and the flags of its keeper.
const isWorker = isMainThread && takeWorkerMark();
if (isMainThread && !isWorker && isServing(words)) {
  process.exitCode = await runInThread(new URL(import.meta.url), words);
} else {
  const io = isWorker
    ? workerIo(process)
    : parentPort === null
      ? processIo()
      : threadIo(parentPort, () => process.exit(0));
  if (isServing(words)) {
    (await import('./outlive-rejections.js')).outliveRejections();
    (await import('../runtime/rest/return-memory-at-rest.js')).returnMemoryAtRest();
  }
  process.exitCode = await runCommand(words, verbs, io, (text) => void process.stderr.write(text));
  // Its channel would keep the process.
  if (isWorker) process.channel?.unref();
}
