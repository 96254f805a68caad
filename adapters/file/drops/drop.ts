import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodePoints } from '../../compare-cells.js';
import { codeOf } from '../../foreign-error.js';

/** A file in the drop folder as it stood when it was looked at. */
export interface Drop {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970, by the clock of the machine that wrote it. */
  readonly modifiedMs: number;
  /** When it came here, or was last touched here, in milliseconds since 1970 by this machine's clock. */
  readonly arrivedMs: number;
  /** Differs whenever the file was written to, or another took its place, in between. */
  readonly stamp: string;
}

/** A drop that was judged, as it is remembered. */
export type JudgedDrop = Pick<Drop, 'name' | 'size' | 'modifiedMs'>;

/**
 * The files of a folder whose names are wanted; folders, links and special files are none.
 *
 * @throws the file system's error when the folder cannot be read.
 */
export async function listDrops(folder: string, isWanted: (name: string) => boolean): Promise<Drop[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const drops: Drop[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || !isWanted(entry.name)) continue;
    const drop = await statDrop(folder, entry.name);
    if (drop !== null) drops.push(drop);
  }
  return drops;
}

/** Null when it is gone. */
export async function statDrop(folder: string, name: string): Promise<Drop | null> {
  const path = join(folder, name);
  try {
    const stats = await lstat(path, { bigint: true });
    return stats.isFile() ? describeDrop(name, path, stats) : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function describeDrop(name: string, path: string, stats: BigIntStats): Drop {
  const { size, mtimeNs, ctimeNs, ino } = stats;
  return {
    name,
    path,
    size: Number(size),
    modifiedMs: Number(mtimeNs / 1_000_000n),
    arrivedMs: Number(ctimeNs / 1_000_000n),
    stamp: `${size} ${mtimeNs} ${ctimeNs} ${ino}`,
  };
}

/** Newest first; of two of the same moment, the one whose name (which carries the date) is greater. */
export function compareNewestFirst(a: JudgedDrop, b: JudgedDrop): number {
  return b.modifiedMs - a.modifiedMs || compareCodePoints(b.name, a.name);
}

/** By this machine's clock, in milliseconds since 1970; 0 of none. */
export function latestArrival(drops: readonly Drop[]): number {
  return Math.max(0, ...drops.map(({ arrivedMs }) => arrivedMs));
}

export function isSameDrop(a: JudgedDrop, b: JudgedDrop): boolean {
  return a.name === b.name && a.size === b.size && a.modifiedMs === b.modifiedMs;
}
