/** What every call below the gateway carries with it. */
export interface CallContext {
  readonly requestId: string;
  /** Aborts when the caller leaves or the deadline passes. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch (`Date.now()`), after which nobody waits for the answer. */
  readonly deadline: number;
  /** The county's calendar day, `yyyy-MM-dd`: what "expired", "overdue" and "today" mean in this request. */
  readonly today: string;
}

/** Milliseconds left before `context.deadline`, never negative. */
export function remainingMs(context: CallContext): number {
  return Math.max(0, context.deadline - Date.now());
}
