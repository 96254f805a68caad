import type { World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { recordTable } from '../record-table.js';
import { inspectionNumbersByCase } from './case-links.js';
import {
  CASE_COLUMNS,
  type CaseRecord,
  PUBLICATION_COLUMNS,
  type PublicationRecord,
} from './cases-columns.js';
import { createCasePartyWriter } from './cases-party.js';
import { writePublication } from './cases-publications.js';
import { writeCase } from './cases-record.js';
import { extractions, extractRow } from './cases-versions.js';

/**
 * 省统一处罚办案系统 as the county receives it: extracts of penalty cases, those of the market and marine bureaus
 * included, and the 双公示 extract of published decisions.
 */
export function casesStore(world: World): LegacyStore {
  return {
    connection: 'cases',
    tables: [
      recordTable({
        name: 'dw_shl_cfjbxx',
        columns: CASE_COLUMNS,
        primaryKey: ['cd_id'],
        indexes: [
          ['punish_case_code', 'cd_time', 'cd_id'],
          ['filing_date', 'punish_case_code'],
          ['set_time', 'punish_case_code'],
          ['admin_cp_uscc'],
          ['admin_cp_regno'],
          ['admin_cp_cert_no'],
          ['admin_cp_name'],
          ['cd_time'],
        ],
        records: () => caseRecords(world),
      }),
      recordTable({
        name: 'dw_shl_sgs_xzcf',
        columns: PUBLICATION_COLUMNS,
        primaryKey: ['CF_JLBH', 'CF_SJC'],
        indexes: [['CF_XDR_SHXYM'], ['CF_XDR_GSZC'], ['CF_XDR_ZJHM'], ['CF_XDR_MC'], ['CF_SJC']],
        records: () => publicationRecords(world),
      }),
    ],
  };
}

/** Bureaus with systems of their own that report here as well, one in so many cases; the others report to nobody. */
const REPORTING: ReadonlySet<string> = new Set(['market', 'marine']);
const REPORTED_TWICE_EVERY = 3;

function* caseRecords(world: World): Generator<CaseRecord> {
  const party = createCasePartyWriter(world);
  const inspectionNumbers = inspectionNumbersByCase(world);
  const partyTurns = new Map<string, number>();
  let turn = 0;
  let foreign = 0;
  let number = 0;
  for (const penaltyCase of world.cases) {
    const own = penaltyCase.heldBy === 'cases';
    if (!own && !REPORTING.has(penaltyCase.heldBy)) continue;
    if (!own && foreign++ % REPORTED_TWICE_EVERY !== 0) continue;
    const { kind } = penaltyCase.subject;
    const partyTurn = own ? (partyTurns.get(kind) ?? 0) : 0;
    if (own) partyTurns.set(kind, partyTurn + 1);
    const record = writeCase(penaltyCase, { world, party, inspectionNumbers, turn, partyTurn });
    for (const extraction of extractions(world, penaltyCase, record, turn)) {
      number += 1;
      yield extractRow(extraction, number);
    }
    if (own) turn += 1;
  }
}

function* publicationRecords(world: World): Generator<PublicationRecord> {
  const party = createCasePartyWriter(world);
  let turn = 0;
  for (const penaltyCase of world.cases) {
    if (penaltyCase.publishedAt === null) continue;
    yield* writePublication(world, party, penaltyCase, penaltyCase.publishedAt, turn);
    turn += 1;
  }
}
