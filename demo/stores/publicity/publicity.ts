import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { annualReportTable } from './annual-reports.js';
import { equityChangeTable } from './equity-changes.js';
import { abnormalListTable, seriousListTable } from './published-lists.js';

/** 国家企业信用信息公示系统（浙江）: what firms and market regulation made public (domain §1.2 P16). */
export function publicityStore(world: World): LegacyStore {
  return {
    connection: 'publicity',
    tables: [
      annualReportTable(world),
      equityChangeTable(world),
      abnormalListTable(world),
      seriousListTable(world),
    ],
  };
}
