import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { oldCaseTable } from './old-cases.js';
import { patrolObjectTable } from './patrol-objects.js';
import { patrolTable } from './patrols.js';

/** 综合行政执法局: patrols and checks, and whom they are for, as the province sends them back. */
export function comprehensiveStore(world: World): LegacyStore {
  return { connection: 'comprehensive', tables: [patrolTable(world), patrolObjectTable(world)] };
}

/** The case system that the bureau had before the province's, behind a SOAP service in GBK. */
export function oldCaseStore(world: World): LegacyStore {
  return { connection: 'comprehensive-cases', access: 'soap', tables: [oldCaseTable(world)] };
}
