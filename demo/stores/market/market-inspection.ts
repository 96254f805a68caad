import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { Inspection, World } from '../../world/world.js';
import { caseCodesByInspection } from '../cases/case-links.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyDate, dirtyTownship, nullWord, truncatedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { itemAt } from '../world-lookups.js';
import { CHECK_KINDS, CHECK_RESULTS, DISPOSAL_WORDS, DISPOSALS } from './market-codes.js';
import { type CheckRow, INSPECTION_COLUMNS } from './market-inspection-columns.js';
import { marketParty } from './market-party.js';

/** `cs_pub_entresult`: one row per task and subject. */
export function inspectionTable(world: World): LegacyTable {
  return recordTable({
    name: 'cs_pub_entresult',
    columns: INSPECTION_COLUMNS,
    primaryKey: ['TaskCode', 'PriPID'],
    indexes: [
      ['CheckDate', 'TaskCode', 'PriPID'],
      ['UniSCID'],
      ['PriPID'],
      ['CheckNO'],
      ['CaseNO'],
      ['S_EXT_TIMESTAMP'],
    ],
    records: () => records(world),
  });
}

/** One in so many checks of other bureaus came back from the province. */
const REFLUX_EVERY = 40;

function* records(world: World): Generator<CheckRow> {
  const caseCodes = caseCodesByInspection(world);
  const codeTask = taskCoder();
  let turn = 0;
  let foreign = 0;
  for (const inspection of world.inspections) {
    if (inspection.heldBy === 'market') {
      const row = writeCheck(world, inspection, turn, codeTask, caseCodes.get(inspection.index) ?? null);
      yield row;
      yield* strangers(row, turn);
      turn += 1;
    } else if (inspection.heldBy === 'supervision' && inspection.subject?.kind === 'organisation') {
      if (foreign % REFLUX_EVERY === 0) {
        const row = writeCheck(world, inspection, turn, codeTask, null);
        yield { ...row, TaskCode: `SJHL${foreign}`, InspDept: '省级回流', S_EXT_FROMNODE: '330000' };
      }
      foreign += 1;
    }
  }
}

/** Rows that must never be shown: not audited, refused, trials (D13), deleted (D12). */
function* strangers(row: CheckRow, turn: number): Generator<CheckRow> {
  const twin = { ...row, TaskCode: `CG${turn}`, CheckResult: '8' };
  switch (turn % 17) {
    case 1:
      // Drafts may hold half a date; nobody has checked them yet.
      yield { ...twin, auditState: '0', CheckDate: truncatedDate(String(row.CheckTime).slice(0, 10)) };
      return;
    case 4:
      yield { ...twin, auditState: '2' };
      return;
    case 7:
      yield { ...twin, env_flag: turn % 2 === 0 ? '1' : 'test', EntName: '测试企业' };
      return;
    case 10:
      yield { ...twin, delete_flag: '1' };
      return;
    case 13:
      yield { ...twin, S_EXT_VALIDFLAG: '0' };
      return;
    default:
  }
}

type TaskCoder = (inspection: Inspection, pripid: string, turn: number) => string;

/** Several subjects share a task; a subject that comes up twice in one is given to the next part of it. */
function taskCoder(): TaskCoder {
  let group = -1;
  let seen = new Map<string, number>();
  return ({ date }, pripid, turn) => {
    const current = Math.floor(turn / 8);
    if (current !== group) {
      group = current;
      seen = new Map();
    }
    const part = seen.get(pripid) ?? 0;
    seen.set(pripid, part + 1);
    return `SJ330922${date.slice(0, 4)}${String(current).padStart(7, '0')}${part === 0 ? '' : `-${part}`}`;
  };
}

function writeCheck(
  world: World,
  inspection: Inspection,
  turn: number,
  codeTask: TaskCoder,
  caseCode: string | null,
): CheckRow {
  const random = randomFor(world.seed, 'market.inspection', inspection.index);
  const { date, time } = inspection;
  const party = marketParty(random, world, inspection.subject, date, turn);
  return {
    TaskCode: codeTask(inspection, party.pripid, turn),
    PriPID: party.pripid,
    UniSCID: party.uscc,
    CerNO: party.cerNo,
    ShipCode: party.shipCode,
    EntName: party.name,
    CheckNO: inspection.number,
    PlanName: `${date.slice(0, 4)}年度嵊泗县市场监管${inspection.jointCheck ? '部门联合' : ''}抽查计划`,
    InspDept: random.pick(['菜园市场监管所', '嵊山市场监管所', '洋山市场监管所']),
    CheckDate: date.replaceAll('-', ''),
    CheckTime: `${date} ${time}`,
    CheckType: spell(CHECK_KINDS, inspection.kind, turn % 13 === 6 ? 1 : null),
    CheckResult: checkResult(inspection, turn),
    ...disposalCells(random, inspection, turn),
    ...officerCells(world, inspection, turn),
    ItemCode: inspection.itemCode,
    DOMDISTRICT: turn % 7 === 3 ? dirtyTownship(random, inspection.township) : inspection.township,
    crossDepartFlag: inspection.jointCheck ? random.pick(['1', '1', '是']) : random.pick(['0', '0', '否']),
    CaseNO: caseCode ?? (turn % 6 === 1 ? nullWord(random) : null),
    // D22: some dated the report before the check.
    ReportTime: turn % 37 === 15 ? `${addDays(date, -1)} 09:00:00` : `${date} 23:30:00`,
    auditState: '1',
    delete_flag: turn % 3 === 0 ? '0' : turn % 3 === 1 ? '' : null,
    env_flag: turn % 4 === 0 ? '0' : null,
    S_EXT_FROMNODE: '330922',
    S_EXT_VALIDFLAG: '1',
    S_EXT_TIMESTAMP: turn === 0 ? lastDelivery(world.today) : deliveredAt(date, world.today, 0, turn),
  };
}

/** D15, D16: several results in one cell, now and then in words instead of codes. */
function checkResult({ results, unknownResult }: Inspection, turn: number): string {
  if (unknownResult !== null) return unknownResult;
  const unusual = turn % 9 === 4 ? turn : null;
  return results.map((result) => spell(CHECK_RESULTS, result, unusual)).join(turn % 11 === 5 ? ', ' : ',');
}

function disposalCells(random: Random, { disposals, date }: Inspection, turn: number) {
  const pending = turn % 5 === 3;
  return {
    DisposeCode:
      disposals.length === 0
        ? null
        : disposals.map((disposal) => spell(DISPOSALS, disposal, turn % 14 === 8 ? 1 : null)).join(','),
    DisposeMss:
      disposals.length === 0
        ? nullWord(random)
        : disposals.map((disposal) => spell(DISPOSAL_WORDS, disposal, null)).join('；'),
    DisposeState: pending ? '处置中' : '已处置',
    DisposeFinishDate: pending ? null : dirtyDate(random, date),
  };
}

/** D15: numbers pair with names by position; one that was not entered leaves its place empty, the first included. */
function officerCells(world: World, inspection: Inspection, turn: number) {
  const officers = inspection.officers.map((index) => itemAt(world.officers, index));
  return {
    TeamLeader: officers.map((officer) => officer.name).join('、'),
    LawCertNO: officers
      .map((officer, index) => (turn % 9 === 2 && index === 0 ? '' : officer.certNo))
      .join(','),
  };
}
