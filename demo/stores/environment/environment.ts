import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { checkTable } from './environment-check.js';
import { pollutionPermitTable } from './pollution-permit.js';
import { cleanProductionTable, creditTable } from './ratings.js';
import { wastePermitTable } from './waste-permit.js';

/** 生态环境分局: permits, ratings and checks in its front-end exchange database. */
export function environmentStore(world: World): LegacyStore {
  return {
    connection: 'environment',
    tables: [
      pollutionPermitTable(world),
      wastePermitTable(world),
      creditTable(world),
      cleanProductionTable(world),
      checkTable(world),
    ],
  };
}
