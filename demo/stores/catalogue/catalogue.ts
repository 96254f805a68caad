import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { itemTable } from './item-table.js';

/** 事项清单库: the lists of powers and items that the justice bureau keeps, in a database of the county. */
export function catalogueStore(world: World): LegacyStore {
  return { connection: 'catalogue', tables: [itemTable(world)] };
}
