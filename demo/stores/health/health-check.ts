import { type Random, randomFor } from '../../random.js';
import type { Inspection, World } from '../../world/world.js';
import { caseCodesByInspection } from '../cases/case-links.js';
import { disposalCell, officerCells, resultCell } from '../check-cells.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { CHECK_KINDS, CHECK_RESULTS, DISPOSALS } from './health-codes.js';

const COLUMNS = [
  { name: 'jcid', type: 'text', length: 24 },
  { name: 'jcbh', type: 'text', length: 60 },
  { name: 'bjcdwmc', type: 'text', length: 200 },
  { name: 'bjcdwbm', type: 'text', length: 64 },
  { name: 'jcrq', type: 'text', length: 10 },
  { name: 'jcsj', type: 'text', length: 19 },
  { name: 'jclx', type: 'text', length: 40 },
  { name: 'jcjg', type: 'text', length: 100 },
  { name: 'czcs', type: 'text', length: 100 },
  { name: 'jcry', type: 'text', length: 200 },
  { name: 'zfzh', type: 'text', length: 200 },
  { name: 'sxbm', type: 'text', length: 40 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'sflh', type: 'text', length: 4 },
  { name: 'ajbh', type: 'text', length: 60 },
  { name: 'wtms', type: 'text', length: 400 },
  { name: 'csbz', type: 'text', length: 4 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type CheckRow = RecordOf<typeof COLUMNS>;

/** `jcxx`: 卫生监督检查. Deleted rows stay with `sfsc` 1 (D12), trials with `csbz` 1 or 测试 (D13). */
export function checkTable(world: World): LegacyTable {
  return recordTable({
    name: 'jcxx',
    columns: COLUMNS,
    primaryKey: ['jcid'],
    indexes: [['bjcdwbm'], ['jcrq']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<CheckRow> {
  const caseCodes = caseCodesByInspection(world);
  let turn = 0;
  for (const inspection of world.inspections) {
    if (inspection.heldBy !== 'health') continue;
    const random = randomFor(world.seed, 'health.check', inspection.index);
    const row = writeCheck(random, world, inspection, caseCodes.get(inspection.index) ?? null, turn);
    yield row;
    const jcid = String(row.jcid);
    if (turn % 12 === 4) yield { ...row, jcid: `${jcid}S`, sfsc: '1' };
    if (turn % 12 === 9) {
      yield {
        ...row,
        jcid: `${jcid}T`,
        jcbh: '测试',
        wtms: '系统测试',
        csbz: turn % 24 === 9 ? '1' : '测试',
      };
    }
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
  const { index, number, subject, date, time, kind, itemCode, township, jointCheck } = inspection;
  const officers = officerCells(world, inspection.officers, '、', turn % 8 === 3);
  return {
    jcid: `JC${String(index).padStart(10, '0')}`,
    jcbh: number,
    bjcdwmc: subject === null ? '无证经营户' : subjectName(world, subject),
    bjcdwbm: subject === null ? nullWord(random) : subjectCode(random, world, subject, turn),
    jcrq: date,
    jcsj: `${date} ${time}`,
    jclx: spell(CHECK_KINDS, kind, turn % 6 === 2 ? 1 : null),
    jcjg: resultCell(inspection, CHECK_RESULTS, '|', turn % 7 === 5 ? 1 : null),
    czcs: disposalCell(inspection, DISPOSALS, '|', turn % 6 === 4 ? 1 : null),
    jcry: officers.names,
    zfzh: officers.certNos,
    sxbm: itemCode,
    xzqh: turn % 5 === 3 ? dirtyTownship(random, township) : township,
    sflh: jointCheck ? random.pick(['1', '是']) : random.pick(['0', '否']),
    ajbh: caseCode ?? (turn % 4 === 1 ? nullWord(random) : null),
    wtms: turn % 31 === 6 ? damagedText(random, '现场检查情况正常') : null,
    csbz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(date, world.today, 0, turn),
  };
}
