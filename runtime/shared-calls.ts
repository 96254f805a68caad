import { type Caller, CallerLeft, msLeft, waitAs } from './caller.js';

/** A caller joins a running call only if that may run about as long as its own. Milliseconds. */
const DEADLINE_TOLERANCE_MS = 250;

interface RunningCall<T> {
  readonly deadline: number;
  readonly answer: Promise<T>;
  waiting: number;
  readonly abort: AbortController;
}

/** Identical calls that run at the same time are sent once. */
export interface SharedCalls<T> {
  /**
   * @param key the same for calls that are the same, and for no others.
   * @param send starts the call for everybody who joins it; its caller's signal aborts when nobody waits any more, be
   *   it that they left or that their time was up.
   * @returns the same value to all who wait: it must not be changed.
   * @throws {CallerLeft} when this caller left or its time was up; the others go on waiting.
   */
  join(key: string, caller: Caller, send: (caller: Caller) => Promise<T>): Promise<T>;
}

/** @param onJoin told of every caller that joined a running call instead of starting one. */
export function createSharedCalls<T>(onJoin: () => void = () => undefined): SharedCalls<T> {
  const running = new Map<string, RunningCall<T>>();

  const start = (key: string, deadline: number, send: (caller: Caller) => Promise<T>): RunningCall<T> => {
    const abort = new AbortController();
    const answer = send({ signal: abort.signal, deadline }).finally(() => {
      if (running.get(key) === call) running.delete(key);
    });
    const call: RunningCall<T> = { deadline, answer, waiting: 0, abort };
    running.set(key, call);
    return call;
  };

  return {
    join: async (key, caller, send) => {
      if (caller.signal.aborted || msLeft(caller) === 0) throw new CallerLeft();
      const known = running.get(key);
      const joins = known !== undefined && known.deadline >= caller.deadline - DEADLINE_TOLERANCE_MS;
      if (joins) onJoin();
      const call = joins ? known : start(key, caller.deadline, send);
      call.waiting++;
      try {
        return await waitAs(caller, call.answer);
      } finally {
        call.waiting--;
        if (call.waiting === 0) {
          // The last to leave stops the call; whoever comes later must not join what is being stopped.
          if (running.get(key) === call) running.delete(key);
          call.abort.abort();
        }
      }
    },
  };
}
