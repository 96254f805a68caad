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

const TOO_MANY = withoutStack(
  () => new TransportFailure('SUBGRAPH_UNAVAILABLE', 'too many calls are under way'),
);

/** @param now milliseconds of a clock that never goes back. */
export function createSubgraphGuard(now: () => number = () => performance.now()): SubgraphGuard {
  const breaker = createBreaker();
  let running = 0;
  return {
    begin: () => {
      if (running >= MOST_CALLS) return TOO_MANY;
      const pauseMs = breaker.pauseMs();
      if (pauseMs > 0 || breaker.trial() !== null) return pausedFor(pauseMs);
      running += 1;
      const started = now();
      const tell = follow(breaker, () => now() - started >= FAIR_MS);
      return (outcome) => {
        running -= 1;
        tell(outcome);
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
  if (!(error instanceof TransportFailure)) return 'unknown';
  if (error.code === 'SUBGRAPH_UNAVAILABLE') return 'down';
  if (error.code !== 'SUBGRAPH_TIMEOUT') return 'alive';
  return wasFair ? 'down' : 'unknown';
}
