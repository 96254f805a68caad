import type { Caller } from '../../../runtime/call/caller.js';

/** How counts of natural persons are told to a caller who must not see small ones (decision 40). */
export interface SmallCells {
  /** What counts are told as multiples of: twice the least that is told at all. */
  readonly roundedTo: number;
  /** To the nearest multiple, half of it up: fewer than the least are 0. */
  round(count: number): number;
}

/** Null: the caller is told exact counts. */
export function smallCellsOf({ smallCells: least }: Pick<Caller, 'smallCells'>): SmallCells | null {
  if (least === undefined) return null;
  const roundedTo = 2 * least;
  return { roundedTo, round: (count) => roundedTo * Math.floor((count + least) / roundedTo) };
}
