import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { licencePublicityTable } from './licence-publicity.js';
import { listEntryTable } from './list-entries.js';
import { penaltyPublicityTable } from './penalty-publicity.js';
import { repairTable } from './repair-records.js';

/** 省公共信用信息平台 as it flows back to the county: both publicities, the lists, the repairs (domain §2.10, §3.11). */
export function creditStore(world: World): LegacyStore {
  return {
    connection: 'credit',
    tables: [
      penaltyPublicityTable(world),
      licencePublicityTable(world),
      listEntryTable(world),
      repairTable(world),
    ],
  };
}
