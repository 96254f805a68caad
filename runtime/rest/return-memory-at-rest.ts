import { followRequests } from './follow-requests.js';
import { returnMemory } from './return-memory.js';
import { holdYoungSpaces, releaseYoungSpaces } from './young-space.js';

/** Milliseconds between two looks. */
const LOOK_MS = 5000;
/** The share of the time since the last look that a thread at rest is busy at most: what it does in the background is less. */
const MOST_BUSY = 0.3;
/** Who has asked so lately may be about to ask again. Milliseconds. */
const LATELY_MS = 1000;
/** Less is not worth a collection. */
const WORTH_BYTES = 32 * 2 ** 20;
/** The least time between two collections; doubled each time that one gave back little, up to the longest. */
const PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;

interface RestOptions {
  readonly lookMs?: number;
  /** Bytes of the process that are in memory. */
  readonly residentBytes?: () => number;
  readonly returnMemory?: () => Promise<void>;
}

/**
 * Has memory returned while the thread is at rest, after its start and whenever the process has grown since: V8 collects when it
 * needs room, which a gateway that nobody asks never does, and so it would keep what its busiest minute took.
 *
 * @returns ends it.
 */
export function returnMemoryAtRest({
  lookMs = LOOK_MS,
  residentBytes = process.memoryUsage.rss,
  returnMemory: giveBack = returnMemory,
}: RestOptions = {}): () => void {
  let busy = performance.eventLoopUtilization();
  let keptBytes = 0;
  let pauseMs = PAUSE_MS;
  let returnedAt = Number.NEGATIVE_INFINITY;
  const requests = followRequests(releaseYoungSpaces);
  const isAtRest = (): boolean => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, busy);
    busy = now;
    return utilization < MOST_BUSY && requests.agoMs > LATELY_MS;
  };
  const look = async (): Promise<void> => {
    const before = residentBytes();
    if (!isAtRest()) return void releaseYoungSpaces();
    if (before - keptBytes < WORTH_BYTES || performance.now() - returnedAt < pauseMs) return;
    await giveBack();
    if (requests.agoMs > LATELY_MS) holdYoungSpaces();
    returnedAt = performance.now();
    keptBytes = residentBytes();
    pauseMs = before - keptBytes < WORTH_BYTES ? Math.min(2 * pauseMs, LONGEST_PAUSE_MS) : PAUSE_MS;
    // What it took itself is no work of others.
    busy = performance.eventLoopUtilization();
  };
  const timer = setInterval(() => void look(), lookMs).unref();
  return () => {
    clearInterval(timer);
    requests.stop();
  };
}
