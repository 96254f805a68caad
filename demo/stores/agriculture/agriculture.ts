import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { farmCheckTable } from './farm-check.js';
import { machineryTable } from './machinery.js';

/** 农业农村局: the database of its low-code platform (domain §3.6, IF-4). */
export function agricultureStore(world: World): LegacyStore {
  return { connection: 'agriculture', tables: [farmCheckTable(world), machineryTable(world)] };
}
