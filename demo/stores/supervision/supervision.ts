import type { World } from '../../world/world.js';
import { caseCodesByInspection } from '../cases/case-links.js';
import type { LegacyStore } from '../legacy-table.js';
import { recordTable } from '../record-table.js';
import { SUPERVISION_COLUMNS, type SupervisionRecord } from './supervision-columns.js';
import { createPartyWriter } from './supervision-party.js';
import { writeCheck } from './supervision-record.js';
import { exchangeRow, sendings } from './supervision-versions.js';

/**
 * 省行政执法监管平台 as the county receives it: one append-only exchange table of checks, those of the market and
 * marine bureaus included.
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
    ],
  };
}

/** Bureaus with systems of their own that report here as well, one in so many checks; the others report to nobody. */
const REPORTING: ReadonlySet<string> = new Set(['market', 'marine']);
const REPORTED_TWICE_EVERY = 5;

function* supervisionRecords(world: World): Generator<SupervisionRecord> {
  const party = createPartyWriter(world);
  const caseCodes = caseCodesByInspection(world);
  const subjectTurns = new Map<string, number>();
  let turn = 0;
  let foreign = 0;
  let number = 0;
  for (const inspection of world.inspections) {
    const own = inspection.heldBy === 'supervision';
    if (!own && !REPORTING.has(inspection.heldBy)) continue;
    if (!own && foreign++ % REPORTED_TWICE_EVERY !== 0) continue;
    const kind = inspection.subject?.kind ?? 'none';
    const subjectTurn = own ? (subjectTurns.get(kind) ?? 0) : 0;
    if (own) subjectTurns.set(kind, subjectTurn + 1);
    const record = writeCheck(inspection, { world, party, caseCodes, turn, subjectTurn });
    for (const sending of sendings(world, inspection, record, turn)) {
      number += 1;
      yield exchangeRow(sending, number);
    }
    if (own) turn += 1;
  }
}
