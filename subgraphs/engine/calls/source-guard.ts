import { setTimeout as delay } from 'node:timers/promises';
import { SourceError, SourceTimeout, SourceUnavailable } from '../../../adapters/source-error.js';
import { createBreaker } from '../../../runtime/call/breaker.js';
import { endsInTime, hasLeftEarly, msLeft, type Waiter } from '../../../runtime/call/waiter.js';
import type { SourceObserver, SourceState } from '../../port/source-observer.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { createCallQuota, type QuotaClocks } from './call-quota.js';
import type { DayCounts } from './day-counts.js';
import { type Attempt, createExchangeSender } from './exchange-sender.js';
import { createRetryBudget } from './retry-budget.js';
import type { CallBook } from './shared/call-book.js';
import { shareQuota } from './shared/share-quota.js';

/** Keeps the exchanges with one interface's source within its mapping's limits. */
export interface SourceGuard {
  /**
   * Sends one exchange: waits for a free place, keeps to quotas and quiet hours, refuses while the source is paused,
   * and tries again what failed in passing.
   *
   * @param send may be called more than once.
   * @param onRetry called before each time but the first.
   * @throws {SourceUnavailable} at once, with a `detail` for the caller, when the exchange must not be sent.
   * @throws {SourceTimeout} when the caller's time ran out before it could be sent.
   */
  run<T>(waiter: Waiter, send: () => Promise<T>, onRetry?: () => void): Promise<T>;
  /** A sentence for callers while the source is paused or must not be asked; null when all is well. */
  trouble(): string | null;
  state(): Pick<SourceState, 'breakerOpen' | 'quotas'>;
}

interface GuardEnvironment extends QuotaClocks {
  readonly observer: SourceObserver;
  readonly dayCounts: DayCounts;
  /** Where calls are counted with those of other machines. Absent: there are none. */
  readonly callBook?: CallBook;
  /** When somebody last closed the breaker; null: nobody has. */
  readonly breakerClosedAt: () => number | null;
}

type Unsent = Exclude<Attempt<never>, { readonly kind: 'answered' | 'failed' }>;

const FIRST_BACKOFF_MS = 50;
/** With less time left than this, a retry would be given up before it could be answered. */
const LEAST_FOR_RETRY_MS = 50;
const TRIAL_NEXT =
  '数据源此前连续失败，下次调用将试探是否恢复。The source kept failing; the next call will show whether it is back.';

export function createSourceGuard(
  mapping: Pick<InterfaceMapping, 'interface' | 'limits'>,
  environment: GuardEnvironment,
): SourceGuard {
  const { interface: name, limits } = mapping;
  const { observer } = environment;
  const { callBook: book, dayCounts: counts } = environment;
  const own = createCallQuota(mapping, environment, counts);
  const quota = book === undefined ? own : shareQuota(own, mapping, environment, { book, counts });
  const breaker = limits.breaker ? createBreaker() : null;
  const sender = createExchangeSender(limits, quota, breaker, environment);
  let closedAt = environment.breakerClosedAt();
  /** What failed before somebody closed the breaker counts no more. */
  const heedClosing = (): void => {
    const at = environment.breakerClosedAt();
    if (at !== closedAt) breaker?.close();
    closedAt = at;
  };
  const budget = createRetryBudget();

  const pauseBeforeRetry = async (error: unknown, retries: number, waiter: Waiter): Promise<boolean> => {
    if (!(error instanceof SourceError) || !error.retryable || retries >= limits.retries) return false;
    const pauseMs = backoffMs(retries);
    if (waiter.signal.aborted || msLeft(waiter) < pauseMs + LEAST_FOR_RETRY_MS) return false;
    return budget.spend() && endsInTime(waiter, delay(pauseMs));
  };

  return {
    run: async (waiter, send, onRetry) => {
      budget.earn();
      heedClosing();
      let failure: unknown = null;
      for (let retries = 0; ; retries++) {
        const ended = await sender.attempt(waiter, send);
        if (ended.kind === 'answered') return ended.value;
        if (ended.kind !== 'failed') {
          if (!hasLeftEarly(waiter)) {
            observer.refusal({
              interface: name,
              reason: ended.kind === 'late' ? 'gate' : ended.refusal.reason,
            });
          }
          // What the source itself said tells more than that it cannot be asked again.
          throw failure ?? unsentError(name, ended);
        }
        if (!(await pauseBeforeRetry(ended.error, retries, waiter))) throw ended.error;
        failure = ended.error;
        observer.retry({ interface: name });
        onRetry?.();
      }
    },
    trouble: () => {
      heedClosing();
      return sender.refusal()?.detail ?? (breaker?.isOpen() === true ? TRIAL_NEXT : null);
    },
    state: () => {
      heedClosing();
      return { breakerOpen: breaker?.isOpen() ?? false, quotas: quota.usage() };
    },
  };
}

/** 25–75 ms before the first retry, then twice as long each time; spread so that callers do not come back together. */
function backoffMs(retries: number): number {
  return FIRST_BACKOFF_MS * 2 ** retries * (0.5 + Math.random());
}

function unsentError(name: string, unsent: Unsent): SourceError {
  if (unsent.kind === 'late') {
    return new SourceTimeout(
      `Cannot call the source of ${name}: a place must become free while the waiter waits, but none did`,
    );
  }
  const { reason, detail } = unsent.refusal;
  return new SourceUnavailable(
    `Cannot call the source of ${name}: it must be ready for calls, but is not (${reason}). ${detail}`,
    { detail },
  );
}
