import { type Random, randomFor } from '../../random.js';
import { imageSpotsOf } from '../../world/planning/make-image-spots.js';
import type { PenaltyCase, World } from '../../world/world.js';
import { inspectionNumbersByCase } from '../cases/case-links.js';
import { lastEvent } from '../cases/cases-record.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyDecisionNo, dirtyText, dirtyTownship, inTenThousands, nullWord } from '../dirt/dirt.js';
import type { LegacyCell, LegacyTable } from '../legacy-table.js';
import { officerCells } from '../officer-cells.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import {
  CASE_PROCESSES,
  CASE_SOURCES,
  CASE_STAGES,
  PENALTY_KINDS,
  PUBLICATION_STATUSES,
} from './planning-codes.js';

const COLUMNS = [
  { name: 'cd_id', type: 'integer' },
  { name: 'ajbh', type: 'text', length: 60 },
  { name: 'ay', type: 'text', length: 400 },
  { name: 'jzjd', type: 'text', length: 20 },
  { name: 'cxlb', type: 'text', length: 20 },
  { name: 'xsly', type: 'text', length: 20 },
  { name: 'dsr', type: 'text', length: 200 },
  { name: 'dsrzjh', type: 'text', length: 64 },
  { name: 'larq', type: 'text', length: 10 },
  { name: 'cfjdswh', type: 'text', length: 120 },
  { name: 'cfjdrq', type: 'date' },
  { name: 'sdrq', type: 'text', length: 40 },
  { name: 'jarq', type: 'text', length: 40 },
  { name: 'cflx', type: 'text', length: 200 },
  { name: 'fkje_wy', type: 'text', length: 40 },
  { name: 'msje_wy', type: 'text', length: 40 },
  { name: 'sjfk_wy', type: 'text', length: 40 },
  { name: 'jkrq', type: 'text', length: 40 },
  { name: 'sfhj', type: 'text', length: 4 },
  { name: 'gkzt', type: 'text', length: 20 },
  { name: 'gkrq', type: 'text', length: 40 },
  { name: 'sxbm', type: 'text', length: 30 },
  { name: 'cbr', type: 'text', length: 200 },
  { name: 'cbjg', type: 'text', length: 100 },
  { name: 'xzqdm', type: 'text', length: 40 },
  { name: 'xcbh', type: 'text', length: 60 },
  { name: 'tbbh', type: 'text', length: 24 },
  { name: 'wfss', type: 'text', length: 1000 },
  { name: 'csbz', type: 'text', length: 8 },
  { name: 'cd_operation', type: 'text', length: 1 },
  { name: 'cd_time', type: 'datetime' },
] as const;

type CaseRow = RecordOf<typeof COLUMNS>;

/** `gt_wfajxx`: cases of land, mines and sea areas in the front-end exchange database. Amounts are in 万元. */
export function caseTable(world: World): LegacyTable {
  return recordTable({
    name: 'gt_wfajxx',
    columns: COLUMNS,
    primaryKey: ['cd_id'],
    indexes: [
      ['ajbh', 'cd_time', 'cd_id'],
      ['larq', 'ajbh'],
      ['cfjdrq', 'ajbh'],
      ['dsrzjh'],
      ['cfjdswh'],
      ['xcbh'],
      ['cd_time'],
    ],
    records: () => records(world),
  });
}

interface Context {
  readonly world: World;
  readonly inspectionNumbers: ReadonlyMap<number, string>;
  /** Numbers of the spots that cases came from. */
  readonly spots: ReadonlyMap<number, string>;
}

const NO_CELLS = Object.fromEntries(COLUMNS.map(({ name }) => [name, null])) as Record<keyof CaseRow, null>;

function* records(world: World): Generator<CaseRow> {
  const context: Context = {
    world,
    inspectionNumbers: inspectionNumbersByCase(world),
    spots: new Map(
      imageSpotsOf(world).flatMap((spot) => (spot.case === null ? [] : [[spot.case, spot.number]])),
    ),
  };
  let turn = 0;
  let sent = 0;
  for (const penaltyCase of world.cases) {
    if (penaltyCase.heldBy !== 'planning') continue;
    const row = writeCase(context, penaltyCase, turn);
    for (const sending of sendings(row, world, penaltyCase, turn)) {
      sent += 1;
      yield { ...sending, cd_id: sent };
    }
    turn += 1;
  }
  yield* openedByMistake(world, sent);
}

/** A case that somebody opened by mistake and deleted this morning: the exchange is never without a row. */
function openedByMistake(world: World, sent: number): readonly CaseRow[] {
  const row = { ...NO_CELLS, ajbh: 'CF误立', ay: '误立案件', larq: world.today, jzjd: '立案' };
  const [opened, deleted] = [deliveredAt(world.today, world.today, 0, 7), lastDelivery(world.today)];
  return [
    { ...row, cd_id: sent + 1, cd_operation: 'i', cd_time: opened },
    { ...row, cd_id: sent + 2, cd_operation: 'd', cd_time: deleted },
  ];
}

/** D12, D13, D14: earlier states of the case, and rows that never count. */
function sendings(row: CaseRow, world: World, penaltyCase: PenaltyCase, turn: number): readonly CaseRow[] {
  const at = (later: number): string => deliveredAt(lastEvent(penaltyCase), world.today, later, turn);
  const last = { ...row, cd_time: at(1) };
  const early = { ...row, jzjd: '立案', larq: '2020-01-01', cfjdswh: null, fkje_wy: '0.01', cd_time: at(0) };
  switch (turn % 4) {
    case 0:
      return [early, { ...last, cd_operation: 'u' }];
    case 1: {
      const twin = { ...row, ajbh: `CF${String(row.ajbh)}` };
      return [last, { ...twin, cd_time: at(0) }, { ...twin, cd_operation: 'd', cd_time: at(1) }];
    }
    case 2:
      return [last, { ...early, ay: '测试', csbz: turn % 8 === 2 ? '1' : '测试', cd_time: at(2) }];
    default:
      return [last];
  }
}

function writeCase(context: Context, penaltyCase: PenaltyCase, turn: number): CaseRow {
  const { world } = context;
  const { index, subject, township } = penaltyCase;
  const random = randomFor(world.seed, 'planning.case', index);
  const unusual = turn % 3 === 1 ? 1 : null;
  return {
    cd_id: 0,
    ajbh: penaltyCase.caseCode,
    ay: penaltyCase.name,
    jzjd: spell(CASE_STAGES, penaltyCase.stage, unusual),
    cxlb: spell(CASE_PROCESSES, penaltyCase.process, unusual),
    xsly: spell(CASE_SOURCES, penaltyCase.source, unusual),
    dsr: subjectName(world, subject),
    dsrzjh: subjectCode(random, world, subject, turn),
    larq: penaltyCase.filedAt,
    ...decisionCells(random, penaltyCase, turn),
    ...paymentCells(random, penaltyCase, turn),
    sxbm: penaltyCase.itemCode,
    cbr: officerCells(world, penaltyCase.officers, '、', false).names,
    cbjg: penaltyCase.team,
    xzqdm: turn % 4 === 2 ? dirtyTownship(random, township) : township,
    xcbh: context.inspectionNumbers.get(index) ?? (turn % 2 === 0 ? nullWord(random) : null),
    tbbh: context.spots.get(index) ?? null,
    wfss: turn % 5 === 3 ? dirtyText(random, '经现场勘测查实') : '经现场勘测查实',
    csbz: turn % 2 === 1 ? '0' : null,
    cd_operation: 'i',
    cd_time: '',
  };
}

function decisionCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { decidedAt, decisionNo, servedAt, closedAt, penalties } = penaltyCase;
  const dirty = decisionNo !== null && turn % 2 === 1 ? dirtyDecisionNo(random, decisionNo) : decisionNo;
  return {
    cfjdswh: dirty ?? nullWord(random),
    cfjdrq: decidedAt,
    sdrq: typedDate(random, servedAt, turn),
    jarq: typedDate(random, closedAt, turn + 1),
    cflx: penalties.map((kind) => spell(PENALTY_KINDS, kind, turn % 2)).join('、'),
  };
}

function paymentCells(random: Random, penaltyCase: PenaltyCase, turn: number) {
  const { fine, confiscated, paid, paidAt, postponed, publication, publishedAt } = penaltyCase;
  return {
    fkje_wy: amountCell(fine, turn),
    msje_wy: amountCell(confiscated, turn + 1),
    sjfk_wy: amountCell(paid, turn + 2),
    jkrq: typedDate(random, paidAt, turn),
    sfhj: postponed ? random.pick(['1', '是']) : random.pick(['0', '否']),
    gkzt: spell(PUBLICATION_STATUSES, publication, turn % 3 === 2 ? 1 : null),
    gkrq: typedDate(random, publishedAt, turn + 1),
  };
}

/** D17: 万元; some wrote yuan, and said so. */
function amountCell(yuan: string | null, turn: number): LegacyCell {
  if (yuan === null) return turn % 2 === 0 ? null : '';
  return turn % 3 === 1 ? `${yuan}元` : inTenThousands(yuan);
}
