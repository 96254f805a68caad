import { InOrder } from '../churn/in-order.js';
import type { Lane } from './lane.js';
import { onWaitOver, type Waiter } from './waiter.js';

/**
 * Lets a fixed number in at a time; the others wait in line. Whoever waits in the background is let in after all others,
 * and where there are several places leaves one to them.
 */
interface Gate {
  /** Resolves to what gives the place back, or to null when the waiter left or the time ran out first. */
  enter(waiter: Waiter): Promise<(() => void) | null>;
}

interface Waiting {
  admit(): void;
}

export function createGate(places: number): Gate {
  const inside = { interactive: 0, background: 0 };
  const lines = { interactive: new InOrder<Waiting>(), background: new InOrder<Waiting>() };
  const mostInBackground = Math.max(1, places - 1);

  const hasPlace = (lane: Lane): boolean =>
    inside.interactive + inside.background < places &&
    (lane === 'interactive' || (lines.interactive.size === 0 && inside.background < mostInBackground));

  const take = (lane: Lane): (() => void) => {
    inside[lane] += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      inside[lane] -= 1;
      admitWaiting();
    };
  };

  const admitWaiting = (): void => {
    for (const lane of ['interactive', 'background'] as const) {
      // Whoever is admitted has left the line.
      for (let next = lines[lane].first; next !== undefined && hasPlace(lane); next = lines[lane].first) {
        next.admit();
      }
    }
  };

  return {
    enter: (waiter) => {
      const { lane = 'interactive' } = waiter;
      if (waiter.signal.aborted) return Promise.resolve(null);
      if (lines[lane].size === 0 && hasPlace(lane)) return Promise.resolve(take(lane));
      return new Promise((resolve) => {
        const leave = (result: (() => void) | null): void => {
          stop();
          leaveLine();
          resolve(result);
        };
        const waiting: Waiting = { admit: () => leave(take(lane)) };
        const stop = onWaitOver(waiter, () => {
          leave(null);
          // It may have stood before others who may enter.
          admitWaiting();
        });
        const leaveLine = lines[lane].add(waiting);
      });
    },
  };
}
