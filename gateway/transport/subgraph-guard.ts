import { type Breaker, createBreaker, type Verdict } from '../../runtime/call/breaker.js';
import { InOrder } from '../../runtime/churn/in-order.js';
import { withoutStack } from '../../runtime/without-stack.js';
import type { Outcome } from './exchange.js';
import { TransportFailure } from './transport-failure.js';

/** Tells how a call ended; to be called once. */
export type CallEnd = (outcome: Outcome) => void;

/** Keeps one subgraph's trouble its own: so many calls at a time, and none for a while to one that keeps failing. */
export interface SubgraphGuard {
  /** Begins a call, unless it must not be sent. @param stalled called when the subgraph answers nobody for a while. */
  begin(stalled?: () => void): CallEnd | TransportFailure;
  /** Whether calls are refused after repeated failures, or the next one is a trial. */
  isPaused(): boolean;
}

/** Lets every call pass. */
export const UNGUARDED: SubgraphGuard = { begin: () => () => undefined, isPaused: () => false };

/** Calls to one subgraph under way or waiting for a connection; more could not be answered in time. */
const MOST_CALLS = 1024;
/** Who had less time than this says nothing of the subgraph by not being answered in it. Milliseconds. */
const FAIR_MS = 1000;
/** Silent for so many times as long as it usually takes, and for so long at least, it hangs; a part of that, it is stalled. */
const HANGING = 8;
const STALLED_MS = 300;
/** How often that is looked at. */
const LOOK_MS = 100;
/** Of the latest call in what it usually takes. */
const WEIGHT = 0.1;
/** A trial may hang as long as a request: with the pause before it, whoever waits for the subgraph to be back waits five seconds. */
const MOST_PAUSE_MS = 2000;

const TOO_MANY = withoutStack(
  () => new TransportFailure('SUBGRAPH_UNAVAILABLE', 'too many calls are under way'),
);
const SILENT = withoutStack(
  () => new TransportFailure('SUBGRAPH_TIMEOUT', 'it has answered nobody for too long'),
);

/** A call that is under way. */
interface Running {
  readonly since: number;
  readonly stalled: () => void;
  /** Its caller knows that it waits for a silent subgraph. */
  isStalled: boolean;
  /** It counts as failed before it has ended. */
  isFailed: boolean;
  /** Told how it ended; of no effect a second time. */
  readonly tell: CallEnd;
}

interface GuardTime {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  every(ms: number, call: () => void): NodeJS.Timeout;
}

const REAL_TIME: GuardTime = {
  now: () => performance.now(),
  every: (ms, call) => setInterval(call, ms).unref(),
};

export function createSubgraphGuard({ now, every }: GuardTime = REAL_TIME): SubgraphGuard {
  const breaker = createBreaker({ mostPauseMs: MOST_PAUSE_MS });
  const running = new InOrder<Running>();
  let answeredAt = now();
  let usualMs = 0;
  let looks: NodeJS.Timeout | null = null;
  let wasSilent = false;
  /**
   * A subgraph that hangs is known by that only when its callers' time is over; by then hundreds wait for it. So what has waited
   * far longer than usual, while nobody at all was answered, gives back the place that it takes here, and then counts as failed.
   */
  const look = (): void => {
    const at = now();
    const stallMs = Math.max(STALLED_MS, usualMs * HANGING);
    const isSilent = at - answeredAt >= stallMs;
    // Two looks: what had arrived while this thread was busy has been read between them.
    if (isSilent && wasSilent) {
      const hangMs = Math.max(FAIR_MS, usualMs * HANGING);
      for (const call of running) {
        const waited = at - call.since;
        if (waited < stallMs) break;
        if (!call.isStalled) call.stalled();
        call.isStalled = true;
        if (waited < hangMs || at - answeredAt < hangMs || call.isFailed) continue;
        call.isFailed = true;
        call.tell(SILENT);
      }
    }
    wasSilent = isSilent;
    if (running.size > 0 || looks === null) return;
    clearInterval(looks);
    looks = null;
    wasSilent = false;
  };
  return {
    isPaused: breaker.isOpen,
    begin: (onStalled = () => undefined) => {
      if (running.size >= MOST_CALLS) return TOO_MANY;
      const pauseMs = breaker.pauseMs();
      if (pauseMs > 0 || breaker.trial() !== null) return pausedFor(pauseMs);
      const at = now();
      if (running.size === 0) answeredAt = at;
      looks ??= every(LOOK_MS, look);
      const call: Running = {
        since: at,
        stalled: onStalled,
        isStalled: false,
        isFailed: false,
        tell: follow(breaker, () => now() - at >= FAIR_MS),
      };
      const end = running.add(call);
      return (outcome) => {
        end();
        if (!(outcome instanceof TransportFailure)) {
          answeredAt = now();
          usualMs += WEIGHT * (answeredAt - at - usualMs);
        }
        call.tell(outcome);
      };
    },
  };
}

function pausedFor(pauseMs: number): TransportFailure {
  const retryAfterSeconds = Math.max(1, Math.ceil(pauseMs / 1000));
  return withoutStack(
    () =>
      new TransportFailure('SUBGRAPH_UNAVAILABLE', 'it kept failing and is not asked for a while', {
        retryAfterSeconds,
      }),
  );
}

/** A call that the breaker watches, and that ends by being told of. */
function follow(breaker: Breaker, wasFair: () => boolean): CallEnd {
  const end = breaker.begin();
  return (outcome) => end(outcome instanceof TransportFailure ? judge(outcome, wasFair()) : 'alive');
}

function judge(error: TransportFailure, wasFair: boolean): Verdict {
  if (error.isOurs) return 'unknown';
  // What is too large has cost as much as it may, each time: a subgraph of which most answers are so is of no use.
  if (error.code === 'SUBGRAPH_UNAVAILABLE' || error.code === 'SOURCE_TOO_LARGE') return 'down';
  if (error.code !== 'SUBGRAPH_TIMEOUT') return 'alive';
  return wasFair ? 'down' : 'unknown';
}
