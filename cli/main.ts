import { isMainThread } from 'node:worker_threads';
import { endOnClosedPipe } from './end-on-closed-pipe.js';
import { isServing, runInThread } from './serving-thread.js';
import { takeWorkerMark } from './workers/worker-mark.js';

if (isMainThread) endOnClosedPipe();
const words = process.argv.slice(2);
// A worker has its process to itself, and the flags of its keeper.
const isWorker = isMainThread && takeWorkerMark();
if (isMainThread && !isWorker && isServing(words)) {
  process.exitCode = await runInThread(new URL(import.meta.url), words);
} else {
  // Loaded here alone: whoever only passes signals on would hold 30 MB for nothing.
  process.exitCode = await (await import('./run-here.js')).runHere(words, isWorker);
}
