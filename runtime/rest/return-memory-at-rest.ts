import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { returnMemory } from './return-memory.js';

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
/** Node says so of each request to a server of this thread. */
const REQUEST = 'http.server.request.start';

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
  let askedAt = Number.NEGATIVE_INFINITY;
  let busy = performance.eventLoopUtilization();
  let keptBytes = 0;
  let pauseMs = PAUSE_MS;
  let returnedAt = Number.NEGATIVE_INFINITY;
  const onRequest = (): void => {
    askedAt = performance.now();
  };
  const isAtRest = (): boolean => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, busy);
    busy = now;
    return utilization < MOST_BUSY && performance.now() - askedAt > LATELY_MS;
  };
  const look = async (): Promise<void> => {
    const before = residentBytes();
    if (!isAtRest() || before - keptBytes < WORTH_BYTES || performance.now() - returnedAt < pauseMs) return;
    await giveBack();
    returnedAt = performance.now();
    keptBytes = residentBytes();
    pauseMs = before - keptBytes < WORTH_BYTES ? Math.min(2 * pauseMs, LONGEST_PAUSE_MS) : PAUSE_MS;
    // What it took itself is no work of others.
    busy = performance.eventLoopUtilization();
  };
  const timer = setInterval(() => void look(), lookMs).unref();
  subscribe(REQUEST, onRequest);
  return () => {
    clearInterval(timer);
    unsubscribe(REQUEST, onRequest);
  };
}
