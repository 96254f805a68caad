import type { LegacyStore } from '../stores/legacy-table.js';
import type { World } from '../world/world.js';
import { pesticidePermitTable } from './pesticide-permits.js';
import { productTestTable } from './product-tests.js';

/** 农业农村局: exports of forms of its low-code platform, whose columns bear the platform's suffixes (IF-6). */
export function agricultureFormStore(world: World): LegacyStore {
  return {
    connection: 'agriculture-forms',
    access: 'drops',
    tables: [pesticidePermitTable(world), productTestTable(world)],
  };
}
