import { type Random, randomFor } from '../../random.js';
import { type WaterTest, waterTestsOf } from '../../world/health/water-tests.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyTownship } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { TEST_CONCLUSIONS, WATER_POINTS } from './health-codes.js';

const COLUMNS = [
  { name: 'lsh', type: 'integer' },
  { name: 'jgid', type: 'text', length: 24 },
  { name: 'ybbh', type: 'text', length: 40 },
  { name: 'gsdwmc', type: 'text', length: 200 },
  { name: 'gsdwbm', type: 'text', length: 64 },
  { name: 'cydmc', type: 'text', length: 100 },
  { name: 'cydlx', type: 'text', length: 20 },
  { name: 'cyrq', type: 'text', length: 10 },
  { name: 'bgrq', type: 'text', length: 40 },
  { name: 'jczb', type: 'text', length: 60 },
  { name: 'jcz', type: 'text', length: 30 },
  { name: 'jldw', type: 'text', length: 20 },
  { name: 'xz', type: 'text', length: 20 },
  { name: 'jgpd', type: 'text', length: 20 },
  { name: 'jcjg', type: 'text', length: 100 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'csbz', type: 'text', length: 4 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type TestRow = RecordOf<typeof COLUMNS>;

/**
 * `szjc`: 生活饮用水水质监测, one indicator of one sample a row. A result that was corrected was entered again: of one
 * `jgid` the newest counts, and all have the same supplier and day of sampling.
 */
export function waterTestTable(world: World): LegacyTable {
  return recordTable({
    name: 'szjc',
    columns: COLUMNS,
    primaryKey: ['lsh'],
    indexes: [['gsdwbm'], ['cyrq']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<TestRow> {
  let lsh = 0;
  let turn = 0;
  for (const test of waterTestsOf(world)) {
    const row = writeTest(world, test, turn);
    for (const each of [...earlier(row, turn), row, ...strangers(row, turn)]) {
      lsh += 1;
      yield { ...each, lsh };
    }
    turn += 1;
  }
}

/** D14: a result before it was corrected, always in the batch before. */
function earlier(row: TestRow, turn: number): readonly TestRow[] {
  if (turn % 9 !== 4) return [];
  return [{ ...row, jcz: '9999', jgpd: '9', gxsj: `${String(row.cyrq)} 23:50:00` }];
}

/** Rows that must never be shown: deleted (D12) and trials (D13). */
function strangers(row: TestRow, turn: number): readonly TestRow[] {
  const jgid = String(row.jgid);
  if (turn % 12 === 7) return [{ ...row, jgid: `${jgid}S`, sfsc: '1' }];
  if (turn % 12 !== 10) return [];
  return [{ ...row, jgid: `${jgid}T`, cydmc: '测试点', csbz: turn % 24 === 10 ? '1' : '测试' }];
}

/** The key of one indicator of one sample. */
export function resultId({ sampleNo, place }: Pick<WaterTest, 'sampleNo' | 'place'>): string {
  return `${sampleNo}-${place + 1}`;
}

function writeTest(world: World, test: WaterTest, turn: number): TestRow {
  const { sampleNo, supplier, point, pointKind, sampledOn, reportedOn, indicator, township } = test;
  const random = randomFor(world.seed, 'health.water', sampleNo, test.place);
  return {
    lsh: 0,
    jgid: resultId(test),
    ybbh: sampleNo,
    gsdwmc: subjectName(world, supplier),
    gsdwbm: supplierCode(world, test),
    cydmc: turn % 14 === 6 ? damagedText(random, point) : point,
    cydlx: spell(WATER_POINTS, pointKind, turn % 5 === 3 ? 1 : null),
    cyrq: sampledOn,
    bgrq: typedDate(random, reportedOn, turn),
    jczb: indicator.name,
    ...resultCells(random, test, turn),
    jgpd: spell(TEST_CONCLUSIONS, test.passed ? 'QUALIFIED' : 'UNQUALIFIED', turn % 6 === 1 ? 1 : null),
    jcjg: turn % 4 === 2 ? '舟山市疾控中心' : '嵊泗县疾病预防控制中心',
    xzqh: turn % 5 === 1 ? dirtyTownship(random, township) : township,
    csbz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(reportedOn, world.today, 0, turn),
  };
}

/** Whoever wrote the sample down typed the supplier once: all its rows have the same spelling. */
function supplierCode(world: World, { sampleNo, supplier }: WaterTest): string {
  const sample = Number(sampleNo.slice(-6));
  return subjectCode(randomFor(world.seed, 'health.water.supplier', sampleNo), world, supplier, sample);
}

/** Milligrams per litre by rights; a laboratory counts in micrograms, and each row says its unit or none. */
function resultCells(random: Random, { indicator, value }: WaterTest, turn: number) {
  const { unit, limit, least } = indicator;
  if (unit !== 'mg/L') {
    return { jcz: value ?? '未检出', jldw: unit, xz: limit ?? '不得检出' };
  }
  const isMicro = turn % 3 === 1;
  const spelled = (milligrams: number): string => String(isMicro ? micro(milligrams) : milligrams);
  return {
    jcz: value === null ? notDetected(random, spelled(least / 10_000)) : spelled(Number(value)),
    jldw: isMicro ? random.pick(['μg/L', 'µg/L']) : random.pick(['mg/L', 'MG/L', null]),
    xz: limit === null ? null : spelled(Number(limit)),
  };
}

/** Micrograms of so many milligrams with four decimals. */
function micro(milligrams: number): number {
  return Math.round(milligrams * 10_000) / 10;
}

/** In words, or as the number below which the laboratory finds nothing; an L behind it says so too. */
function notDetected(random: Random, least: string): string {
  return random.pick(['未检出', '未检出', 'ND', `<${least}`, `${least}L`]);
}
