import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { Inspection, World } from '../../world/world.js';
import { caseCodesByInspection } from '../cases/case-links.js';
import { disposalCell, officerCells, resultCell } from '../check-cells.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { CHECK_KINDS, CHECK_RESULTS, DISPOSALS } from './emergency-codes.js';
import { typedFirmName } from './firm-names.js';

const COLUMNS = [
  { name: 'jlid', type: 'text', length: 24 },
  { name: 'jcbh', type: 'text', length: 60 },
  { name: 'bjcdw', type: 'text', length: 200 },
  { name: 'tyxydm', type: 'text', length: 64 },
  { name: 'jcrq', type: 'date' },
  { name: 'jcsj', type: 'datetime' },
  { name: 'jclx', type: 'text', length: 40 },
  { name: 'jcjl', type: 'text', length: 100 },
  { name: 'zfws', type: 'text', length: 100 },
  { name: 'jcry', type: 'text', length: 200 },
  { name: 'zfzjh', type: 'text', length: 200 },
  { name: 'sxbm', type: 'text', length: 40 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'lhjc', type: 'text', length: 4 },
  { name: 'ajbh', type: 'text', length: 60 },
  { name: 'yhs', type: 'integer' },
  { name: 'yzgs', type: 'integer' },
  { name: 'fcrq', type: 'text', length: 40 },
  { name: 'csbz', type: 'text', length: 8 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type CheckRow = RecordOf<typeof COLUMNS>;

/** `aqscjc`: safety checks. Deleted rows stay with `sfsc` 1 (D12), trials with `csbz` (D13). */
export function safetyCheckTable(world: World): LegacyTable {
  return recordTable({
    name: 'aqscjc',
    columns: COLUMNS,
    primaryKey: ['jlid'],
    indexes: [['jcrq', 'jlid'], ['tyxydm'], ['jcbh'], ['ajbh'], ['gxsj']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<CheckRow> {
  const caseCodes = caseCodesByInspection(world);
  let turn = 0;
  for (const inspection of world.inspections) {
    if (inspection.heldBy !== 'emergency') continue;
    const random = randomFor(world.seed, 'emergency.check', inspection.index);
    const row = writeCheck(random, world, inspection, caseCodes.get(inspection.index) ?? null, turn);
    yield row;
    if (turn % 9 === 4) yield { ...row, jlid: `${String(row.jlid)}S`, sfsc: '1' };
    if (turn % 9 === 7) yield { ...row, jlid: `${String(row.jlid)}T`, csbz: turn % 2 === 0 ? '1' : '测试' };
    turn += 1;
  }
}

function writeCheck(
  random: Random,
  world: World,
  inspection: Inspection,
  caseCode: string | null,
  turn: number,
): CheckRow {
  const { index, subject, date, results, disposals } = inspection;
  const officers = officerCells(world, inspection.officers, '/', turn % 7 === 2);
  const found = results.includes('NO_ISSUE') ? 0 : 1 + (index % 4);
  return {
    jlid: `AQ${String(index).padStart(12, '0')}`,
    jcbh: inspection.number,
    bjcdw: subject === null ? '无名船只' : typedFirmName(subjectName(world, subject), turn),
    tyxydm: subject === null ? nullWord(random) : subjectCode(random, world, subject, turn),
    jcrq: date,
    jcsj: `${date} ${inspection.time}`,
    jclx: spell(CHECK_KINDS, inspection.kind, turn % 5 === 3 ? 1 : null),
    jcjl: resultCell(inspection, CHECK_RESULTS, ';', turn % 6 === 4 ? 1 : null),
    zfws: disposalCell(inspection, DISPOSALS, ';', turn % 5 === 1 ? 1 : null),
    jcry: officers.names,
    zfzjh: officers.certNos,
    sxbm: inspection.itemCode,
    xzqh: turn % 4 === 3 ? dirtyTownship(random, inspection.township) : inspection.township,
    lhjc: inspection.jointCheck ? random.pick(['1', '是']) : random.pick(['0', '否']),
    ajbh: caseCode ?? (turn % 6 === 5 ? nullWord(random) : null),
    yhs: found,
    yzgs: results.includes('RECTIFIED') ? found : 0,
    fcrq: disposals.includes('ORDER_RECTIFY') ? typedDate(random, addDays(date, 15), turn) : null,
    csbz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 2 === 1 ? '0' : null,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(date, world.today, 0, turn),
  };
}
