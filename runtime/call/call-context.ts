/** What every call below the gateway carries with it. */
export interface CallContext {
  readonly requestId: string;
  /**
   * Who asks; absent as long as callers are not told apart. Nothing is ever shared between different callers.
   */
  readonly caller?: string;
  /** Aborts when the caller leaves or the deadline passes. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch (`Date.now()`), after which nobody waits for the answer. */
  readonly deadline: number;
  /** The county's calendar day, `yyyy-MM-dd`: what "expired", "overdue" and "today" mean in this request. */
  readonly today: string;
  /**
   * As `onCallOver`, without an AbortSignal, which costs more than a small request's whole execution. Absent in
   * contexts that have nothing but a signal.
   */
  onOver?(listener: () => void): () => void;
}

/** Milliseconds left before `context.deadline`, never negative. */
export function remainingMs(context: CallContext): number {
  return Math.max(0, context.deadline - Date.now());
}

/**
 * Calls `listener` once when nobody waits for the answer any more: the caller left, or the deadline passed.
 *
 * @returns stops listening.
 */
export function onCallOver(context: CallContext, listener: () => void): () => void {
  if (context.onOver !== undefined) return context.onOver(listener);
  const { signal } = context;
  let timer: NodeJS.Timeout | null = null;
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer);
    signal.removeEventListener('abort', over);
  };
  const over = (): void => {
    stop();
    listener();
  };
  // A longer delay would wrap around and fire at once.
  timer = setTimeout(over, Math.min(remainingMs(context), 2 ** 31 - 1));
  signal.addEventListener('abort', over);
  if (signal.aborted) over();
  return stop;
}

/** The same call on another day: what a department on another machine is asked is relative to the hub's day. */
export function onDay(context: CallContext, today: string): CallContext {
  if (context.today === today) return context;
  const { requestId, caller, deadline } = context;
  return {
    requestId,
    ...(caller !== undefined && { caller }),
    deadline,
    today,
    get signal() {
      return context.signal;
    },
    onOver: (listener) => onCallOver(context, listener),
  };
}
