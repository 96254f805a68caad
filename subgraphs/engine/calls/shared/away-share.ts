import type { CallLimits } from '../../../../runtime/ledger/call-ledger.js';
import { QUOTA_MINUTE_MS } from '../minute-quota.js';

/** How it stood with a source when the ledger last answered. */
export interface LastKnown {
  /** Milliseconds of a clock that nobody sets. */
  readonly at: number;
  readonly machines: number;
  readonly day: string;
  readonly usedDay: number;
  readonly usedMinute: number;
}

/** What one machine may have by itself while the ledger is away. */
export interface AwayShare {
  /** Calls that it begins without the ledger on this day. */
  readonly day: number;
  /** The same within a minute. */
  readonly minute: number;
  /** Calls that run. */
  readonly concurrent: number;
}

/**
 * Of what was left when the ledger last answered each machine takes an equal part, so that all of them together exceed no quota of a
 * day or minute. A place is left to each.
 *
 * @param known null: the ledger has never answered, and nobody knows of others.
 */
export function shareWhileAway(
  { concurrent, perMinute, perDay }: CallLimits,
  known: LastKnown | null,
  { now, day }: { readonly now: number; readonly day: string },
): AwayShare {
  const { machines = 1 } = known ?? {};
  const usedDay = known !== null && known.day === day ? known.usedDay : 0;
  const usedMinute = known !== null && now - known.at < QUOTA_MINUTE_MS ? known.usedMinute : 0;
  const partOf = (limit: number | null, used: number): number =>
    limit === null ? Number.POSITIVE_INFINITY : Math.floor(Math.max(0, limit - used) / machines);
  return {
    day: partOf(perDay, usedDay),
    minute: partOf(perMinute, usedMinute),
    concurrent: Math.max(1, Math.floor(concurrent / machines)),
  };
}
