import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { accidentTable } from './accident.js';
import { hazchemTable } from './hazchem-licence.js';
import { hazardTable } from './major-hazard.js';
import { safetyCheckTable } from './safety-check.js';

/** 应急管理局: safety checks, accidents and hazards, in a database. */
export function emergencyStore(world: World): LegacyStore {
  return {
    connection: 'emergency',
    tables: [safetyCheckTable(world), accidentTable(world), hazardTable(world)],
  };
}

/** Licences to trade in hazardous chemicals, behind a SOAP service in GBK. */
export function hazchemStore(world: World): LegacyStore {
  return { connection: 'emergency-licence', access: 'soap', tables: [hazchemTable(world)] };
}
