import { type Random, randomFor } from '../random.js';
import { CONCLUSIONS } from '../stores/agriculture/agriculture-codes.js';
import { dirtyTownship } from '../stores/dirt/dirt.js';
import type { LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { spell } from '../stores/spell-code.js';
import { subjectCode, subjectName } from '../stores/subject-code.js';
import { typedDate } from '../stores/typed-cells.js';
import { type ProductTest, productTestsOf } from '../world/agriculture/product-tests.js';
import type { World } from '../world/world.js';

const COLUMNS = [
  { name: 'cybh_varchar1', type: 'text' },
  { name: 'cysj_varchar2', type: 'text' },
  { name: 'cpmc_varchar3', type: 'text' },
  { name: 'cpzl_select1', type: 'text' },
  { name: 'scdw_varchar4', type: 'text' },
  { name: 'tyshxydm_varchar5', type: 'text' },
  { name: 'sfzh_varchar6', type: 'text' },
  { name: 'jcxm_varchar7', type: 'text' },
  { name: 'jcz_varchar8', type: 'text' },
  { name: 'xlz_varchar9', type: 'text' },
  { name: 'dw_select2', type: 'text' },
  { name: 'jl_select3', type: 'text' },
  { name: 'jcjg_varchar10', type: 'text' },
  { name: 'bgbh_varchar11', type: 'text' },
  { name: 'bgrq_datetime1', type: 'date' },
  { name: 'xz_select4', type: 'text' },
] as const;

/** 农产品抽检, as the form of the low-code platform exports them: one substance of one sample a row. */
export function productTestTable(world: World): LegacyTable {
  return recordTable({
    name: '农产品抽检',
    columns: COLUMNS,
    primaryKey: ['cybh_varchar1'],
    indexes: [],
    records: function* () {
      for (const test of productTestsOf(world)) {
        yield writeTest(randomFor(world.seed, 'agriculture.test', test.index), world, test);
      }
    },
  });
}

function writeTest(random: Random, world: World, test: ProductTest): RecordOf<typeof COLUMNS> {
  const { index: turn, sampleNo, sampledOn, product, category, producer, item, passed } = test;
  // Every other producer is a person: each habit must occur among the others as well.
  const code = subjectCode(random, world, producer, Math.floor(turn / 2));
  const micro = turn % 3 === 1;
  const inUnit = (content: string): string =>
    micro ? String(Math.round(Number(content) * 1e5) / 100) : content;
  return {
    cybh_varchar1: sampleNo,
    cysj_varchar2: typedDate(random, sampledOn, turn),
    cpmc_varchar3: product,
    cpzl_select1: category,
    scdw_varchar4: subjectName(world, producer),
    tyshxydm_varchar5: producer.kind === 'person' ? (turn % 4 === 1 ? '无' : null) : code,
    sfzh_varchar6: producer.kind === 'person' ? code : null,
    jcxm_varchar7: item,
    jcz_varchar8: measuredCell(test, inUnit),
    xlz_varchar9: inUnit(test.limit),
    dw_select2: unitCell(micro, turn),
    jl_select3: spell(CONCLUSIONS, passed ? 'QUALIFIED' : 'UNQUALIFIED', turn % 5 === 2 ? 1 : null),
    jcjg_varchar10: turn % 2 === 0 ? '舟山市农产品质量检测中心' : '浙江海岛检测有限公司',
    bgbh_varchar11: test.reportNo,
    bgrq_datetime1: test.reportedOn,
    xz_select4: turn % 4 === 3 ? dirtyTownship(random, test.township) : test.township,
  };
}

/** What was not detected is a word, or less than what the laboratory can detect. */
function measuredCell(
  { measured, detectionLimit, index: turn }: ProductTest,
  inUnit: (content: string) => string,
) {
  if (measured !== null) return inUnit(measured);
  return (['ND', '未检出', `<${inUnit(detectionLimit)}`] as const)[turn % 3] ?? 'ND';
}

function unitCell(micro: boolean, turn: number): string | null {
  if (micro) return turn % 2 === 0 ? 'μg/kg' : 'ug/kg';
  return turn % 6 === 0 ? null : 'mg/kg';
}
