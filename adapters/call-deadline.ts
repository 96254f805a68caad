import { onWaitOver } from '../runtime/call/waiter.js';
import { toSourceError } from './foreign-error.js';
import type { CallBounds } from './source-adapter.js';
import { SourceTimeout } from './source-error.js';

/** One call's bounds while it runs. */
export interface Deadline {
  /** Aborts with a SourceTimeout when the time is up or the caller leaves. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  remainingMs(): number;
}

/**
 * Runs `work` until it settles or the bounds are reached, whichever comes first. Work that is left behind is
 * told by `deadline.signal` and cleans up on its own.
 *
 * @param action completes the sentence "Cannot …".
 * @throws {SourceError} and nothing else.
 */
export function withDeadline<T>(
  bounds: CallBounds,
  action: string,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const endsAt = performance.now() + bounds.timeoutMs;
  return new Promise<T>((resolve, reject) => {
    const stop = onWaitOver({ signal: bounds.signal, deadline: Date.now() + bounds.timeoutMs }, () => {
      const reason = bounds.signal.aborted
        ? 'the caller has left'
        : `no complete answer within ${bounds.timeoutMs} ms`;
      controller.abort(new SourceTimeout(`Cannot ${action}: ${reason}`));
      reject(controller.signal.reason);
    });
    if (controller.signal.aborted) return;
    const deadline: Deadline = {
      signal: controller.signal,
      timeoutMs: bounds.timeoutMs,
      maxBytes: bounds.maxBytes,
      remainingMs: () => Math.max(0, endsAt - performance.now()),
    };
    // The promise chain turns a synchronous throw of `work` into a rejection as well.
    Promise.resolve()
      .then(() => work(deadline))
      .then(resolve, (error: unknown) => reject(toSourceError(error, action)))
      .finally(stop);
  });
}

/** Settles with the promise, or rejects as soon as the deadline is reached. */
export function untilDeadline<T>(promise: Promise<T>, { signal }: Deadline): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
