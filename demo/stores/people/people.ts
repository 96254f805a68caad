import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { officerTable } from './officer-table.js';
import { teamTable } from './team-table.js';

/** 县司法局 执法证件系统 and the committee's list of teams, in one database of the county. */
export function peopleStore(world: World): LegacyStore {
  return { connection: 'people', tables: [officerTable(world), teamTable(world)] };
}
