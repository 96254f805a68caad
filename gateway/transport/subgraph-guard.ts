import { type Breaker, createBreaker, type Verdict } from '../../runtime/call/breaker.js';
import { withoutStack } from '../../runtime/without-stack.js';
import type { Outcome } from './exchange.js';
import { TransportFailure } from './transport-failure.js';

/** Tells how a call ended; to be called once. */
export type CallEnd = (outcome: Outcome) => void;

/** Keeps one subgraph's trouble its own: so many calls at a time, and none for a while to one that keeps failing. */
export interface SubgraphGuard {
  /** Begins a call, unless it must not be sent. */
  begin(): CallEnd | TransportFailure;
}

/** Lets every call pass. */
export const UNGUARDED: SubgraphGuard = { begin: () => () => undefined };

/** Calls to one subgraph under way or waiting for a connection; more could not be answered in time. */
const MOST_CALLS = 1024;
/** Who had less time than this says nothing of the subgraph by not being answered in it. Milliseconds. */
const FAIR_MS = 1000;
/** Silent for so many times as long as it usually takes, and for so long at least, it hangs. */
const HANGING = 8;
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
  /** Told how it ended; of no effect a second time. */
  readonly tell: CallEnd;
}

/** @param now milliseconds of a clock that never goes back. */
export function createSubgraphGuard(now: () => number = () => performance.now()): SubgraphGuard {
  const breaker = createBreaker({ mostPauseMs: MOST_PAUSE_MS });
  /** In the order in which they began. */
  const running = new Set<Running>();
  /** Those before are known to hang: they still hold their places. */
  const told = new WeakSet<Running>();
  let answeredAt = now();
  let usualMs = 0;
  /**
   * A subgraph that hangs is known by that only when its callers' time is over; by then hundreds wait for it. So calls that have
   * waited far longer than usual, while nobody at all was answered, count as failed before they end.
   */
  const judgeSilence = (at: number): void => {
    const patienceMs = Math.max(FAIR_MS, usualMs * HANGING);
    if (at - answeredAt < patienceMs) return;
    for (const call of running) {
      if (at - call.since < patienceMs) return;
      if (told.has(call)) continue;
      told.add(call);
      call.tell(SILENT);
    }
  };
  return {
    begin: () => {
      if (running.size >= MOST_CALLS) return TOO_MANY;
      const at = now();
      judgeSilence(at);
      const pauseMs = breaker.pauseMs();
      if (pauseMs > 0 || breaker.trial() !== null) return pausedFor(pauseMs);
      if (running.size === 0) answeredAt = at;
      const call: Running = { since: at, tell: follow(breaker, () => now() - at >= FAIR_MS) };
      running.add(call);
      return (outcome) => {
        running.delete(call);
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
  let end: CallEnd = () => undefined;
  breaker
    .run(
      () =>
        new Promise<void>((resolve, reject) => {
          end = (outcome) => (outcome instanceof TransportFailure ? reject(outcome) : resolve());
        }),
      (error) => judge(error, wasFair()),
    )
    // Whoever asked is told by `settle`.
    .catch(() => undefined);
  return (outcome) => end(outcome);
}

function judge(error: unknown, wasFair: boolean): Verdict {
  if (!(error instanceof TransportFailure) || error.isOurs) return 'unknown';
  // What is too large has cost as much as it may, each time: a subgraph of which most answers are so is of no use.
  if (error.code === 'SUBGRAPH_UNAVAILABLE' || error.code === 'SOURCE_TOO_LARGE') return 'down';
  if (error.code !== 'SUBGRAPH_TIMEOUT') return 'alive';
  return wasFair ? 'down' : 'unknown';
}
