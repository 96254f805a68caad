import type { SnapshotVersion } from '../../../adapters/snapshot/snapshot-store.js';
import { countyMoment } from '../../../runtime/clock.js';
import { durationText } from '../../../runtime/duration-text.js';
import type { SnapshotRule } from '../mapping/mapping.js';
import { KeysMissing } from './keys/keys-missing.js';

/** How old what serves is. */
export interface SnapshotAge {
  readonly state: 'LIVE' | 'STALE' | 'MISSING';
  /** When the reading began, ISO 8601 at +08:00. */
  readonly asOf: string;
  readonly seconds: number;
  /** A sentence for callers, Chinese first, when it is not LIVE; else null. */
  readonly reason: string | null;
}

/** A reading that is due takes its time: only one that stays away so much longer makes a snapshot stale by itself. */
const LATE = 2;

/** @param failure of the last attempt to read the source, if it failed. */
export function snapshotAge(
  rule: SnapshotRule,
  { readAt }: Pick<SnapshotVersion, 'readAt'>,
  failure: unknown,
  now: number,
): SnapshotAge {
  const seconds = Math.max(0, (now - Date.parse(readAt)) / 1000);
  const asOf = countyMoment(new Date(readAt));
  const isDue = seconds > rule.everySeconds;
  const isOverdue = seconds > rule.everySeconds * LATE;
  if (!isDue || (failure === null && !isOverdue)) return { state: 'LIVE', asOf, seconds, reason: null };
  const state = seconds > rule.staleForSeconds ? 'MISSING' : 'STALE';
  const { zh, en } = durationText(seconds);
  const why = wordFailure(failure);
  return { state, asOf, seconds, reason: `快照已有 ${zh}。The snapshot is ${en} old. ${why}` };
}

function wordFailure(failure: unknown): string {
  if (failure === null) return '尚未再次读取。The source has not been read again yet.';
  const keys = failure instanceof KeysMissing ? `${failure.detail} ` : '';
  return `${keys}来源读取失败，沿用上次的快照。The source could not be read; the last snapshot serves.`;
}
