import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { participantTable } from './participant-table.js';
import { taskTable } from './task-table.js';

/** 「综合查一次」平台: its plans and tasks as the province returns them to the county. */
export function jointStore(world: World): LegacyStore {
  return { connection: 'joint', tables: [taskTable(world)] };
}

/** … and who took part in a task, behind the province's gateway. */
export function jointParticipantStore(world: World): LegacyStore {
  return { connection: 'joint-participants', access: 'if2', tables: [participantTable(world)] };
}
