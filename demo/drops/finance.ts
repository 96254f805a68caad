import type { LegacyStore } from '../stores/legacy-table.js';
import type { World } from '../world/world.js';
import { receiptTable } from './fine-receipts.js';

/** 县财政局: the ledger of its non-tax system, dropped as a file a day (domain §1.5 O15). */
export function financeStore(world: World): LegacyStore {
  return { connection: 'finance', access: 'drops', tables: [receiptTable(world)] };
}
