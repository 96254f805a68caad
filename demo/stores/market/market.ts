import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { abnormalTable } from './market-abnormal.js';
import { equipmentTable } from './market-equipment.js';
import { inspectionTable } from './market-inspection.js';
import { licenceTable } from './market-licence.js';
import { penaltyTable } from './market-penalty.js';
import { registrationTable } from './market-registration.js';
import { samplingTable } from './market-sampling.js';

/**
 * 市场监管局: registrations after the national specification, food licences, double-random results, penalties, special
 * equipment and samples, as its front-end exchange database holds them.
 */
export function marketStore(world: World): LegacyStore {
  return {
    connection: 'market',
    tables: [
      registrationTable(world),
      abnormalTable(world),
      licenceTable(world),
      inspectionTable(world),
      penaltyTable(world),
      equipmentTable(world),
      samplingTable(world),
    ],
  };
}
