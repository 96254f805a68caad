import type { Lane } from './lane.js';

/** Somebody who waits for an answer, and until when. */
export interface Waiter {
  /** Aborts when the waiter leaves. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch (`Date.now()`). */
  readonly deadline: number;
  /** Default `interactive`. */
  readonly lane?: Lane;
}

/** A waiter that may have nothing but a deadline. */
type PatientWaiter = Pick<Waiter, 'deadline'> & Partial<Waiter>;

/** The waiter left, or its deadline passed, before there was an answer. */
export class WaiterLeft extends Error {
  override readonly name = 'WaiterLeft';

  constructor() {
    super('Cannot wait for an answer: the waiter must still be there, but has left or has no time left');
  }
}

/** Milliseconds before the waiter's deadline, never negative. */
export function msLeft({ deadline }: PatientWaiter): number {
  return Math.max(0, deadline - Date.now());
}

/** Timers fire a little before their time now and then. */
const TIMER_SLACK_MS = 5;

/** Whether the waiter left although it still had time. */
export function hasLeftEarly(waiter: Waiter): boolean {
  return waiter.signal.aborted && msLeft(waiter) > TIMER_SLACK_MS;
}

/** A longer delay would wrap around and fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Calls `listener` once when the waiter leaves or its deadline passes; at once if it has left already.
 *
 * @returns stops listening.
 */
export function onWaitOver(waiter: PatientWaiter, listener: () => void): () => void {
  const { signal } = waiter;
  let timer: NodeJS.Timeout | null = null;
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer);
    signal?.removeEventListener('abort', over);
  };
  const over = (): void => {
    stop();
    listener();
  };
  timer = setTimeout(over, Math.min(msLeft(waiter), LONGEST_TIMER_MS));
  signal?.addEventListener('abort', over);
  if (signal?.aborted === true) over();
  return stop;
}

/**
 * Settles as the promise does, or rejects as soon as the waiter leaves or its deadline passes.
 *
 * @throws {WaiterLeft}
 */
export function waitAs<T>(waiter: PatientWaiter, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = onWaitOver(waiter, () => reject(new WaiterLeft()));
    promise.then(resolve, reject).finally(stop);
  });
}

/** As `waitAs` of something without a value: false when the waiter left or its deadline passed first. */
export async function endsInTime(waiter: PatientWaiter, work: Promise<void>): Promise<boolean> {
  try {
    await waitAs(waiter, work);
    return true;
  } catch (error) {
    if (error instanceof WaiterLeft) return false;
    throw error;
  }
}
