import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import { townshipOf } from '../../world/townships.js';
import type { Inspection, World } from '../../world/world.js';
import { caseCodesByInspection } from '../cases/case-links.js';
import { disposalCell, officerCells, resultCell } from '../check-cells.js';
import { batchOf, deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { CHECK_KINDS, CHECK_RESULTS, DISPOSALS } from './comprehensive-codes.js';

const COLUMNS = [
  { name: 'cd_id', type: 'text', length: 20 },
  { name: 'xcbh', type: 'text', length: 24 },
  { name: 'jcbh', type: 'text', length: 60 },
  { name: 'dxmc', type: 'text', length: 200 },
  { name: 'dxzjhm', type: 'text', length: 64 },
  { name: 'xcrq', type: 'text', length: 8 },
  { name: 'xcsj', type: 'text', length: 19 },
  { name: 'xclx', type: 'text', length: 40 },
  { name: 'xcjg', type: 'text', length: 100 },
  { name: 'clqk', type: 'text', length: 100 },
  { name: 'xcry', type: 'text', length: 200 },
  { name: 'zfzh', type: 'text', length: 200 },
  { name: 'sxdm', type: 'text', length: 40 },
  { name: 'ssxz', type: 'text', length: 40 },
  { name: 'sflh', type: 'text', length: 4 },
  { name: 'ajbh', type: 'text', length: 60 },
  { name: 'xcld', type: 'text', length: 100 },
  { name: 'dywgbm', type: 'text', length: 14 },
  { name: 'zps', type: 'integer' },
  { name: 'zgqx', type: 'text', length: 40 },
  { name: 'xcms', type: 'text', length: 400 },
  { name: 'env_flag', type: 'text', length: 8 },
  { name: 'cd_operation', type: 'text', length: 1 },
  { name: 'cd_time', type: 'datetime' },
  { name: 'cd_batch', type: 'text', length: 13 },
] as const;

type PatrolRow = RecordOf<typeof COLUMNS>;
/** What the exchange adds each time that a row is sent. */
type Patrol = Omit<PatrolRow, 'cd_id' | 'cd_batch'>;

/** `dw_shl_zhzf_xcjc` (IF-4): patrols and checks of the bureau, every change appended; the newest row counts. */
export function patrolTable(world: World): LegacyTable {
  return recordTable({
    name: 'dw_shl_zhzf_xcjc',
    columns: COLUMNS,
    primaryKey: ['cd_id'],
    indexes: [
      ['xcbh', 'cd_time', 'cd_id'],
      ['xcrq', 'xcbh'],
      ['dxzjhm'],
      ['dxmc'],
      ['jcbh'],
      ['ajbh'],
      ['cd_time'],
    ],
    records: () => records(world),
  });
}

function* records(world: World): Generator<PatrolRow> {
  const caseCodes = caseCodesByInspection(world);
  let turn = 0;
  let number = 0;
  for (const inspection of world.inspections) {
    if (inspection.heldBy !== 'comprehensive') continue;
    const random = randomFor(world.seed, 'comprehensive.patrol', inspection.index);
    const caseCode = caseCodes.get(inspection.index) ?? null;
    const patrol = writePatrol(random, world, inspection, caseCode, turn);
    for (const sent of sendings(patrol, inspection, world, turn)) {
      number += 1;
      const at = String(sent.cd_time);
      yield { ...sent, cd_id: `XC${String(number).padStart(12, '0')}`, cd_batch: batchOf(at, number) };
    }
    turn += 1;
  }
}

/** A patrol as it was sent: corrected later, deleted and sent again, or beside rows that must never be shown. */
function sendings(patrol: Patrol, { date }: Inspection, { today }: World, turn: number): readonly Patrol[] {
  const at = (later: number): string => deliveredAt(date, today, later, turn);
  const first = { ...patrol, cd_time: at(0) };
  const twin = { ...first, xcbh: `${String(patrol.xcbh)}S` };
  if (turn === 0) return [first, { ...patrol, cd_operation: 'u', cd_time: lastDelivery(today) }];
  switch (turn % 15) {
    case 1:
      return [
        { ...first, xcjg: 'A', clqk: null },
        { ...patrol, cd_operation: 'u', cd_time: at(1) },
      ];
    case 4:
      return [first, { ...patrol, cd_operation: 'd', cd_time: at(1) }, { ...patrol, cd_time: at(2) }];
    case 7:
      return [first, twin, { ...twin, cd_operation: 'd', cd_time: at(1) }];
    case 11:
      return [first, { ...twin, dxmc: '测试对象', env_flag: turn % 2 === 0 ? '1' : 'test' }];
    default:
      return [first];
  }
}

function writePatrol(
  random: Random,
  world: World,
  inspection: Inspection,
  caseCode: string | null,
  turn: number,
): Patrol {
  const { index, number, subject, date, time, kind, itemCode, township, jointCheck } = inspection;
  const officers = officerCells(world, inspection.officers, ',', turn % 9 === 5);
  return {
    xcbh: `ZFXC${String(index).padStart(10, '0')}`,
    jcbh: number,
    dxmc: objectName(random, world, inspection, turn),
    dxzjhm: subject === null ? nullWord(random) : subjectCode(random, world, subject, turn),
    xcrq: date.replaceAll('-', ''),
    xcsj: `${date} ${time}`,
    xclx: spell(CHECK_KINDS, kind, turn % 6 === 1 ? 1 : null),
    xcjg: resultCell(inspection, CHECK_RESULTS, '；', turn % 8 === 3 ? 1 : null),
    clqk: disposalCell(inspection, DISPOSALS, '；', turn % 7 === 2 ? 1 : null),
    xcry: officers.names,
    zfzh: officers.certNos,
    sxdm: itemCode,
    ssxz: turn % 4 === 2 ? dirtyTownship(random, township) : township,
    sflh: jointCheck ? random.pick(['1', '是']) : random.pick(['0', '否']),
    ajbh: caseCode ?? (turn % 5 === 4 ? nullWord(random) : null),
    xcld: random.pick(townshipOf(township).roads),
    dywgbm: `${township}${String((index % 900) + 100).padStart(5, '0')}`,
    zps: index % 7,
    zgqx: inspection.disposals.includes('ORDER_RECTIFY') ? rectifyBy(date, turn) : null,
    xcms: description(random, inspection, turn),
    env_flag: turn % 3 === 0 ? '0' : null,
    cd_operation: 'i',
    cd_time: null,
  };
}

function objectName(random: Random, world: World, { subject }: Inspection, turn: number): string {
  if (subject === null) return '无名船只';
  const name = subjectName(world, subject);
  return turn % 10 === 6 ? dirtyText(random, name) : name;
}

/** D10: now and then read in the wrong encoding. Nobody is named here. */
function description(random: Random, { results }: Inspection, turn: number): string {
  if (turn % 29 === 8) return damagedText(random, '巡查情况正常');
  return results.includes('NO_ISSUE') ? '沿线秩序良好' : '发现问题，已现场处置并拍照';
}

/** D8: seven days to put it right, now and then in Chinese. */
function rectifyBy(date: string, turn: number): string {
  const day = addDays(date, 7);
  if (turn % 3 !== 1) return day;
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}
