import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { stepTable } from './event-steps.js';
import { eventTable } from './events.js';

/**
 * 基层治理四平台: events of the townships' command rooms and their steps (domain §1.2 P5, §3.11), behind a REST
 * interface. Grid workers and reporters (`wgy`, `sbr`, `sbrdh`) stand there; nobody may ever be shown them.
 */
export function grassrootsStore(world: World): LegacyStore {
  return { connection: 'grassroots', access: 'rest', tables: [eventTable(world), stepTable(world)] };
}
