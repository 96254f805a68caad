import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { aquacultureTable } from './aquaculture-permit.js';
import { crewTable } from './crew-certificate.js';
import { caseTable } from './marine-case.js';
import { certificateTable } from './marine-certificate.js';
import { boardingTable } from './marine-inspection.js';
import { portCallTable } from './marine-port-call.js';
import { vesselTable } from './marine-vessel.js';

/** 海洋与渔业: register of vessels, their certificates and crews, port calls, sea farms, boardings and cases of the fishery police. */
export function marineStore(world: World): LegacyStore {
  return {
    connection: 'marine',
    tables: [
      vesselTable(world),
      certificateTable(world),
      portCallTable(world),
      boardingTable(world),
      caseTable(world),
      aquacultureTable(world),
      crewTable(world),
    ],
  };
}
