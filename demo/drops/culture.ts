import type { LegacyStore } from '../stores/legacy-table.js';
import type { World } from '../world/world.js';
import { entertainmentTable } from './entertainment-permits.js';
import { homestayTable } from './homestay-ledger.js';
import { scenicSpotTable } from './scenic-spots.js';
import { sportsTable } from './sports-licences.js';
import { travelAgencyTable } from './travel-agencies.js';

/** 文广旅体局: no system at all, but lists that it drops as files (domain §1.1 IF-6, §3.4). */
export function cultureStore(world: World): LegacyStore {
  return {
    connection: 'culture',
    access: 'drops',
    tables: [
      homestayTable(world),
      scenicSpotTable(world),
      entertainmentTable(world),
      travelAgencyTable(world),
      sportsTable(world),
    ],
  };
}
