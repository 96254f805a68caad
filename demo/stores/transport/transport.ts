import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { roadCaseTable } from './road-case.js';
import { roadCheckTable } from './road-check.js';
import { roadLicenceTable } from './road-licence.js';
import { vehicleTable } from './vehicle.js';

/** 交通运输局: its front-end database (domain §3.5, IF-4), road licences, vehicles, checks and cases. */
export function transportStore(world: World): LegacyStore {
  return {
    connection: 'transport',
    tables: [roadLicenceTable(world), vehicleTable(world), roadCheckTable(world), roadCaseTable(world)],
  };
}
