import { daysBetween } from '../world/days.js';
import type { Complaint, Inspection, World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { itemOf } from './canonical-id.js';

interface ComplaintsOfTownship {
  /** 9 digits. */
  readonly township: string;
  readonly complaints: number;
  /** Of these, how many led to an inspection so many days later at most. */
  readonly toInspection: number;
  /** Of these, how many led to a case, whenever. */
  readonly toCase: number;
}

interface ComplaintOptions {
  /** `ComplaintCategory` */
  readonly category: string;
  /** `yyyy-MM`, of the entry. */
  readonly month: string;
  /** Calendar days from the day of entry. Default 10. */
  readonly withinDays?: number;
  /** Kinds of tickets that count. Default: all. */
  readonly kinds?: readonly string[];
}

/** Question 11: tickets of a category and month, and what they led to. By township. */
export function complaintsByTownship(
  world: World,
  { category, month, withinDays = 10, kinds }: ComplaintOptions,
): readonly ComplaintsOfTownship[] {
  const inspections = [...world.inspections];
  const groups = new Map<string, Complaint[]>();
  for (const complaint of world.complaints) {
    const { township, createdAt, kind } = complaint;
    if (complaint.category !== category || createdAt.slice(0, 7) !== month) continue;
    if (kinds !== undefined && !kinds.includes(kind)) continue;
    const group = groups.get(township);
    if (group === undefined) groups.set(township, [complaint]);
    else group.push(complaint);
  }
  return [...groups]
    .map(([township, complaints]) => ({
      township,
      complaints: complaints.length,
      toInspection: complaints.filter((each) => isInspectedWithin(each, inspections, withinDays)).length,
      toCase: complaints.filter((each) => each.case !== null).length,
    }))
    .sort((a, b) => compareTexts(a.township, b.township));
}

function isInspectedWithin(
  { inspection, createdAt }: Complaint,
  inspections: readonly Inspection[],
  days: number,
): boolean {
  if (inspection === null) return false;
  return daysBetween(createdAt.slice(0, 10), itemOf(inspections, inspection).date) <= days;
}
