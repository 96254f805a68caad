import type { CountyEvent } from '../world.js';

/** What the smart city knows of an event beside what every system does (CJ/T 213). */
interface StreetDetails {
  /** 部件: a thing that stands in the street; 事件: what happens there. */
  readonly taskKind: 'PART' | 'EVENT';
  readonly reportedBy: 'INSPECTOR' | 'VIDEO' | 'PUBLIC' | 'VEHICLE';
}

const REPORTERS = ['INSPECTOR', 'INSPECTOR', 'VIDEO', 'PUBLIC', 'INSPECTOR', 'VEHICLE'] as const;

export function streetDetailsOf({ index, category }: CountyEvent): StreetDetails {
  return {
    taskKind: category === 'FACILITY' ? 'PART' : 'EVENT',
    // Every third event or so is the smart city's: the neighbours of each have other rests.
    reportedBy: REPORTERS[Math.floor(index / 3) % REPORTERS.length] ?? 'INSPECTOR',
  };
}
