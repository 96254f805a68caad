import type { World } from '../world/world.js';
import { itemAt } from './world-lookups.js';

/**
 * Officers in two cells, joined by the same separator. D15: names and numbers pair by position, and a number that was
 * not entered leaves its place empty, the first included.
 */
export function officerCells(
  world: World,
  officers: readonly number[],
  separator: string,
  lacksFirst: boolean,
): { readonly names: string; readonly numbers: string } {
  const known = officers.map((officer) => itemAt(world.officers, officer));
  return {
    names: known.map(({ name }) => name).join(separator),
    numbers: known.map(({ certNo }, place) => (lacksFirst && place === 0 ? '' : certNo)).join(separator),
  };
}
