/** A waiter joins what runs only if that may run about as long as the waiter waits. Milliseconds. */
const DEADLINE_TOLERANCE_MS = 250;

/** Something that runs and can be stopped. */
interface Run {
  abort(): void;
}

/** A waiter that is told by a call instead of a promise. */
interface RunListener<Outcome> {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Called once, with what all who wait get: it must not be changed. */
  settle(outcome: Outcome): void;
  /** The run waits for somebody who answers nobody for now. */
  stalled?(): void;
}

/** What runs for several who wait, without promises: for where those cost too much. See `createSharedCalls`. */
interface SharedRuns<Outcome> {
  /**
   * @param key the same for runs that are the same, and for no others.
   * @param start starts the run for everybody who joins it; `settle` is called once, later.
   * @returns removes the listener; the run is aborted with the last one.
   */
  join(
    key: string,
    waiter: RunListener<Outcome>,
    start: (settle: (outcome: Outcome) => void, stalled: () => void) => Run,
  ): () => void;
}

interface Shared<Outcome> {
  readonly deadline: number;
  readonly waiters: Set<RunListener<Outcome>>;
  run: Run | null;
}

export function createSharedRuns<Outcome>(): SharedRuns<Outcome> {
  // No `Map`, which leaves behind what it had: see `InOrder`.
  const running: Record<string, Shared<Outcome>> = Object.create(null);
  return {
    join: (key, waiter, start) => {
      const known = running[key];
      const joins = known !== undefined && known.deadline >= waiter.deadline - DEADLINE_TOLERANCE_MS;
      const shared: Shared<Outcome> = joins
        ? known
        : { deadline: waiter.deadline, waiters: new Set(), run: null };
      shared.waiters.add(waiter);
      const forget = (): void => {
        if (running[key] === shared) delete running[key];
      };
      if (!joins) {
        running[key] = shared;
        shared.run = start(
          (outcome) => {
            forget();
            for (const one of shared.waiters) one.settle(outcome);
            shared.waiters.clear();
          },
          () => {
            for (const one of shared.waiters) one.stalled?.();
          },
        );
      }
      return () => {
        if (!shared.waiters.delete(waiter) || shared.waiters.size > 0) return;
        // A later listener must not join a run that is being stopped.
        forget();
        shared.run?.abort();
      };
    },
  };
}
