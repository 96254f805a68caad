import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { Inspection, PenaltyCase, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyDecisionNo, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { officerCells } from '../officer-cells.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { CHECK_DISPOSALS, CHECK_KINDS, CHECK_RESULTS } from './environment-codes.js';

const COLUMNS = [
  { name: 'jlbh', type: 'text', length: 24 },
  { name: 'jcwh', type: 'text', length: 60 },
  { name: 'jcdxmc', type: 'text', length: 200 },
  { name: 'jcdxdm', type: 'text', length: 64 },
  { name: 'jcrq', type: 'text', length: 8 },
  { name: 'jckssj', type: 'datetime' },
  { name: 'jclb', type: 'text', length: 40 },
  { name: 'jcjl', type: 'text', length: 200 },
  { name: 'cljg', type: 'text', length: 100 },
  { name: 'zfry', type: 'text', length: 200 },
  { name: 'zfzh', type: 'text', length: 200 },
  { name: 'sxbm', type: 'text', length: 30 },
  { name: 'ssqy', type: 'text', length: 40 },
  { name: 'sflh', type: 'text', length: 4 },
  { name: 'cfwsh', type: 'text', length: 120 },
  { name: 'xcqk', type: 'text', length: 400 },
  { name: 'sbsj', type: 'datetime' },
  { name: 'csbz', type: 'text', length: 8 },
  { name: 'scbz', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type CheckRow = RecordOf<typeof COLUMNS>;

/**
 * `hb_xcjc`: on-site checks. The branch belongs to the city's bureau (垂直管理): a case that followed is named by its
 * decision of the 舟环嵊 family as soon as there is one.
 */
export function checkTable(world: World): LegacyTable {
  return recordTable({
    name: 'hb_xcjc',
    columns: COLUMNS,
    primaryKey: ['jlbh'],
    indexes: [['jcrq', 'jlbh'], ['jcdxdm'], ['jcwh'], ['cfwsh'], ['gxsj']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<CheckRow> {
  const cases = casesByInspection(world);
  let turn = 0;
  for (const inspection of world.inspections) {
    if (inspection.heldBy !== 'environment') continue;
    const random = randomFor(world.seed, 'environment.check', inspection.index);
    const row = writeCheck(random, world, inspection, cases.get(inspection.index) ?? null, turn);
    yield row;
    yield* strangers(row, turn);
    turn += 1;
  }
}

/** Rows that must never be shown: deleted (D12) and trials (D13). */
function* strangers(row: CheckRow, turn: number): Generator<CheckRow> {
  const twin = { ...row, jcjl: '13' };
  if (turn % 9 === 2) yield { ...twin, jlbh: `${String(row.jlbh)}S`, scbz: '1' };
  if (turn % 9 === 5) {
    yield { ...twin, jlbh: `${String(row.jlbh)}T`, csbz: turn % 18 === 5 ? '1' : '测试', xcqk: '系统测试' };
  }
}

function casesByInspection(world: World): ReadonlyMap<number, PenaltyCase> {
  const found = new Map<number, PenaltyCase>();
  for (const penaltyCase of world.cases) {
    const { department, inspection } = penaltyCase;
    if (department === 'ENVIRONMENT' && inspection !== null) found.set(inspection, penaltyCase);
  }
  return found;
}

function writeCheck(
  random: Random,
  world: World,
  inspection: Inspection,
  followed: PenaltyCase | null,
  turn: number,
): CheckRow {
  const { index, number, subject, date, time, kind, itemCode, township, jointCheck, officers } = inspection;
  const { names, numbers } = officerCells(world, officers, ',', turn % 8 === 3);
  return {
    jlbh: `HJ${String(index).padStart(10, '0')}`,
    jcwh: number,
    jcdxmc: subject === null ? '无主排口' : subjectName(world, subject),
    jcdxdm: subject === null ? nullWord(random) : subjectCode(random, world, subject, turn),
    jcrq: date.replaceAll('-', ''),
    jckssj: `${date} ${time}`,
    jclb: spell(CHECK_KINDS, kind, turn % 6 === 2 ? 1 : null),
    jcjl: resultCell(inspection, turn),
    cljg: disposalCell(inspection, turn),
    zfry: names,
    zfzh: numbers,
    sxbm: itemCode,
    ssqy: turn % 5 === 3 ? dirtyTownship(random, township) : township,
    sflh: jointCheck ? random.pick(['1', '是', 'Y']) : random.pick(['0', '否', 'N']),
    cfwsh: caseCell(random, followed, turn),
    xcqk: turn % 13 === 6 ? damagedText(random, '污染治理设施运行正常') : '污染治理设施运行正常',
    // D22: a few reports are dated before the check.
    sbsj: turn % 17 === 7 ? `${addDays(date, -1)} 10:00:00` : `${date} 23:40:00`,
    csbz: turn % 3 === 1 ? '0' : null,
    scbz: turn % 2 === 1 ? '0' : null,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(date, world.today, 0, turn),
  };
}

function caseCell(random: Random, followed: PenaltyCase | null, turn: number): string | null {
  if (followed === null) return turn % 4 === 1 ? nullWord(random) : null;
  const { decisionNo, caseCode } = followed;
  if (decisionNo === null) return caseCode;
  return turn % 2 === 0 ? dirtyDecisionNo(random, decisionNo) : decisionNo;
}

/** D15, D16: several results in one cell, now and then in words. */
function resultCell({ results, unknownResult }: Inspection, turn: number): string {
  const unusual = turn % 7 === 4 ? 1 : null;
  return unknownResult ?? results.map((result) => spell(CHECK_RESULTS, result, unusual)).join(',');
}

function disposalCell({ disposals }: Inspection, turn: number): string | null {
  if (disposals.length === 0) return null;
  return disposals.map((code) => spell(CHECK_DISPOSALS, code, turn % 6 === 4 ? 1 : null)).join(',');
}
