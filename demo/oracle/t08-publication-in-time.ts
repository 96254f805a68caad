import type { World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { workingDaysAfter } from './q13-unpublished.js';

interface PublishedOfMonth {
  /** `LICENCE_PUBLICITY` or `PENALTY_PUBLICITY`. */
  readonly kind: string;
  /** Of the publication: `2026-06`. */
  readonly month: string;
  readonly published: number;
  readonly late: number;
}

interface InTimeOptions {
  /** First and last day of publication. */
  readonly from: string;
  readonly to: string;
  /** Default 7. */
  readonly withinWorkingDays?: number;
  /** The calendar. @param day `yyyy-MM-dd` */
  readonly isWorkingDay: (day: string) => boolean;
}

/** Tile 8: what was published, and how much of it late. By kind, then by month. */
export function publishedInTime(world: World, options: InTimeOptions): readonly PublishedOfMonth[] {
  const { from, to, withinWorkingDays = 7, isWorkingDay } = options;
  const groups = new Map<string, { kind: string; month: string; published: number; late: number }>();
  for (const { kind, date, decidedAt } of world.creditRecords) {
    if (kind !== 'LICENCE_PUBLICITY' && kind !== 'PENALTY_PUBLICITY') continue;
    if (date < from || date > to || decidedAt === null) continue;
    const month = date.slice(0, 7);
    const group = groups.get(`${kind} ${month}`) ?? { kind, month, published: 0, late: 0 };
    group.published += 1;
    if (workingDaysAfter(decidedAt, date, isWorkingDay) > withinWorkingDays) group.late += 1;
    groups.set(`${kind} ${month}`, group);
  }
  return [...groups.values()].sort((a, b) => compareTexts(a.kind, b.kind) || compareTexts(a.month, b.month));
}
