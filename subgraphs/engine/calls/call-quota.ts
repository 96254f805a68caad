import type { Waiter } from '../../../runtime/call/waiter.js';
import type { Clock } from '../../../runtime/clock.js';
import type { QuotaUse } from '../../port/source-observer.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import type { DayCounts } from './day-counts.js';
import { createDayQuota } from './day-quota.js';
import { createMinuteQuota } from './minute-quota.js';
import { quietUntil } from './quiet-windows.js';
import { type Refusal, refuseByDay, refuseByMinute, refuseWhileQuiet } from './refusal.js';

/** How often, and at what time of day, one interface's source may be called. */
export interface CallQuota {
  /** Null when a call may be sent now. */
  refusal(): Refusal | null;
  /** Counts a call that is being sent. @returns what to call when it has ended. */
  take(): () => void;
  usage(): readonly QuotaUse[];
  /** Has a call counted with those of other machines, before it is sent. Absent: there are none. Never fails. */
  reserve?(waiter: Waiter): Promise<Reserved>;
}

/** A call that other machines count with theirs, or why there is none; `late`: the waiter's time ran out before. */
export type Reserved =
  | { readonly kind: 'reserved'; begin(): void; end(): void; giveBack(): void }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'late' };

export interface QuotaClocks {
  /** The county's. */
  readonly clock: Clock;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonicMs: () => number;
}

export function createCallQuota(
  { interface: name, limits }: Pick<InterfaceMapping, 'interface' | 'limits'>,
  { clock, monotonicMs }: QuotaClocks,
  counts: DayCounts,
): CallQuota {
  const minute = limits.perMinute === undefined ? null : createMinuteQuota(limits.perMinute, monotonicMs);
  const day =
    limits.perDay === undefined ? null : createDayQuota(limits.perDay, name, counts, () => clock.today());
  return {
    refusal: () => {
      const now = clock.now();
      const quiet = quietUntil(limits.quiet, now);
      if (quiet !== null) return refuseWhileQuiet(quiet);
      if (day !== null && day.used() >= day.limit) return refuseByDay(now, day.limit);
      const waitMs = minute?.waitMs() ?? 0;
      return minute === null || waitMs <= 0 ? null : refuseByMinute(now, waitMs, minute.limit);
    },
    take: () => {
      const ends = [minute?.take(), day?.take()];
      return () => {
        for (const end of ends) end?.();
      };
    },
    usage: () => [
      ...(minute === null ? [] : [{ window: 'minute', used: minute.used(), limit: minute.limit } as const]),
      ...(day === null ? [] : [{ window: 'day', used: day.used(), limit: day.limit } as const]),
    ],
  };
}
