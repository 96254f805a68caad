import { type Random, randomFor } from '../../random.js';
import type { PenaltyCase, SubjectPointer, World } from '../../world/world.js';
import { inspectionNumbersByCase } from '../cases/case-links.js';
import { lastEvent } from '../cases/cases-record.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyDecisionNo, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedAmount, typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { CASE_COLUMNS, type CaseRow } from './marine-case-columns.js';
import {
  CASE_PROCESSES,
  CASE_SOURCES,
  CASE_STAGES,
  PENALTY_KINDS,
  PUBLICATION_STATUSES,
} from './marine-codes.js';
import { type MarinePartyWriter, marinePartyWriter } from './marine-party.js';

/** `yz_aj`: cases of the fishery police; each saving of a form makes a new version. */
export function caseTable(world: World): LegacyTable {
  return recordTable({
    name: 'yz_aj',
    columns: CASE_COLUMNS,
    primaryKey: ['ajbh', 'bbh'],
    indexes: [
      ['ajbh', 'gxsj', 'bbh'],
      ['larq', 'ajbh'],
      ['jdrq', 'ajbh'],
      ['ycbm'],
      ['ycmc'],
      ['tyxydm'],
      ['sfzh'],
      ['jdswh'],
      ['jcbh'],
      ['gxsj'],
    ],
    records: () => records(world),
  });
}

interface Context {
  readonly world: World;
  readonly writeParty: MarinePartyWriter;
  readonly inspectionNumbers: ReadonlyMap<number, string>;
  /** Name of a vessel that somebody owns, by `kind:index`. */
  readonly vesselOf: ReadonlyMap<string, string>;
}

function* records(world: World): Generator<CaseRow> {
  const context = {
    world,
    writeParty: marinePartyWriter(world),
    inspectionNumbers: inspectionNumbersByCase(world),
    vesselOf: vesselsByOwner(world),
  };
  let turn = 0;
  for (const penaltyCase of world.cases) {
    if (penaltyCase.heldBy !== 'marine') continue;
    const at = (later: number): string => deliveredAt(lastEvent(penaltyCase), world.today, later, turn);
    const row = writeCase(context, penaltyCase, turn);
    yield* versions(row, turn, at, turn === 0 ? lastDelivery(world.today) : at(1));
    turn += 1;
  }
}

/** All versions of a case, and rows that never count; version 5 is what holds. */
function versions(
  row: CaseRow,
  turn: number,
  at: (later: number) => string,
  saved: string,
): readonly CaseRow[] {
  const final = { ...row, bbh: 5, gxsj: saved };
  const twin = { ...row, ajbh: `ZF${String(row.ajbh)}` };
  switch (turn % 8) {
    case 1:
      return [{ ...unfinished(row), bbh: 1, gxsj: at(0) }, final];
    case 2:
      // Both saved in the same second: only the version tells.
      return [{ ...unfinished(row), bbh: 4, gxsj: saved }, final];
    case 3:
      return [final, { ...twin, bbh: 1, gxsj: at(0) }, { ...twin, bbh: 2, sfsc: '1', gxsj: at(1) }];
    case 4:
      return [final, { ...twin, bbh: 1, ay: '测试', cs_bz: turn % 16 === 4 ? '1' : '测试' }];
    case 5:
      return [final, { ...unfinished(row), bbh: 9, ay: '测试', cs_bz: '1', gxsj: at(3) }];
    case 6:
      // Deleted by mistake and brought back.
      return [{ ...row, bbh: 3, sfsc: '1', gxsj: at(0) }, final];
    default:
      return [final];
  }
}

function unfinished(row: CaseRow): CaseRow {
  return {
    ...row,
    ajjd: 'LA',
    larq: '20200101',
    jdrq: null,
    jdswh: null,
    fkje: '1',
    sjje: null,
    ycbm: null,
    ycmc: null,
  };
}

function vesselsByOwner(world: World): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, owners } of world.vessels) {
    for (const { subject } of owners) names.set(ownerKey(subject), name);
  }
  return names;
}

function ownerKey({ kind, index }: SubjectPointer): string {
  return `${kind}:${index}`;
}

const PLACES = ['嵊山渔场', '中心渔港', '马鞍列岛海域', '禁渔线内侧', '绿华锚地'];

function writeCase(context: Context, penaltyCase: PenaltyCase, turn: number): CaseRow {
  const { world } = context;
  const { subject, filedAt } = penaltyCase;
  const random = randomFor(world.seed, 'marine.case', penaltyCase.index);
  const party = context.writeParty(random, subject, turn);
  const officers = penaltyCase.officers.map((index) => itemAt(world.officers, index));
  const unusual = turn % 7 === 3 ? 1 : null;
  const involved =
    subject.kind === 'vessel'
      ? itemAt(world.vessels, subject.index).name
      : (context.vesselOf.get(ownerKey(subject)) ?? nullWord(random));
  return {
    ajbh: penaltyCase.caseCode,
    bbh: 5,
    ay: penaltyCase.name,
    ajjd: spell(CASE_STAGES, penaltyCase.stage, unusual),
    ajcx: spell(CASE_PROCESSES, penaltyCase.process, turn % 4 === 1 ? 1 : null),
    ajly: spell(CASE_SOURCES, penaltyCase.source, unusual),
    ycbm: party.vesselCode,
    ycmc: party.vesselName,
    tyxydm: party.uscc,
    sfzh: party.idNo,
    saycm: involved,
    larq: filedAt.replaceAll('-', ''),
    ...decisionCells(random, penaltyCase, turn),
    ...executionCells(random, penaltyCase, turn),
    wfdd: random.pick(PLACES),
    wfss: turn % 9 === 6 ? damagedText(random, '经现场查实') : `经执法人员查实，当事人${penaltyCase.name}`,
    // 伏季休渔, from May to the middle of September.
    fxbz: filedAt.slice(5) >= '05-01' && filedAt.slice(5) <= '09-16' ? '是' : '否',
    sxbm: penaltyCase.itemCode,
    cbry: officers.map((officer) => officer.name).join(';'),
    zfdw: penaltyCase.team,
    ssxz: turn % 5 === 4 ? dirtyTownship(random, penaltyCase.township) : penaltyCase.township,
    jcbh: context.inspectionNumbers.get(penaltyCase.index) ?? (turn % 3 === 1 ? nullWord(random) : null),
    cs_bz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj: null,
  };
}

function decisionCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { decidedAt, decisionNo, fine, confiscated, penalties } = penaltyCase;
  const kinds = penalties.map((kind) => spell(PENALTY_KINDS, kind, turn % 6 === 5 ? 1 : null));
  return {
    jdswh:
      decisionNo === null
        ? nullWord(random)
        : turn % 3 === 2
          ? dirtyDecisionNo(random, decisionNo)
          : decisionNo,
    jdrq: decidedAt,
    cfzl: kinds.length === 0 ? null : kinds.join(';'),
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
    yqjn: postponed ? random.pick(['1', '是', 'Y']) : random.pick(['0', '否', 'N']),
    gszt: spell(PUBLICATION_STATUSES, publication, turn % 5 === 1 ? 1 : null),
    gsrq: typedDate(random, publishedAt, turn + 1),
  };
}
