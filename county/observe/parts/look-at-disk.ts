import { statfs } from 'node:fs/promises';
import type { IncidentSeverity } from '../../../subgraphs/port/observation.js';
import type { WatchedPart } from '../../../subgraphs/port/watched-parts.js';
import { NOTHING, percent, type Verdict } from '../judge/verdict.js';
import type { LookedAtPart } from './look-at-part.js';

/** Shares of a disk that are free, below which it is nearly full, as the alert DiskNearlyFull says, and full. */
const NEARLY_FULL = 0.05;
const FULL = 0.01;

/** @param folder of the state; it is on the disk that is looked at. */
export function lookAtDisk(part: WatchedPart, folder: string): LookedAtPart {
  return {
    part,
    look: async () => {
      const disk = await statfs(folder).catch(() => null);
      return disk === null || disk.blocks === 0 ? NOTHING : judgeDisk(disk.bavail / disk.blocks);
    },
  };
}

/** Whether nothing can be written for it. */
export function isDiskFull({ findings }: Verdict): boolean {
  return findings.some(({ cause, severity }) => cause === 'DISK_FULL' && severity === 'CRITICAL');
}

/** @param free share of the disk, from 0 to 1. */
export function judgeDisk(free: number): Verdict {
  const severity: IncidentSeverity | null = free < FULL ? 'CRITICAL' : free < NEARLY_FULL ? 'WARNING' : null;
  const detail = `状态目录所在磁盘可用 ${percent(free)}。${percent(free)} of the disk of the state folder is free.`;
  return {
    measurements: [],
    judged: ['DISK_FULL'],
    findings:
      severity === null ? [] : [{ cause: 'DISK_FULL', about: null, severity, detail, requestId: null }],
  };
}
