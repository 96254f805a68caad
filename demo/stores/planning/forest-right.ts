import { type Random, randomFor } from '../../random.js';
import { type ForestRight, forestRightsOf } from '../../world/planning/make-forest-rights.js';
import type { SubjectPointer, World } from '../../world/world.js';
import { areaIn } from '../area-cell.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import {
  damagedText,
  dirtyDecisionNo,
  dirtyText,
  dirtyTownship,
  dirtyUscc,
  maskId,
  nullWord,
  openEndedDate,
} from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { FOREST_KINDS } from './planning-codes.js';

const COLUMNS = [
  { name: 'BSM', type: 'integer' },
  { name: 'LQZH', type: 'text', length: 60 },
  { name: 'QLR', type: 'text', length: 400 },
  { name: 'QLRZJH', type: 'text', length: 300 },
  { name: 'ZL', type: 'text', length: 200 },
  { name: 'LBXB', type: 'text', length: 20 },
  { name: 'LDMJ', type: 'text', length: 40 },
  { name: 'ZYSZ', type: 'text', length: 100 },
  { name: 'LZ', type: 'text', length: 20 },
  { name: 'SYQQ', type: 'text', length: 40 },
  { name: 'SYQZ', type: 'text', length: 40 },
  { name: 'XZQDM', type: 'text', length: 40 },
  { name: 'ZXBZ', type: 'text', length: 4 },
  { name: 'CSBZ', type: 'text', length: 8 },
  { name: 'GXSJ', type: 'datetime' },
] as const;

type RightRow = RecordOf<typeof COLUMNS>;

/**
 * `LQ_LQDJXX`: 林权登记, taken over from the forestry bureau. Holders of one right share a cell, names and numbers in the
 * same order; the place of a village's collective, which has no number here, is empty (D15). Rows that were cancelled
 * stay with `ZXBZ` 1 (D12).
 */
export function forestRightTable(world: World): LegacyTable {
  return recordTable({
    name: 'LQ_LQDJXX',
    columns: COLUMNS,
    primaryKey: ['BSM'],
    indexes: [['QLRZJH'], ['LQZH'], ['GXSJ']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<RightRow> {
  let id = 0;
  for (const right of forestRightsOf(world)) {
    const row = writeRight(world, right);
    for (const each of [row, ...strangers(row, right.index)]) {
      id += 1;
      yield { ...each, BSM: id };
    }
  }
}

/** Rows that must never be shown: cancelled (D12) and trials (D13). */
function strangers(row: RightRow, turn: number): readonly RightRow[] {
  if (turn % 5 === 2) return [{ ...row, ZL: '已注销地块', ZXBZ: turn % 10 === 2 ? '1' : '是' }];
  if (turn % 7 !== 4) return [];
  return [{ ...row, LQZH: '测试', CSBZ: turn % 2 === 0 ? '1' : '测试' }];
}

function writeRight(world: World, right: ForestRight): RightRow {
  const { index: turn, number, township, place, compartment, species, forestKind, from, to } = right;
  const random = randomFor(world.seed, 'planning.forest', turn);
  return {
    BSM: 0,
    LQZH: turn % 4 === 2 ? dirtyDecisionNo(random, number) : number,
    QLR: right.holders
      .map((each) => (each === null ? right.collective : subjectName(world, each)))
      .join('、'),
    QLRZJH: right.holders.map((each, at) => holderCode(random, world, right, each, at)).join('、'),
    ZL: turn % 8 === 5 ? damagedText(random, place) : turn % 8 === 3 ? dirtyText(random, place) : place,
    LBXB: turn % 6 === 3 ? nullWord(random) : compartment,
    LDMJ: areaCell(right),
    ZYSZ: species.join(turn % 3 === 0 ? '、' : '，'),
    LZ: spell(FOREST_KINDS, forestKind, turn % 4 === 1 ? 1 : null),
    SYQQ: typedDate(random, from, turn),
    SYQZ: to ?? openEndedDate(random),
    XZQDM: turn % 4 === 3 ? dirtyTownship(random, township) : township,
    ZXBZ: turn % 2 === 0 ? '0' : null,
    CSBZ: turn % 3 === 0 ? '0' : null,
    GXSJ: turn === 0 ? lastDelivery(world.today) : deliveredAt(from, world.today, 0, turn),
  };
}

function holderCode(
  random: Random,
  world: World,
  right: ForestRight,
  holder: SubjectPointer | null,
  place: number,
): string {
  if (holder === null) return '';
  const code = subjectCode(random, world, holder, right.index + place);
  if (isMasked(right, holder)) return maskId(code.trim());
  return holder.kind === 'organisation' && right.index % 4 === 3 ? dirtyUscc(random, code) : code;
}

/** D7: the numbers of people on a few certificates came over masked; nobody is found by them. */
export function isMasked({ index }: ForestRight, holder: SubjectPointer): boolean {
  return holder.kind === 'person' && index % 7 === 6;
}

/** 亩 by rights; the newer surveys count in hectares or square metres, and say so. */
function areaCell({ index, areaSqm }: ForestRight): string {
  switch (index % 6) {
    case 1:
      return `${areaIn(areaSqm, '公顷')}公顷`;
    case 2:
      return `${areaIn(areaSqm, '亩')}亩`;
    case 4:
      return `${areaSqm}m²`;
    case 5:
      return `${areaSqm} 平方米`;
    default:
      return areaIn(areaSqm, '亩');
  }
}
