import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  CountBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhenResult,
  type IBreaker,
} from 'cockatiel';

/** What the end of one exchange says of the source: it works, it does not, or nothing either way. */
export type Verdict = 'alive' | 'down' | 'unknown';

/** Stops calls to a source or subgraph that keeps failing, and lets one through from time to time to see whether it is back. */
export interface Breaker {
  /** Whether the source counts as failing: calls are refused, or the next one is a trial. */
  isOpen(): boolean;
  /** Milliseconds for which calls are refused: 0 means that one may be sent. */
  pauseMs(): number;
  /** Settles with the trial that is running; null when none is. */
  trial(): Promise<void> | null;
  /** Sends one call. To be asked only when `pauseMs` is 0 and no trial runs, in the same turn of the event loop. */
  run<T>(send: () => Promise<T>, judge: (error: unknown) => Verdict): Promise<T>;
  /**
   * The same for a call that somebody else sends, and costs no promise as long as the source works. To be asked as `run` is.
   *
   * @returns to be told how the call ended; of no effect a second time.
   */
  begin(): (verdict: Verdict) => void;
  /** Forgets what failed before. */
  close(): void;
}

/** Opens when most of the last ten calls failed, or of the first five. */
const LAST_CALLS = { threshold: 0.5, size: 10, minimumNumberOfCalls: 5 };
/** Pause before a trial, doubled each time. */
const FIRST_PAUSE_MS = 1000;

type Ended<T> =
  | { readonly verdict: 'alive'; readonly value: T }
  | { readonly verdict: Verdict; readonly error: unknown };

const FAILED: Ended<unknown> = { verdict: 'down', error: null };

/** Whoever tells of it knows why. */
class CallFailed extends Error {
  readonly verdict: Verdict;

  constructor(verdict: Verdict) {
    super(verdict);
    this.verdict = verdict;
  }
}

function verdictOf(error: unknown): Verdict {
  return error instanceof CallFailed ? error.verdict : 'unknown';
}

interface BreakerOptions {
  /** After most of the last calls failed, or after the first one that does. Default `after-most`. */
  readonly opens?: 'after-most' | 'after-one';
  /** The longest pause; by default so short that nobody waits 10 s for a source that is back. */
  readonly mostPauseMs?: number;
}

export function createBreaker({ opens = 'after-most', mostPauseMs = 4000 }: BreakerOptions = {}): Breaker {
  let policy: CircuitBreakerPolicy;
  let last: IBreaker;
  let trial: Promise<void> | null = null;
  let openedAt = 0;
  let lastPauseMs = 0;

  /** @param attempt how many times in a row it opened. */
  const openAgain = ({ attempt }: { readonly attempt: number }): number => {
    openedAt = Date.now();
    lastPauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), mostPauseMs);
    return lastPauseMs;
  };
  const start = (): CircuitBreakerPolicy => {
    last = opens === 'after-one' ? new ConsecutiveBreaker(1) : new CountBreaker(LAST_CALLS);
    return circuitBreaker(
      handleWhenResult((ended) => (ended as Ended<unknown>).verdict === 'down'),
      { breaker: last, halfOpenAfter: new DelegateBackoff(openAgain) },
    );
  };
  policy = start();

  const runOnPolicy = async <T>(send: () => Promise<T>, judge: (error: unknown) => Verdict): Promise<T> => {
    const isTrial = policy.state === CircuitState.Open;
    const running = policy.execute((): Promise<Ended<T>> => settle(send, judge, isTrial));
    if (isTrial) {
      trial = running.then(
        () => undefined,
        () => undefined,
      );
      trial.finally(() => {
        trial = null;
      });
    }
    const ended = await running;
    if ('error' in ended) throw ended.error;
    return ended.value;
  };

  return {
    isOpen: () => policy.state !== CircuitState.Closed,
    pauseMs: () => {
      if (policy.state !== CircuitState.Open) return 0;
      const pausedMs = Date.now() - openedAt;
      if (pausedMs >= 0) return Math.max(0, lastPauseMs - pausedMs);
      // The library measures by the wall clock: now that it was set back, the pause would last until it catches up.
      policy = start();
      return 0;
    },
    trial: () => trial,
    close: () => {
      policy = start();
    },
    begin: () => {
      let isOver = false;
      if (policy.state !== CircuitState.Closed) {
        let tell: (verdict: Verdict) => void = () => undefined;
        const told = new Promise<Verdict>((resolve) => {
          tell = resolve;
        });
        runOnPolicy(async () => {
          const verdict = await told;
          if (verdict !== 'alive') throw new CallFailed(verdict);
        }, verdictOf).catch(() => undefined);
        return tell;
      }
      const [own, lastOfOwn] = [policy, last];
      return (verdict) => {
        if (isOver || own.state !== CircuitState.Closed) return;
        isOver = true;
        if (verdict === 'alive') lastOfOwn.success(CircuitState.Closed);
        else if (verdict === 'down') void own.execute(async () => FAILED);
      };
    },
    run: runOnPolicy,
  };
}

async function settle<T>(
  send: () => Promise<T>,
  judge: (error: unknown) => Verdict,
  isTrial: boolean,
): Promise<Ended<T>> {
  try {
    return { verdict: 'alive', value: await send() };
  } catch (error) {
    const verdict = judge(error);
    // What is thrown does not count among the last calls; a trial has to end one way or the other, and is not passed.
    if (verdict === 'unknown' && !isTrial) throw error;
    return { verdict: verdict === 'unknown' ? 'down' : verdict, error };
  }
}
