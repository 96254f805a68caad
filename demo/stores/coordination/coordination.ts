import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { transferTable } from './transfer-table.js';

/** 县执法协调委办: the register of transfers, in a database of the county. */
export function coordinationStore(world: World): LegacyStore {
  return { connection: 'coordination', tables: [transferTable(world)] };
}
