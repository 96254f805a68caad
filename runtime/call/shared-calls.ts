import { createSharedRuns } from './shared-runs.js';
import { msLeft, type Waiter, WaiterLeft, waitAs } from './waiter.js';

/** Identical calls that run at the same time are sent once. */
export interface SharedCalls<T> {
  /**
   * @param key the same for calls that are the same, and for no others.
   * @param send starts the call for everybody who joins it; its caller's signal aborts when nobody waits any more, be
   *   it that they left or that their time was up.
   * @returns the same value to all who wait: it must not be changed.
   * @throws {WaiterLeft} when this caller left or its time was up; the others go on waiting.
   */
  join(key: string, waiter: Waiter, send: (waiter: Waiter) => Promise<T>): Promise<T>;
}

/** @param onJoin told of every caller that joined a running call instead of starting one. */
export function createSharedCalls<T>(onJoin: () => void = () => undefined): SharedCalls<T> {
  const runs = createSharedRuns<Promise<T>>();
  return {
    join: async (key, waiter, send) => {
      if (waiter.signal.aborted || msLeft(waiter) === 0) throw new WaiterLeft();
      const { deadline } = waiter;
      let joins = true;
      let leave = (): void => undefined;
      const answer = new Promise<T>((settle) => {
        leave = runs.join(key, { deadline, settle }, (end) => {
          joins = false;
          const abort = new AbortController();
          // Whatever `send` throws at once is everybody's failure, too.
          const sent = (async () => send({ signal: abort.signal, deadline }))();
          const tell = (): void => end(sent);
          sent.then(tell, tell);
          return abort;
        });
      });
      if (joins) onJoin();
      try {
        return await waitAs(waiter, answer);
      } finally {
        leave();
      }
    },
  };
}
