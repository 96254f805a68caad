import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { forestRightTable } from './forest-right.js';
import { imageSpotTable } from './image-spot.js';
import { miningLicenceTable } from './mining-licence.js';
import { parcelTable } from './parcel.js';
import { caseTable } from './planning-case.js';

/** 自然资源和规划局: parcels, woods, spots of satellite images, mining rights and cases. */
export function planningStore(world: World): LegacyStore {
  return {
    connection: 'planning',
    tables: [
      parcelTable(world),
      imageSpotTable(world),
      miningLicenceTable(world),
      caseTable(world),
      forestRightTable(world),
    ],
  };
}
