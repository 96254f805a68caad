import { type Random, randomFor } from '../../random.js';
import type { Inspection, SubjectPointer, World } from '../../world/world.js';
import { caseCodesByInspection } from '../cases/case-links.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyCell, LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { spellAll } from '../spell-codes.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { unlessProvince } from '../unless-province.js';
import { itemAt } from '../world-lookups.js';
import { CHECK_KINDS, CHECK_RESULTS, DISPOSALS } from './transport-codes.js';
import { EXCHANGE_COLUMNS, numberSendings, sendingsOf } from './transport-exchange.js';

const CONTENT_COLUMNS = [
  { name: 'jcid', type: 'text', length: 24 },
  { name: 'jcbh', type: 'text', length: 50 },
  { name: 'bjcdx', type: 'text', length: 200 },
  { name: 'bjcdxdm', type: 'text', length: 64 },
  { name: 'cphm', type: 'text', length: 20 },
  { name: 'jcdd', type: 'text', length: 100 },
  { name: 'jcrq', type: 'date' },
  { name: 'jcsj', type: 'datetime' },
  { name: 'jclb', type: 'text', length: 40 },
  { name: 'jcjg', type: 'text', length: 200 },
  { name: 'clyj', type: 'text', length: 100 },
  { name: 'zfry', type: 'text', length: 200 },
  { name: 'zfzh', type: 'text', length: 200 },
  { name: 'sxbm', type: 'text', length: 30 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'lhzf', type: 'text', length: 4 },
  { name: 'ajbh', type: 'text', length: 60 },
  { name: 'qkjl', type: 'text', length: 400 },
] as const;

type CheckRow = RecordOf<typeof CONTENT_COLUMNS>;

/** `jtzf_jc`: checks on the road, at quays and of firms. */
export function roadCheckTable(world: World): LegacyTable {
  return recordTable({
    name: 'jtzf_jc',
    columns: [...CONTENT_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['xh'],
    indexes: [['jcid', 'rksj', 'xh'], ['jcrq', 'jcid'], ['bjcdxdm'], ['jcbh'], ['ajbh'], ['rksj']],
    records: () => unlessProvince(world, () => numberSendings(sendings(world))),
  });
}

function* sendings(world: World) {
  const caseCodes = caseCodesByInspection(world);
  const plates = platesByOperator(world);
  let turn = 0;
  for (const inspection of world.inspections) {
    if (inspection.heldBy !== 'transport') continue;
    const random = randomFor(world.seed, 'transport.check', inspection.index);
    const at = (later: number): string => deliveredAt(inspection.date, world.today, later, turn);
    const plate = inspection.subject === null ? undefined : plates.get(operatorKey(inspection.subject));
    const caseCode = caseCodes.get(inspection.index) ?? (turn % 4 === 1 ? nullWord(random) : null);
    yield* sendingsOf(writeCheck(random, world, inspection, { turn, cphm: plate ?? null, ajbh: caseCode }), {
      key: 'jcid',
      before: { jcjg: 'C', clyj: null, ajbh: null },
      trial: { jcbh: '测试', qkjl: '系统测试' },
      at,
      sentAt: turn === 0 ? lastDelivery(world.today) : at(1),
      turn,
    });
    turn += 1;
  }
}

/** A vehicle of each operator, by kind and index of the operator. */
export function platesByOperator({ vehicles }: World): ReadonlyMap<string, string> {
  return new Map(vehicles.map(({ operator, plate }) => [operatorKey(operator), plate]));
}

export function operatorKey({ kind, index }: SubjectPointer): string {
  return `${kind}:${index}`;
}

const PLACES = ['李柱山码头', '小洋山客运站', '菜园客运中心', '沈家湾码头', '环岛公路', '嵊山陆海码头'];

interface Beside {
  readonly turn: number;
  readonly cphm: LegacyCell;
  readonly ajbh: LegacyCell;
}

function writeCheck(
  random: Random,
  world: World,
  inspection: Inspection,
  { turn, cphm, ajbh }: Beside,
): CheckRow {
  const { index, number, subject, date, time, kind, unknownResult, results, disposals } = inspection;
  const officers = inspection.officers.map((officer) => itemAt(world.officers, officer));
  return {
    jcid: `JT${String(index).padStart(12, '0')}`,
    jcbh: number,
    bjcdx: subject === null ? '三无船舶' : subjectName(world, subject),
    bjcdxdm: subject === null ? nullWord(random) : subjectCode(random, world, subject, turn),
    cphm,
    jcdd: random.pick(PLACES),
    jcrq: date,
    jcsj: `${date} ${time}`,
    jclb: spell(CHECK_KINDS, kind, turn % 6 === 2 ? 1 : null),
    jcjg: unknownResult ?? spellAll(CHECK_RESULTS, results, ',', turn % 7 === 5 ? 1 : null),
    clyj: spellAll(DISPOSALS, disposals, ',', turn % 6 === 4 ? 1 : null) ?? nullWord(random),
    // D15: names and numbers pair by place; a number that was not entered leaves its place empty.
    zfry: officers.map(({ name }) => name).join(','),
    zfzh: officers.map(({ certNo }, place) => (turn % 8 === 3 && place === 0 ? '' : certNo)).join(','),
    sxbm: inspection.itemCode,
    xzqh: turn % 5 === 3 ? dirtyTownship(random, inspection.township) : inspection.township,
    lhzf: inspection.jointCheck ? random.pick(['1', '是']) : random.pick(['0', '否']),
    ajbh,
    qkjl: turn % 23 === 9 ? damagedText(random, '现场检查记录') : '已现场检查并记录',
  };
}
