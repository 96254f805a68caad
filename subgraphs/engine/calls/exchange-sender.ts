import { SourceError } from '../../../adapters/source-error.js';
import type { Breaker, Verdict } from '../../../runtime/call/breaker.js';
import { createGate } from '../../../runtime/call/gate.js';
import { endsInTime, hasLeftEarly, type Waiter } from '../../../runtime/call/waiter.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import type { CallQuota, QuotaClocks, Reserved } from './call-quota.js';
import { type Refusal, refuseWhilePaused } from './refusal.js';

/** How it went with one exchange; `late`: the caller's time ran out before it could be sent. */
export type Attempt<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'late' };

/** Sends exchanges one by one, each only when it may be sent. */
interface ExchangeSender {
  /** Never fails. */
  attempt<T>(waiter: Waiter, send: () => Promise<T>): Promise<Attempt<T>>;
  /** What would keep an exchange from being sent now; null: nothing. */
  refusal(): Refusal | null;
}

/** At a source that other machines call, too. */
type Place = Extract<Reserved, { readonly kind: 'reserved' }>;

/** A source that was given less time than this, and less than its own limit, is not to blame for being late. */
const FAIR_MS = 1000;
/** Timers may fire a little early. */
const TIMER_SLACK = 0.9;

export function createExchangeSender(
  limits: Pick<InterfaceMapping['limits'], 'concurrent' | 'timeoutMs'>,
  quota: CallQuota,
  breaker: Breaker | null,
  { clock, monotonicMs }: QuotaClocks,
): ExchangeSender {
  const gate = createGate(limits.concurrent);
  const fairMs = Math.min(limits.timeoutMs, FAIR_MS) * TIMER_SLACK;

  const refusal = (): Refusal | null => {
    const pauseMs = breaker?.pauseMs() ?? 0;
    return pauseMs > 0 ? refuseWhilePaused(clock.now(), pauseMs) : quota.refusal();
  };
  const runningTrial = (): Promise<void> | null => breaker?.trial() ?? null;

  const sendNow = async <T>(
    waiter: Waiter,
    send: () => Promise<T>,
    place: Place | null,
  ): Promise<Attempt<T>> => {
    const started = monotonicMs();
    const end = quota.take();
    place?.begin();
    const judge = (error: unknown): Verdict => judgeSource(error, waiter, monotonicMs() - started >= fairMs);
    try {
      return { kind: 'answered', value: await (breaker === null ? send() : breaker.run(send, judge)) };
    } catch (error) {
      return { kind: 'failed', error };
    } finally {
      end();
      place?.end();
    }
  };

  return {
    refusal,
    attempt: async (waiter, send) => {
      for (;;) {
        const refused = refusal();
        if (refused !== null) return { kind: 'refused', refusal: refused };
        const trial = runningTrial();
        if (trial !== null) {
          if (!(await endsInTime(waiter, trial))) return { kind: 'late' };
          continue;
        }
        const leave = await gate.enter(waiter);
        if (leave === null) return { kind: 'late' };
        try {
          const place = (await quota.reserve?.(waiter)) ?? null;
          if (place !== null && place.kind !== 'reserved') return place;
          // Nothing may be awaited between this check and the sending: only so does it still hold.
          if (refusal() === null && runningTrial() === null) return await sendNow(waiter, send, place);
          place?.giveBack();
        } finally {
          leave();
        }
      }
    },
  };
}

/** @param wasFair whether the source had enough time to answer. */
function judgeSource(error: unknown, waiter: Waiter, wasFair: boolean): Verdict {
  if (!(error instanceof SourceError) || hasLeftEarly(waiter)) return 'unknown';
  if (error.code === 'SOURCE_UNAVAILABLE') return 'down';
  if (error.code !== 'SOURCE_TIMEOUT') return 'alive';
  return wasFair ? 'down' : 'unknown';
}
