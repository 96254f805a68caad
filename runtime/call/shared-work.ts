import { type CallContext, onCallOver } from './call-context.js';
import { WaiterLeft } from './waiter.js';

/** Those who wait for a piece of work, as the work sees them. */
export interface Crowd {
  /** Whether everybody who waited has left. Work that nobody has waited for yet is done for its own sake. */
  readonly isGone: boolean;
  /** Calls `listener` each time that the last one leaves. */
  onGone(listener: () => void): void;
  /** Says that the work is not done: nobody may join it any more. */
  drop(): void;
}

/**
 * Work that is done once for all who wait for it, and goes on for those who come later when the first ones leave. The
 * work decides what it does when all have left: what has cost much already is worth its end.
 */
export class SharedWork<T> {
  /** Of the work itself, whoever waits. */
  readonly result: Promise<T>;
  readonly #listeners: (() => void)[] = [];
  #waiting = 0;
  #hasLeft = false;
  #isDropped = false;
  /** Milliseconds since the epoch; a timer may be late. */
  #lastDeadline = 0;

  constructor(begin: (crowd: Crowd) => Promise<T>) {
    const hasLeft = (): boolean => this.#hasLeft || (this.#waiting > 0 && Date.now() >= this.#lastDeadline);
    this.result = begin({
      get isGone() {
        return hasLeft();
      },
      onGone: (listener) => void this.#listeners.push(listener),
      drop: () => {
        this.#isDropped = true;
      },
    });
    // Nobody may wait for it when it fails; whoever does is told.
    this.result.catch(() => undefined);
  }

  /** Whether it was given up: whoever comes now begins it anew. */
  get isDropped(): boolean {
    return this.#isDropped;
  }

  /** @throws {WaiterLeft} when this caller left or its time was up; the others go on waiting. */
  join(context: CallContext): Promise<T> {
    this.#waiting += 1;
    this.#hasLeft = false;
    this.#lastDeadline = Math.max(this.#lastDeadline, context.deadline);
    return new Promise<T>((resolve, reject) => {
      const stop = onCallOver(context, () => {
        reject(new WaiterLeft());
        this.#leave();
      });
      this.result.then(resolve, reject).finally(stop);
    });
  }

  #leave(): void {
    this.#waiting -= 1;
    if (this.#waiting > 0) return;
    this.#hasLeft = true;
    for (const listener of this.#listeners) listener();
  }
}
