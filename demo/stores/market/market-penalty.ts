import { type Random, randomFor } from '../../random.js';
import type { PenaltyCase, World } from '../../world/world.js';
import { inspectionNumbersByCase } from '../cases/case-links.js';
import { lastEvent } from '../cases/cases-record.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import {
  damagedText,
  dirtyDecisionNo,
  dirtyText,
  dirtyTownship,
  inTenThousands,
  nullWord,
} from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedAmount, typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import {
  CASE_PROCESSES,
  CASE_SOURCES,
  CASE_STAGES,
  PENALTY_KINDS,
  PUBLICATION_STATUSES,
} from './market-codes.js';
import { EXCHANGE_COLUMNS, numberSendings, type Sending } from './market-exchange.js';
import { marketParty } from './market-party.js';
import { PENALTY_COLUMNS, type PenaltyRow } from './market-penalty-columns.js';

/** `cs_pub_otherpunish_gov`: penalty cases, sent again with every step. */
export function penaltyTable(world: World): LegacyTable {
  return recordTable({
    name: 'cs_pub_otherpunish_gov',
    columns: [...PENALTY_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['S_EXT_SEQUENCE'],
    indexes: [
      ['CaseNO', 'S_EXT_TIMESTAMP', 'S_EXT_SEQUENCE'],
      ['FilDate', 'CaseNO'],
      ['PenDecIssDate', 'CaseNO'],
      ['UniSCID'],
      ['PriPID'],
      ['CerNO'],
      ['PenDecNo'],
      ['CheckNO'],
      ['S_EXT_TIMESTAMP'],
    ],
    records: () => numberSendings(sendings(world)),
  });
}

function* sendings(world: World): Generator<Sending<PenaltyRow>> {
  const inspectionNumbers = inspectionNumbersByCase(world);
  let turn = 0;
  for (const penaltyCase of world.cases) {
    if (penaltyCase.heldBy !== 'market') continue;
    const row = writePenalty(world, penaltyCase, turn, inspectionNumbers.get(penaltyCase.index) ?? null);
    yield* sendingsOf(world, penaltyCase, row, turn);
    turn += 1;
  }
}

/** How one case was sent: mostly once. Whatever else is sent, `row` is what counts in the end. */
function sendingsOf(
  world: World,
  penaltyCase: PenaltyCase,
  row: PenaltyRow,
  turn: number,
): readonly Sending<PenaltyRow>[] {
  const at = (later: number): string => deliveredAt(lastEvent(penaltyCase), world.today, later, turn);
  const final: Sending<PenaltyRow> = { content: row, at: at(0) };
  if (turn === 0) return [final, { content: { ...row, opt_type: 'u' }, at: lastDelivery(world.today) }];
  const twin: PenaltyRow = { ...row, CaseNO: `CF${String(row.CaseNO)}` };
  switch (turn % 16) {
    case 1:
    case 11:
      return [
        { content: unfinished(row), at: at(0) },
        { content: { ...row, opt_type: 'u' }, at: at(2) },
      ];
    case 2:
      // Both in one batch: only the sequence tells which is newer.
      return [{ content: unfinished(row), at: at(0) }, final];
    case 3:
      return [final, { content: { ...row, opt_type: 'D' }, at: at(1) }, { content: row, at: at(2) }];
    case 4:
      // A revision that nobody has audited does not compete.
      return [final, { content: { ...unfinished(row), auditState: '0' }, at: at(3) }];
    case 5:
      return [
        { content: twin, at: at(0) },
        { content: { ...twin, opt_type: turn % 2 === 1 ? 'D' : 'd' }, at: at(1) },
        final,
      ];
    case 6:
      return [final, { content: twin, at: at(0) }, { content: twin, at: at(1), validFlag: '0' }];
    case 7:
      return [final, { content: { ...twin, CaseReason: '测试案件' }, at: at(0), envFlag: 'test' }];
    case 8:
      return [final, { content: { ...unfinished(row), CaseReason: '测试案件' }, at: at(3), envFlag: '1' }];
    case 9:
      return [final, { content: { ...twin, auditState: '2' }, at: at(0) }];
    default:
      return [final];
  }
}

/** The case before it got anywhere. */
function unfinished(row: PenaltyRow): PenaltyRow {
  return {
    ...row,
    CaseState: '20',
    FilDate: '2020-01-01',
    PenDecIssDate: null,
    PenDecNo: null,
    PenAm: '0.000100',
    PayAm: null,
    EntName: '待补录',
    UniSCID: 'undefined',
    PriPID: null,
    CerNO: null,
  };
}

function writePenalty(
  world: World,
  penaltyCase: PenaltyCase,
  turn: number,
  checkNo: string | null,
): PenaltyRow {
  const random = randomFor(world.seed, 'market.penalty', penaltyCase.index);
  const party = marketParty(random, world, penaltyCase.subject, penaltyCase.filedAt, turn);
  const officers = penaltyCase.officers.map((index) => itemAt(world.officers, index));
  const unusual = turn % 10 === 3 ? 1 + (turn % 2) : null;
  return {
    CaseNO: penaltyCase.caseCode,
    UniSCID: party.uscc,
    PriPID: party.pripid,
    CerNO: party.cerNo,
    ShipCode: party.shipCode,
    EntName: party.name,
    CaseReason: turn % 14 === 5 ? dirtyText(random, penaltyCase.name) : penaltyCase.name,
    CaseState: spell(CASE_STAGES, penaltyCase.stage, unusual),
    CaseProc: spell(CASE_PROCESSES, penaltyCase.process, turn % 4 === 1 ? turn : null),
    CaseSrc: spell(CASE_SOURCES, penaltyCase.source, unusual),
    FilDate: penaltyCase.filedAt,
    ...decisionCells(random, penaltyCase, turn),
    ...executionCells(random, penaltyCase, turn),
    IllegActType: penaltyCase.name,
    JudAuth: '嵊泗县市场监督管理局',
    Officers: officers.map((officer) => officer.name).join(','),
    // D15: an empty place keeps the others in step with their names.
    LawCertNO: officers
      .map((officer, index) => (turn % 7 === 4 && index === 0 ? '' : officer.certNo))
      .join(','),
    HandleTeam: penaltyCase.team,
    DOMDISTRICT: turn % 6 === 4 ? dirtyTownship(random, penaltyCase.township) : penaltyCase.township,
    ItemCode: penaltyCase.itemCode,
    CheckNO: checkNo ?? (turn % 5 === 2 ? nullWord(random) : null),
    auditState: '1',
    opt_type: 'i',
  };
}

function decisionCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { decidedAt, decisionNo, fine, confiscated, penalties } = penaltyCase;
  const unusual = turn % 12 === 7 ? 1 : null;
  const kinds = penalties.map((kind) => spell(PENALTY_KINDS, kind, unusual));
  return {
    PenDecNo:
      decisionNo === null
        ? turn % 2 === 0
          ? ''
          : null
        : turn % 3 === 1
          ? dirtyDecisionNo(random, decisionNo)
          : decisionNo,
    PenDecIssDate: decidedAt === null ? (turn % 2 === 0 ? null : '') : decidedAt.replaceAll('-', ''),
    PenType: kinds.length === 0 ? null : kinds.join(','),
    // 万元, as the 双公示 wants it.
    PenAm: fine === null ? (turn % 2 === 0 ? null : nullWord(random)) : inTenThousands(fine),
    ForfAm: typedAmount(random, confiscated, turn + 1),
    PenContent: content(random, penaltyCase, turn),
  };
}

/** D10 among what is only read, never compared. */
function content(random: Random, { decidedAt, penalties }: PenaltyCase, turn: number): string | null {
  if (decidedAt === null) return turn % 3 === 0 ? nullWord(random) : null;
  const words = penalties.map((kind) => spell(PENALTY_KINDS, kind, 1)).join('，');
  return turn % 15 === 9 ? damagedText(random, words) : words;
}

function executionCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { servedAt, closedAt, paid, paidAt, postponed, publication, publishedAt } = penaltyCase;
  return {
    ServDate: typedDate(random, servedAt, turn),
    CloseDate: typedDate(random, closedAt, turn + 1),
    PayAm: typedAmount(random, paid, turn + 2),
    PayDate: typedDate(random, paidAt, turn),
    PostponeFlag: postponed ? random.pick(['1', '是']) : random.pick(['0', '否']),
    pubFlag: spell(PUBLICATION_STATUSES, publication, turn % 11 === 6 ? 1 : null),
    PubDate: typedDate(random, publishedAt, turn + 1),
  };
}
