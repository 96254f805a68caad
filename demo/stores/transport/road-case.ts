import { type Random, randomFor } from '../../random.js';
import type { PenaltyCase, World } from '../../world/world.js';
import { inspectionNumbersByCase } from '../cases/case-links.js';
import { lastEvent } from '../cases/cases-record.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyDecisionNo, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { spellAll } from '../spell-codes.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedAmount, typedDate } from '../typed-cells.js';
import { unlessProvince } from '../unless-province.js';
import { itemAt } from '../world-lookups.js';
import { operatorKey, platesByOperator } from './road-check.js';
import {
  CASE_PROCESSES,
  CASE_SOURCES,
  CASE_STAGES,
  PENALTY_KINDS,
  PUBLICATION_STATUSES,
} from './transport-codes.js';
import { EXCHANGE_COLUMNS, numberSendings, sendingsOf } from './transport-exchange.js';

const CONTENT_COLUMNS = [
  { name: 'ajid', type: 'text', length: 60 },
  { name: 'jdswh', type: 'text', length: 120 },
  { name: 'ay', type: 'text', length: 400 },
  { name: 'ajzt', type: 'text', length: 40 },
  { name: 'ajcx', type: 'text', length: 20 },
  { name: 'ajly', type: 'text', length: 20 },
  { name: 'dsr', type: 'text', length: 200 },
  { name: 'dsrdm', type: 'text', length: 64 },
  { name: 'sacphm', type: 'text', length: 20 },
  { name: 'larq', type: 'date' },
  { name: 'jdrq', type: 'date' },
  { name: 'sdrq', type: 'text', length: 40 },
  { name: 'jarq', type: 'text', length: 40 },
  { name: 'cfzl', type: 'text', length: 200 },
  { name: 'fkje', type: 'text', length: 60 },
  { name: 'msje', type: 'text', length: 60 },
  { name: 'sjje', type: 'text', length: 60 },
  { name: 'jkrq', type: 'text', length: 40 },
  { name: 'yqjn', type: 'text', length: 4 },
  { name: 'gszt', type: 'text', length: 20 },
  { name: 'gsrq', type: 'text', length: 40 },
  { name: 'wfss', type: 'text', length: 1000 },
  { name: 'sxbm', type: 'text', length: 30 },
  { name: 'zfry', type: 'text', length: 200 },
  { name: 'zfdw', type: 'text', length: 200 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'jcbh', type: 'text', length: 50 },
] as const;

type CaseRow = RecordOf<typeof CONTENT_COLUMNS>;

/** `jtzf_aj`: penalty cases of the transport bureau (嵊交罚决字…). */
export function roadCaseTable(world: World): LegacyTable {
  return recordTable({
    name: 'jtzf_aj',
    columns: [...CONTENT_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['xh'],
    indexes: [
      ['ajid', 'rksj', 'xh'],
      ['larq', 'ajid'],
      ['jdrq', 'ajid'],
      ['dsrdm'],
      ['jdswh'],
      ['jcbh'],
      ['rksj'],
    ],
    records: () => unlessProvince(world, () => numberSendings(sendings(world))),
  });
}

function* sendings(world: World) {
  const inspectionNumbers = inspectionNumbersByCase(world);
  const plates = platesByOperator(world);
  let turn = 0;
  for (const penaltyCase of world.cases) {
    if (penaltyCase.heldBy !== 'transport') continue;
    const random = randomFor(world.seed, 'transport.case', penaltyCase.index);
    const at = (later: number): string => deliveredAt(lastEvent(penaltyCase), world.today, later, turn);
    const content: CaseRow = {
      ...caseCells(random, world, penaltyCase, turn),
      ...decisionCells(random, penaltyCase, turn),
      ...executionCells(random, penaltyCase, turn),
      sacphm: plates.get(operatorKey(penaltyCase.subject)) ?? null,
      jcbh: inspectionNumbers.get(penaltyCase.index) ?? (turn % 3 === 1 ? nullWord(random) : null),
    };
    yield* sendingsOf(content, {
      key: 'ajid',
      before: { ajzt: '10', jdswh: null, jdrq: null, fkje: '1', sjje: null },
      trial: { ay: '测试', jdswh: null },
      at,
      sentAt: turn === 0 ? lastDelivery(world.today) : at(1),
      turn,
    });
    turn += 1;
  }
}

function caseCells(random: Random, world: World, penaltyCase: PenaltyCase, turn: number) {
  const { caseCode, name, stage, process, source, subject, filedAt, itemCode, team, township } = penaltyCase;
  const officers = penaltyCase.officers.map((index) => itemAt(world.officers, index));
  const unusual = turn % 7 === 3 ? 1 : null;
  return {
    ajid: caseCode,
    ay: name,
    ajzt: spell(CASE_STAGES, stage, unusual),
    ajcx: spell(CASE_PROCESSES, process, turn % 4 === 1 ? 1 + (turn % 2) : null),
    ajly: spell(CASE_SOURCES, source, unusual),
    dsr: subjectName(world, subject),
    dsrdm: subjectCode(random, world, subject, turn),
    larq: filedAt,
    wfss: turn % 9 === 6 ? damagedText(random, '经现场查实') : `经查，当事人${name}`,
    sxbm: itemCode,
    zfry: officers.map((officer) => officer.name).join(','),
    zfdw: team,
    xzqh: turn % 5 === 4 ? dirtyTownship(random, township) : township,
  };
}

function decisionCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { decidedAt, decisionNo, fine, confiscated, penalties } = penaltyCase;
  const printed = turn % 3 === 2 && decisionNo !== null ? dirtyDecisionNo(random, decisionNo) : decisionNo;
  return {
    jdswh: printed ?? nullWord(random),
    jdrq: decidedAt,
    cfzl: spellAll(PENALTY_KINDS, penalties, ',', turn % 6 === 5 ? 1 : null),
    fkje: typedAmount(random, fine, turn),
    msje: typedAmount(random, confiscated, turn + 1),
  };
}

function executionCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { servedAt, closedAt, paid, paidAt, postponed, publication, publishedAt } = penaltyCase;
  return {
    sdrq: typedDate(random, servedAt, turn),
    jarq: typedDate(random, closedAt, turn + 1),
    sjje: typedAmount(random, paid, turn + 2),
    jkrq: typedDate(random, paidAt, turn),
    yqjn: postponed ? random.pick(['1', '是']) : random.pick(['0', '否']),
    gszt: spell(PUBLICATION_STATUSES, publication, turn % 5 === 1 ? 1 : null),
    gsrq: typedDate(random, publishedAt, turn + 1),
  };
}
