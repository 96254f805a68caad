/** Who waits for an answer, and until when. */
export interface Caller {
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch (`Date.now()`). */
  readonly deadline: number;
}

/** The caller stopped waiting, or its time was up, before there was an answer. */
export class CallerLeft extends Error {
  override readonly name = 'CallerLeft';

  constructor() {
    super('Cannot wait for an answer: the caller must still be there, but has left or has no time left');
  }
}

/** Milliseconds before the caller's deadline, never negative. */
export function msLeft(caller: Caller): number {
  return Math.max(0, caller.deadline - Date.now());
}

/** Timers fire a little before their time now and then. */
const TIMER_SLACK_MS = 5;

/** Whether nobody waits although there was still time. */
export function hasLeftEarly(caller: Caller): boolean {
  return caller.signal.aborted && msLeft(caller) > TIMER_SLACK_MS;
}

/**
 * Settles as the promise does, or rejects as soon as the caller leaves or its deadline passes.
 *
 * @throws {CallerLeft}
 */
export function waitAs<T>(caller: Caller, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => reject(new CallerLeft());
    if (caller.signal.aborted) leave();
    caller.signal.addEventListener('abort', leave, { once: true });
    // A longer delay would wrap around and fire at once.
    const timer = setTimeout(leave, Math.min(msLeft(caller), 2 ** 31 - 1));
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      caller.signal.removeEventListener('abort', leave);
    });
  });
}
