import type { CallContext } from '../../subgraphs/call-context.js';

/** A caller joins a running call only if that may run about as long as its own. Milliseconds. */
const DEADLINE_TOLERANCE_MS = 250;

interface RunningRead<T> {
  readonly deadline: number;
  readonly answer: Promise<T>;
  waiting: number;
  readonly abort: AbortController;
}

/** Identical reads that run at the same time are sent once. */
export interface SharedReads<T> {
  /**
   * @param send starts the call; its signal aborts when nobody waits any more or the deadline passes.
   * @returns the same value to all who wait: it must not be changed.
   */
  join(key: string, context: CallContext, send: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export function createSharedReads<T>(): SharedReads<T> {
  const running = new Map<string, RunningRead<T>>();

  const start = (
    key: string,
    deadline: number,
    send: (signal: AbortSignal) => Promise<T>,
  ): RunningRead<T> => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), Math.max(0, deadline - Date.now()));
    const answer = send(abort.signal).finally(() => {
      clearTimeout(timer);
      if (running.get(key) === read) running.delete(key);
    });
    const read: RunningRead<T> = { deadline, answer, waiting: 0, abort };
    running.set(key, read);
    return read;
  };

  return {
    join: async (key, context, send) => {
      context.signal.throwIfAborted();
      const known = running.get(key);
      const joins = known !== undefined && known.deadline >= context.deadline - DEADLINE_TOLERANCE_MS;
      const read = joins ? known : start(key, context.deadline, send);
      return waitFor(read, context.signal, () => {
        // The last to leave stops the call; whoever comes later must not join what is being stopped.
        if (running.get(key) === read) running.delete(key);
        read.abort.abort();
      });
    },
  };
}

async function waitFor<T>(read: RunningRead<T>, signal: AbortSignal, stop: () => void): Promise<T> {
  read.waiting++;
  let leave: () => void = () => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([read.answer, left]);
  } finally {
    signal.removeEventListener('abort', leave);
    read.waiting--;
    if (read.waiting === 0) stop();
  }
}
