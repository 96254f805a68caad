import { type Random, randomFor } from '../../random.js';
import { type Sampling, samplingsOf } from '../../world/market/samplings.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyText, dirtyTownship } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { unlessProvince } from '../unless-province.js';
import { CONCLUSIONS } from './market-codes.js';
import { EXCHANGE_COLUMNS, numberSendings, type Sending } from './market-exchange.js';

const CONTENT_COLUMNS = [
  { name: 'cydbh', type: 'text', length: 40 },
  { name: 'ypmc', type: 'text', length: 200 },
  { name: 'spfl', type: 'text', length: 60 },
  { name: 'scrq', type: 'text', length: 60 },
  { name: 'cyrq', type: 'text', length: 40 },
  { name: 'scqymc', type: 'text', length: 200 },
  { name: 'scqydm', type: 'text', length: 64 },
  { name: 'bcydwmc', type: 'text', length: 200 },
  { name: 'bcydwdm', type: 'text', length: 64 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'jyjl', type: 'text', length: 20 },
  { name: 'bhgxm', type: 'text', length: 100 },
  { name: 'jyz', type: 'text', length: 40 },
  { name: 'bzz', type: 'text', length: 40 },
  { name: 'dw', type: 'text', length: 20 },
  { name: 'cjjg', type: 'text', length: 100 },
  { name: 'fbrq', type: 'text', length: 10 },
] as const;

type SamplingRow = RecordOf<typeof CONTENT_COLUMNS>;

/** `spcj_jg`: 监督抽检, one sample a row, with what was above its limit. */
export function samplingTable(world: World): LegacyTable {
  return recordTable({
    name: 'spcj_jg',
    columns: [...CONTENT_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['S_EXT_SEQUENCE'],
    indexes: [['cydbh', 'S_EXT_TIMESTAMP', 'S_EXT_SEQUENCE'], ['scqydm'], ['bcydwdm'], ['S_EXT_TIMESTAMP']],
    records: () => numberSendings(unlessProvince(world, () => sendings(world))),
  });
}

/** Samples that the laboratory has not told of yet are sent as well. */
const IN_TEST = { jyjl: '检验中', bhgxm: null, jyz: null, bzz: null, dw: null, fbrq: null } as const;

function* sendings(world: World): Generator<Sending<SamplingRow>> {
  for (const sampling of samplingsOf(world)) {
    const { index: turn, publishedOn, sampledOn } = sampling;
    const content = writeSampling(randomFor(world.seed, 'market.sampling', turn), world, sampling);
    const at = deliveredAt(publishedOn, world.today, 0, turn);
    if (turn % 3 === 1) {
      yield { content: { ...content, ...IN_TEST }, at: deliveredAt(sampledOn, world.today, 0, turn) };
    }
    yield { content, at: turn === 0 ? lastDelivery(world.today) : at };
    if (turn % 12 === 4) {
      const twin = { ...content, cydbh: `${sampling.number}B` };
      yield { content: twin, at };
      yield { content: twin, at: deliveredAt(publishedOn, world.today, 1, turn), validFlag: '0' };
    }
    if (turn % 12 === 7) {
      const trial = { ...content, cydbh: `TEST${turn}`, ypmc: '测试样品' };
      yield { content: trial, at, envFlag: turn % 24 === 7 ? '1' : 'test' };
    }
  }
}

function writeSampling(random: Random, world: World, sampling: Sampling): SamplingRow {
  const { index: turn, number, product, category, batch, sampledOn, publishedOn } = sampling;
  const { producer, producerName, place, township, failure } = sampling;
  return {
    cydbh: number,
    ypmc:
      turn % 13 === 6 ? damagedText(random, product) : turn % 13 === 3 ? dirtyText(random, product) : product,
    spfl: category,
    scrq: turn % 4 === 0 ? `${batch}（生产日期）` : batch,
    cyrq: typedDate(random, sampledOn, turn),
    scqymc: producerName,
    // The lists say `/` for what does not apply.
    scqydm: producer === null ? (turn % 2 === 0 ? '/' : null) : subjectCode(random, world, producer, turn),
    bcydwmc: subjectName(world, place),
    bcydwdm: subjectCode(random, world, place, turn + 3),
    xzqh: turn % 5 === 1 ? dirtyTownship(random, township) : township,
    jyjl: spell(CONCLUSIONS, failure === null ? 'QUALIFIED' : 'UNQUALIFIED', turn % 3 === 2 ? 1 : null),
    bhgxm: failure?.item ?? (turn % 2 === 0 ? '/' : null),
    jyz: failure?.measured ?? (turn % 2 === 0 ? '/' : null),
    bzz: failure?.limit ?? (turn % 2 === 0 ? '/' : null),
    dw: unitCell(failure?.unit ?? null, turn),
    cjjg: turn % 2 === 0 ? '舟山市食品药品检验检测研究院' : '浙江海岛检测有限公司',
    fbrq: publishedOn,
  };
}

function unitCell(unit: string | null, turn: number): string | null {
  if (unit === null) return turn % 2 === 0 ? '/' : null;
  if (unit === 'μg/kg') return turn % 2 === 0 ? unit : 'ug/kg';
  return unit === 'mg/kg' && turn % 2 === 0 ? 'MG/KG' : unit;
}
