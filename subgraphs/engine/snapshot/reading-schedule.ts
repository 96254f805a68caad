import type { SnapshotRule } from '../mapping/mapping.js';

/** What is known of the version that serves, in milliseconds of the county's clock. */
export interface KeptReading {
  readonly readAt: number;
  readonly wholeAt: number;
}

export type ReadingKind = 'whole' | 'changes';

/** A failed reading is tried again after so long at most. */
const AGAIN_MS = 30_000;

/** What was read so far. */
interface ReadSoFar {
  /** Null: nothing serves. */
  readonly kept: KeptReading | null;
  /** The last reading left something. */
  readonly isWanted: boolean;
  /** When the last attempt failed, if it did. */
  readonly failedAt: number | null;
}

/** Which reading is due; null: none yet. */
export function dueReading(
  rule: SnapshotRule,
  { kept, isWanted, failedAt }: ReadSoFar,
  now: number,
): ReadingKind | null {
  const periodMs = periodOf(rule);
  // A clock that was set back would otherwise stop all readings until it has caught up.
  const sinceFailure = failedAt === null ? Number.POSITIVE_INFINITY : Math.abs(now - failedAt);
  if (sinceFailure < Math.min(periodMs, AGAIN_MS)) return null;
  if (kept === null || isWanted) return 'whole';
  if (now < kept.readAt || now - kept.wholeAt >= rule.wholeSeconds * 1000) return 'whole';
  if (now - kept.readAt < periodMs) return null;
  return nextKind(rule);
}

/** The cheapest reading that brings a snapshot up to date. */
export function nextKind({ changesSeconds }: SnapshotRule): ReadingKind {
  return changesSeconds === undefined ? 'whole' : 'changes';
}

/** Between two readings, in milliseconds. */
export function periodOf({ everySeconds, changesSeconds }: SnapshotRule): number {
  return (changesSeconds ?? everySeconds) * 1000;
}
