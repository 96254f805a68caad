import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { LEAST_RETENTION_DAYS } from '../audit-settings.js';
import { readHead } from './read-head.js';
import { listSegments, segmentName } from './segment-names.js';
import { syncFolder } from './sync-folder.js';

const DAY_MS = 86_400_000;

export interface Pruning {
  readonly folder: string;
  /** Less than `LEAST_RETENTION_DAYS` counts as that. */
  readonly retentionDays: number;
  readonly now: Date;
  /** Records what is about to be removed; nothing is when it fails. */
  announce(detail: { readonly action: string; readonly first: number; readonly last: number }): Promise<void>;
  removeCopy(segment: number): Promise<void>;
}

/**
 * Removes the oldest segments, as far as all of their records are older than `retentionDays`. A segment ends when the next one
 * begins, as its head says; where a head cannot be read, nothing from there on is removed.
 *
 * @returns numbers of what was removed.
 */
export async function pruneTrail(pruning: Pruning): Promise<readonly number[]> {
  const { folder, announce, removeCopy } = pruning;
  const old = await oldSegments(pruning);
  const [first] = old;
  const last = old.at(-1);
  if (first === undefined || last === undefined) return [];
  await announce({ action: 'segments-removed', first, last });
  for (const segment of old) {
    await removeCopy(segment);
    await unlink(join(folder, segmentName(segment)));
  }
  await syncFolder(folder);
  return old;
}

/** The moment until which segments may be removed. */
export function keptSince(now: Date, retentionDays: number): Date {
  return new Date(now.getTime() - Math.max(retentionDays, LEAST_RETENTION_DAYS) * DAY_MS);
}

async function oldSegments({ folder, retentionDays, now }: Pruning): Promise<readonly number[]> {
  const segments = await listSegments(folder);
  const until = keptSince(now, retentionDays);
  const old: number[] = [];
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    const head = next === undefined ? null : await readHead(folder, next);
    if (head === null || !(new Date(head.at) <= until)) break;
    old.push(segment);
  }
  return old;
}
