import { createFairQueue, type FairQueue } from './fair-queue.js';

/** Requests of one kind that wait for their turn. */
export interface Lane<Item extends Waiter> {
  readonly queue: Pick<FairQueue<Item>, 'size' | 'longest'>;
  /** The longest that a request waits which comes now. Milliseconds. */
  longest(at: number): number;
  add(key: string, item: Item): void;
  next(at: number): Item | undefined;
  /** Takes the last place from whoever has most. */
  displace(): Item | undefined;
  /** Takes out those that have waited too long, and those that are gone. */
  sweep(at: number): readonly Item[];
  /** There was no room for one. */
  refused(at: number): void;
}

export interface Waiter {
  /** When it began to wait. */
  readonly since: number;
  /** When it is refused. */
  readonly until: number;
  readonly isGone: boolean;
}

export interface LaneWaits {
  /** The longest wait after a quiet time: a burst is answered. Milliseconds. */
  readonly usual: number;
  /** The longest in a standing overload. */
  readonly standing: number;
}

/** Requests have waited for so long without a pause: there are more than can be answered. It is over when so long nobody was refused. */
const STANDING_MS = 500;

/** @param mayGo whether the one to whom an item belongs may be displaced. Default: everybody may. */
export function createLane<Item extends Waiter>(
  { usual, standing }: LaneWaits,
  mayGo?: (item: Item) => boolean,
): Lane<Item> {
  const queue = createFairQueue<Item>(mayGo);
  let emptyAt = 0;
  let overloadedAt = Number.NEGATIVE_INFINITY;
  const isOverloaded = (at: number): boolean => {
    if (queue.size > 0 && at - emptyAt > STANDING_MS) overloadedAt = at;
    return at - overloadedAt < STANDING_MS;
  };
  return {
    queue,
    longest: (at) => (isOverloaded(at) ? Math.min(standing, usual) : usual),
    add: (key, item) => {
      if (queue.size === 0) emptyAt = item.since;
      queue.add(key, item);
    },
    next: (at) => {
      const item = queue.next();
      if (queue.size === 0) emptyAt = at;
      return item;
    },
    displace: queue.displace,
    sweep: (at) => {
      if (queue.size === 0) return [];
      const dropped = queue.drop(({ until, isGone }) => isGone || at > until);
      if (isOverloaded(at) && dropped.some(({ isGone }) => !isGone)) overloadedAt = at;
      return dropped;
    },
    refused: (at) => {
      if (isOverloaded(at)) overloadedAt = at;
    },
  };
}
