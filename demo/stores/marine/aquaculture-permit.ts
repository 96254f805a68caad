import { type Random, randomFor } from '../../random.js';
import { addDays, earlierDay } from '../../world/days.js';
import { type SeaFarm, seaFarmOf } from '../../world/marine/make-aquaculture-permits.js';
import type { Licence, World } from '../../world/world.js';
import { areaIn } from '../area-cell.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import {
  chineseDay,
  damagedText,
  dirtyDecisionNo,
  dirtyTownship,
  dirtyUscc,
  nullWord,
} from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { type CodeBook, codeBook, spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { CERTIFICATE_STATES } from './marine-codes.js';

const COLUMNS = [
  { name: 'djid', type: 'text', length: 24 },
  { name: 'bbh', type: 'integer' },
  { name: 'yzzbh', type: 'text', length: 80 },
  { name: 'cyr', type: 'text', length: 200 },
  { name: 'cyrzjh', type: 'text', length: 64 },
  { name: 'hymc', type: 'text', length: 100 },
  { name: 'hymj', type: 'text', length: 40 },
  { name: 'yzpz', type: 'text', length: 100 },
  { name: 'yzfs', type: 'text', length: 20 },
  { name: 'yxq', type: 'text', length: 80 },
  { name: 'qsrq', type: 'text', length: 40 },
  { name: 'dqrq', type: 'text', length: 10 },
  { name: 'fzjg', type: 'text', length: 100 },
  { name: 'zt', type: 'text', length: 20 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'cs_bz', type: 'text', length: 8 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type PermitRow = RecordOf<typeof COLUMNS>;

const METHODS: CodeBook = codeBook([
  ['RAFT', ['01', '筏式养殖', '筏式']],
  ['CAGE', ['02', '网箱养殖', '深水网箱']],
  ['BOTTOM', ['03', '底播增殖', '底播']],
  ['POND', ['04', '池塘养殖', '围塘']],
  ['TANK', ['05', '工厂化养殖']],
]);

/**
 * `yz_yzz`: 水域滩涂养殖证. `yxq` is the term as it is printed, one text; `qsrq` and `dqrq` are its two days, which
 * whoever entered the permit typed beside it.
 */
export function aquacultureTable(world: World): LegacyTable {
  return recordTable({
    name: 'yz_yzz',
    columns: COLUMNS,
    primaryKey: ['djid', 'bbh'],
    indexes: [['djid', 'gxsj', 'bbh'], ['cyrzjh'], ['yzzbh'], ['dqrq', 'djid'], ['gxsj']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<PermitRow> {
  let turn = 0;
  for (const licence of world.licences) {
    if (licence.type !== 'AQUACULTURE') continue;
    const savedOn = earlierDay(licence.validFrom, addDays(world.today, -1));
    const at = (later: number): string => deliveredAt(savedOn, world.today, later, turn);
    const row = writePermit(world, licence, turn, turn === 0 ? lastDelivery(world.today) : at(1));
    // D14: as it was saved before the area was measured.
    if (turn % 4 === 1) yield { ...row, bbh: 1, hymj: '1', dqrq: '2018-12-31', gxsj: at(0) };
    yield row;
    if (turn % 6 === 2) {
      const twin = { ...row, djid: `${String(row.djid)}S` };
      yield { ...twin, gxsj: at(0) };
      yield { ...twin, bbh: 3, sfsc: '1' };
    }
    if (turn % 6 === 5) {
      yield { ...row, djid: `${String(row.djid)}T`, yzzbh: '测试', cs_bz: turn % 12 === 5 ? '1' : '测试' };
    }
    turn += 1;
  }
}

function writePermit(world: World, licence: Licence, turn: number, gxsj: string): PermitRow {
  const { index, holder, number, validFrom, validTo, state, township } = licence;
  const random = randomFor(world.seed, 'marine.aquaculture', index);
  const farm = seaFarmOf(world, licence);
  return {
    djid: `YZ${String(index).padStart(10, '0')}`,
    bbh: 2,
    yzzbh: turn % 5 === 3 ? dirtyDecisionNo(random, number) : number,
    cyr: subjectName(world, holder),
    cyrzjh: holderCell(random, world, holder, turn),
    hymc: seaAreaCell(random, farm, turn),
    hymj: areaCell(farm, turn),
    yzpz: farm.species.join(turn % 3 === 1 ? '，' : '、'),
    yzfs: spell(METHODS, farm.method, turn % 4 === 2 ? 1 + (turn % 2) : null),
    yxq: printedTerm(validFrom, validTo ?? '', turn),
    qsrq: typedDate(random, validFrom, turn),
    dqrq: validTo,
    fzjg: '嵊泗县人民政府',
    zt: spell(CERTIFICATE_STATES, state, turn % 4 === 3 ? 1 : null),
    xzqh: turn % 4 === 2 ? dirtyTownship(random, township ?? '') : township,
    cs_bz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj,
  };
}

/** Firms come first and are few: of three one has its code as somebody typed it. */
function holderCell(random: Random, world: World, holder: Licence['holder'], turn: number): string {
  const code = subjectCode(random, world, holder, turn);
  return holder.kind === 'organisation' && turn % 3 === 1 ? dirtyUscc(random, code) : code;
}

/** D4 and D10. */
function seaAreaCell(random: Random, { seaArea }: SeaFarm, turn: number): string {
  if (turn % 8 === 6) return nullWord(random);
  return turn % 8 === 3 ? damagedText(random, seaArea) : seaArea;
}

/** 亩 by rights; some wrote hectares or square metres, and said so. */
function areaCell({ areaSqm }: SeaFarm, turn: number): string {
  switch (turn % 6) {
    case 1:
      return `${areaIn(areaSqm, '公顷')}公顷`;
    case 2:
      return `${areaIn(areaSqm, '亩')}亩`;
    case 3:
      return `${areaSqm}平方米`;
    case 5:
      return `${areaSqm} ㎡`;
    default:
      return areaIn(areaSqm, '亩');
  }
}

/** Both days in one text, as domain §3.12 has it. */
function printedTerm(from: string, to: string, turn: number): string {
  const inWords = (day: string): string => {
    const [year, month, date] = day.split('-').map(Number);
    return `${year}年${month}月${date}日`;
  };
  switch (turn % 5) {
    case 1:
      return `${inWords(from)}至${inWords(to)}`;
    case 2:
      return `自${inWords(from)}起至${inWords(to)}止`;
    case 3:
      return `${from.replaceAll('-', '.')}—${to.replaceAll('-', '.')}`;
    case 4:
      return `自${chineseDay(from)}至${chineseDay(to)}`;
    default:
      return `${from}至${to}`;
  }
}
