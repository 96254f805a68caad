import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { hazardTable } from './hazard-declaration.js';
import { checkTable } from './health-check.js';
import { institutionTable } from './health-institution.js';
import { permitTable } from './health-permit.js';
import { waterTestTable } from './water-test.js';

/** 卫生健康局: hygiene permits, medical institutions, checks, tests of water and declared hazards, behind a SOAP service in GBK. */
export function healthStore(world: World): LegacyStore {
  return {
    connection: 'health',
    access: 'soap',
    tables: [
      permitTable(world),
      institutionTable(world),
      checkTable(world),
      waterTestTable(world),
      hazardTable(world),
    ],
  };
}
