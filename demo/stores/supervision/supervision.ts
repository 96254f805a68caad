import type { World } from '../../world/world.js';
import { caseCodesByInspection } from '../cases/case-links.js';
import type { LegacyStore } from '../legacy-table.js';
import { recordTable } from '../record-table.js';
import { reportedChecks } from './reported-checks.js';
import { SUPERVISION_COLUMNS, type SupervisionRecord } from './supervision-columns.js';
import { checkItemTable } from './supervision-items.js';
import { createPartyWriter } from './supervision-party.js';
import { writeCheck } from './supervision-record.js';
import { exchangeRow, sendings } from './supervision-versions.js';

/**
 * 省行政执法监管平台 as the county receives it: append-only exchange tables of checks, those of the market and marine
 * bureaus included, and of their items.
 */
export function supervisionStore(world: World): LegacyStore {
  return {
    connection: 'supervision',
    tables: [
      recordTable({
        name: 'dw_shl_xzjcxwxx',
        columns: SUPERVISION_COLUMNS,
        primaryKey: ['cd_id'],
        indexes: [
          ['record_unique_identity', 'cd_time', 'cd_id'],
          ['check_date', 'record_unique_identity'],
          ['administrative_cp_ui_code'],
          ['supervise_object'],
          ['check_action_code'],
          ['cd_time'],
        ],
        records: () => supervisionRecords(world),
      }),
      checkItemTable(world),
    ],
  };
}

function* supervisionRecords(world: World): Generator<SupervisionRecord> {
  const party = createPartyWriter(world);
  const caseCodes = caseCodesByInspection(world);
  let number = 0;
  for (const { inspection, turn, subjectTurn } of reportedChecks(world)) {
    const record = writeCheck(inspection, { world, party, caseCodes, turn, subjectTurn });
    for (const sending of sendings(world, inspection, record, turn)) {
      number += 1;
      yield exchangeRow(sending, number);
    }
  }
}
