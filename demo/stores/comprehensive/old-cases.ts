import { type Random, randomFor } from '../../random.js';
import { townshipOf, YANGSHAN } from '../../world/townships.js';
import type { PenaltyCase, World } from '../../world/world.js';
import { inspectionNumbersByCase } from '../cases/case-links.js';
import { lastEvent } from '../cases/cases-record.js';
import { officerCells } from '../check-cells.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyDecisionNo, dirtyText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { typedAmount, typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { CASE_SOURCES, PENALTY_KINDS, PROCESSES, PUBLICATIONS, statesOn } from './comprehensive-codes.js';

const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'casebh', type: 'text', length: 60 },
  { name: 'ybh', type: 'text', length: 60 },
  { name: 'tyajbh', type: 'text', length: 60 },
  { name: 'wsbh', type: 'text', length: 120 },
  { name: 'ay', type: 'text', length: 400 },
  { name: 'dsr', type: 'text', length: 200 },
  { name: 'dsrzjh', type: 'text', length: 64 },
  { name: 'dsrdz', type: 'text', length: 300 },
  { name: 'larq', type: 'text', length: 10 },
  { name: 'jdrq', type: 'text', length: 40 },
  { name: 'sdrq', type: 'text', length: 40 },
  { name: 'jarq', type: 'text', length: 40 },
  { name: 'cfzl', type: 'text', length: 200 },
  { name: 'cfje', type: 'text', length: 60 },
  { name: 'msje', type: 'text', length: 60 },
  { name: 'sjje', type: 'text', length: 60 },
  { name: 'jkrq', type: 'text', length: 40 },
  { name: 'yqjn', type: 'text', length: 4 },
  { name: 'ajcx', type: 'text', length: 20 },
  { name: 'ajly', type: 'text', length: 40 },
  { name: 'ajzt', type: 'text', length: 20 },
  { name: 'zbr', type: 'text', length: 100 },
  { name: 'xbr', type: 'text', length: 100 },
  { name: 'bary', type: 'text', length: 200 },
  { name: 'dwdm', type: 'text', length: 60 },
  { name: 'zfzt', type: 'text', length: 200 },
  { name: 'bazd', type: 'text', length: 200 },
  { name: 'ssxz', type: 'text', length: 40 },
  { name: 'sxbm', type: 'text', length: 40 },
  { name: 'jcbh', type: 'text', length: 60 },
  { name: 'gszt', type: 'text', length: 20 },
  { name: 'gsrq', type: 'text', length: 40 },
  { name: 'csbz', type: 'text', length: 8 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type CaseRow = RecordOf<typeof COLUMNS>;

/**
 * `t_ajxx`: the bureau's cases of long ago, as its own system left them. The system was moved once: a case then has a
 * second row under a number of the new form (D23), and `tyajbh` joins the two.
 */
export function oldCaseTable(world: World): LegacyTable {
  return recordTable({
    name: 't_ajxx',
    columns: COLUMNS,
    primaryKey: ['id'],
    indexes: [['dsrzjh'], ['larq'], ['tyajbh']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<CaseRow> {
  const inspectionNumbers = inspectionNumbersByCase(world);
  let id = 0;
  let turn = 0;
  for (const penaltyCase of world.cases) {
    if (penaltyCase.heldBy !== 'comprehensive') continue;
    const random = randomFor(world.seed, 'comprehensive.case', penaltyCase.index);
    const row = writeCase(random, world, penaltyCase, turn);
    const jcbh = inspectionNumbers.get(penaltyCase.index) ?? (turn % 4 === 1 ? nullWord(random) : null);
    for (const version of versions({ ...row, jcbh }, penaltyCase, world, turn)) {
      id += 1;
      yield { ...version, id };
    }
    turn += 1;
  }
}

/** Rows of one case, of which the last saved counts, beside rows that never do; all have the same party and filing. */
function versions(
  row: CaseRow,
  penaltyCase: PenaltyCase,
  { today }: World,
  turn: number,
): readonly CaseRow[] {
  const at = (later: number): string => deliveredAt(lastEvent(penaltyCase), today, later, turn);
  const final = { ...row, gxsj: turn === 0 ? lastDelivery(today) : at(1) };
  const twin = { ...final, tyajbh: `CF${penaltyCase.caseCode}` };
  switch (turn % 5) {
    case 0: {
      const unmoved = { ...row, casebh: row.ybh, ybh: null, ajzt: '1', wsbh: null, cfje: '1', sjje: null };
      return [{ ...unmoved, gxsj: at(0) }, final];
    }
    case 1:
      return [final, { ...twin, sfsc: '1' }];
    case 2:
      return [{ ...row, sfsc: '1', ay: '误删', gxsj: at(0) }, final];
    case 3:
      return [final, { ...twin, ay: '测试案件', csbz: turn % 2 === 0 ? '1' : '测试' }];
    default:
      return [{ ...final, casebh: row.ybh, ybh: null }];
  }
}

function writeCase(random: Random, world: World, penaltyCase: PenaltyCase, turn: number): CaseRow {
  const { caseCode, subject, department, stage, filedAt, process, source } = penaltyCase;
  const year = filedAt.slice(0, 4);
  const [lead, ...others] = penaltyCase.officers.map((officer) => itemAt(world.officers, officer).name);
  return {
    id: 0,
    casebh: `SSZF${year}${caseCode.slice(-7)}`,
    ybh: `嵊综执立〔${year}〕第${String(Number(caseCode.slice(-7))).padStart(3, '0')}号`,
    tyajbh: caseCode,
    ay: turn % 9 === 2 ? dirtyText(random, penaltyCase.name) : penaltyCase.name,
    dsr: subjectName(world, subject),
    dsrzjh: subjectCode(random, world, subject, turn),
    dsrdz: subject.kind === 'organisation' ? itemAt(world.organisations, subject.index).address : null,
    larq: filedAt,
    ...decisionCells(random, penaltyCase, turn),
    ajcx: spell(PROCESSES, process, turn % 3 === 1 ? 1 + (turn % 2) : null),
    ajly: spell(CASE_SOURCES, source, turn % 4 === 2 ? 1 : null),
    ajzt: spell(statesOn(filedAt), stage, turn % 8 === 6 ? 1 : null),
    zbr: lead ?? null,
    xbr: others.join(' '),
    bary: officerCells(world, penaltyCase.officers, '、', false).names,
    dwdm: institutionOf(department).uscc,
    zfzt: recordedBody(department, turn),
    bazd: penaltyCase.team,
    ssxz: townshipText(random, penaltyCase.township, turn),
    sxbm: penaltyCase.itemCode,
    jcbh: null,
    csbz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj: null,
  };
}

function decisionCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { decisionNo, decidedAt, servedAt, closedAt, penalties, fine, confiscated } = penaltyCase;
  const { paid, paidAt, postponed, publication, publishedAt } = penaltyCase;
  return {
    wsbh:
      decisionNo === null
        ? nullWord(random)
        : turn % 3 === 0
          ? dirtyDecisionNo(random, decisionNo)
          : decisionNo,
    jdrq: typedDate(random, decidedAt, turn),
    sdrq: typedDate(random, servedAt, turn + 1),
    jarq: typedDate(random, closedAt, turn),
    cfzl: penalties.length === 0 ? null : penalties.map((kind) => spell(PENALTY_KINDS, kind, turn)).join('+'),
    cfje: typedAmount(random, fine, turn),
    msje: typedAmount(random, confiscated, turn + 1),
    sjje: typedAmount(random, paid, turn + 2),
    jkrq: typedDate(random, paidAt, turn + 1),
    yqjn: postponed ? random.pick(['1', '是']) : random.pick(['0', '否']),
    gszt: spell(PUBLICATIONS, publication, turn % 5 === 3 ? 1 : null),
    gsrq: typedDate(random, publishedAt, turn),
  };
}

/** D21: two plates over one door. What was recorded is now and then the other one; `dwdm` is always right. */
function recordedBody(department: string, turn: number): string {
  const other = department === 'YANGSHAN_TOWN' ? 'COMPREHENSIVE' : 'YANGSHAN_TOWN';
  const isMistaken = turn % (department === 'YANGSHAN_TOWN' ? 3 : 11) === 1;
  return institutionOf(isMistaken ? other : department).name;
}

/** D18: mostly words here. */
function townshipText(random: Random, township: string, turn: number): string {
  if (township === YANGSHAN && turn % 2 === 0) return random.pick(['洋山', '洋山镇政府']);
  return turn % 3 === 0 ? dirtyTownship(random, township) : townshipOf(township).name;
}
