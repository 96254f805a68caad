import { createFairQueue, type FairQueue } from './fair-queue.js';

/** Requests of one kind that wait for their turn. */
export interface Lane<Item extends Waiter> {
  readonly queue: Pick<FairQueue<Item>, 'size'>;
  /** The longest that a request waits in it. Milliseconds. */
  longest(at: number): number;
  add(key: string, item: Item): void;
  next(at: number): Item | undefined;
  /** Takes out those that have waited too long, and those that are gone. */
  sweep(at: number): readonly Item[];
}

export interface Waiter {
  /** When it began to wait. */
  readonly since: number;
  readonly isGone: boolean;
}

export interface LaneWaits {
  /** The longest wait after a quiet time: a burst is answered. Milliseconds. */
  readonly usual: number;
  /** The longest when requests have waited without a pause for a while. */
  readonly standing: number;
}

/** Requests have waited for so long without a pause: there are more than can be answered. */
const STANDING_MS = 500;

export function createLane<Item extends Waiter>({ usual, standing }: LaneWaits): Lane<Item> {
  const queue = createFairQueue<Item>();
  let emptyAt = Number.NEGATIVE_INFINITY;
  let refusedAt = Number.NEGATIVE_INFINITY;
  const longest = (at: number): number =>
    queue.size > 0 && at - emptyAt > STANDING_MS ? Math.min(standing, usual) : usual;
  return {
    queue,
    longest,
    add: (key, item) => {
      // That it was emptied by refusals is no quiet time.
      if (queue.size === 0 && item.since - refusedAt > STANDING_MS) emptyAt = item.since;
      queue.add(key, item);
    },
    next: (at) => {
      const item = queue.next();
      if (queue.size === 0) emptyAt = at;
      return item;
    },
    sweep: (at) => {
      if (queue.size === 0) return [];
      const most = longest(at);
      const dropped = queue.drop(({ since, isGone }) => isGone || at - since > most);
      if (dropped.some(({ isGone }) => !isGone)) refusedAt = at;
      return dropped;
    },
  };
}
