import type { QuotaUse } from '../../../port/source-observer.js';

/** Of what a source grants, readings leave the other half to queries, which ask for keys that nobody knew. */
const READINGS_SHARE = 0.5;

/** How many calls of a quota are for readings. */
export function shareOfReadings(limit: number): number {
  return Math.max(1, Math.floor(limit * READINGS_SHARE));
}

/** How many exchanges a reading may make now; infinite where the source sets no quota. */
export function callsLeft(quotas: readonly QuotaUse[], window?: QuotaUse['window']): number {
  const left = quotas
    .filter((quota) => window === undefined || quota.window === window)
    .map(({ limit, used }) => shareOfReadings(limit) - used);
  return Math.max(0, Math.min(Number.POSITIVE_INFINITY, ...left));
}
