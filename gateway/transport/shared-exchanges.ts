import type { PostAnswer } from './exchange.js';
import type { TransportFailure } from './transport-failure.js';

export type Outcome = PostAnswer | TransportFailure;

/** A request that runs: whoever made it can stop it. */
export interface RunningExchange {
  abort(): void;
}

export interface Waiter {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Called once, with an answer whose text may be shared; what is parsed from it may not. */
  settle(outcome: Outcome): void;
}

/** Identical reads that run at the same time are sent once. */
export interface SharedExchanges {
  /**
   * @param key the same for requests whose answers are the same, and for no others.
   * @param start sends the request; `settle` is called once, later.
   * @returns takes the waiter away; the last one takes the request along.
   */
  join(
    key: string,
    waiter: Waiter,
    start: (settle: (outcome: Outcome) => void) => RunningExchange,
  ): () => void;
}

interface Shared {
  readonly deadline: number;
  readonly waiters: Set<Waiter>;
  exchange: RunningExchange | null;
}

/** A caller joins a running request only if that may run about as long as its own. Milliseconds. */
const DEADLINE_TOLERANCE_MS = 250;

export function createSharedExchanges(): SharedExchanges {
  const running = new Map<string, Shared>();
  return {
    join: (key, waiter, start) => {
      const known = running.get(key);
      const joins = known !== undefined && known.deadline >= waiter.deadline - DEADLINE_TOLERANCE_MS;
      const shared: Shared = joins
        ? known
        : { deadline: waiter.deadline, waiters: new Set(), exchange: null };
      shared.waiters.add(waiter);
      const forget = (): void => {
        if (running.get(key) === shared) running.delete(key);
      };
      if (!joins) {
        running.set(key, shared);
        shared.exchange = start((outcome) => {
          forget();
          for (const one of shared.waiters) one.settle(outcome);
          shared.waiters.clear();
        });
      }
      return () => {
        if (!shared.waiters.delete(waiter) || shared.waiters.size > 0) return;
        // Whoever comes later must not join what is being stopped.
        forget();
        shared.exchange?.abort();
      };
    },
  };
}
