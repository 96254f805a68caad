import type { Caller } from './caller.js';
import type { Lane } from './lane.js';
import type { RequestTrail } from './request-trail.js';
import { msLeft, onWaitOver } from './waiter.js';

/** What every call below the gateway carries with it. */
export interface CallContext {
  readonly requestId: string;
  readonly caller: Caller;
  /** Aborts when the caller leaves or the deadline passes. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch (`Date.now()`), after which an answer is of no use. */
  readonly deadline: number;
  /** Default `interactive`. */
  readonly lane?: Lane;
  /** The county's calendar day, `yyyy-MM-dd`: what "expired", "overdue" and "today" mean in this request. */
  readonly today: string;
  /** What is noted of the request; absent: nobody will ask how it went. */
  readonly trail?: RequestTrail;
  /**
   * As `onCallOver`, without an AbortSignal, which costs more than a small request's whole execution. Absent in
   * contexts that have nothing but a signal.
   */
  onOver?(listener: () => void): () => void;
  /** Tells that what the call waits for answers nobody for now: meanwhile it need not take a place that others could use. */
  stalled?(): void;
}

/** Milliseconds left before `context.deadline`, never negative. */
export function remainingMs(context: CallContext): number {
  return msLeft(context);
}

/**
 * Calls `listener` once when the caller leaves or the deadline passes.
 *
 * @returns stops listening.
 */
export function onCallOver(context: CallContext, listener: () => void): () => void {
  return context.onOver?.(listener) ?? onWaitOver(context, listener);
}

/** Whose call it is, without its time. */
export function identityOf({
  requestId,
  caller,
  lane,
  today,
}: Pick<CallContext, 'requestId' | 'caller' | 'lane' | 'today'>): Pick<
  CallContext,
  'requestId' | 'caller' | 'lane' | 'today'
> {
  return { requestId, caller, ...(lane !== undefined && { lane }), today };
}

/** The same call with less time. @param deadline milliseconds since the epoch; a later one than the call's changes nothing. */
export function endingAt(context: CallContext, deadline: number): CallContext {
  return {
    ...identityOf(context),
    ...(context.trail !== undefined && { trail: context.trail }),
    deadline: Math.min(deadline, context.deadline),
    get signal() {
      return context.signal;
    },
    stalled: () => context.stalled?.(),
  };
}

/** The same call on another day: what a department on another machine is asked is relative to the hub's day. */
export function onDay(context: CallContext, today: string): CallContext {
  if (context.today === today) return context;
  return {
    ...identityOf(context),
    ...(context.trail !== undefined && { trail: context.trail }),
    deadline: context.deadline,
    today,
    get signal() {
      return context.signal;
    },
    onOver: (listener) => onCallOver(context, listener),
    stalled: () => context.stalled?.(),
  };
}
