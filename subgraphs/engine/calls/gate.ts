import { onWaitOver } from '../../../runtime/call/waiter.js';

/** Lets a fixed number in at a time; the others wait in line. */
interface Gate {
  /** Resolves to what gives the place back, or to null when the signal or the time ran out first. */
  enter(signal: AbortSignal, waitMs: number): Promise<(() => void) | null>;
}

interface Waiting {
  admit(): void;
}

export function createGate(places: number): Gate {
  let free = places;
  const line: Set<Waiting> = new Set();

  const makeRelease = (): (() => void) => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const [next] = line;
      if (next === undefined) free++;
      else next.admit();
    };
  };

  return {
    enter: (signal, waitMs) => {
      if (signal.aborted) return Promise.resolve(null);
      if (free > 0) {
        free--;
        return Promise.resolve(makeRelease());
      }
      return new Promise((resolve) => {
        const leave = (result: (() => void) | null): void => {
          stop();
          line.delete(waiting);
          resolve(result);
        };
        const waiting: Waiting = { admit: () => leave(makeRelease()) };
        const stop = onWaitOver({ signal, deadline: Date.now() + waitMs }, () => leave(null));
        line.add(waiting);
      });
    },
  };
}
