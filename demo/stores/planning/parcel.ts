import { randomFor } from '../../random.js';
import { type Parcel, parcelsOf } from '../../world/planning/make-parcels.js';
import type { World } from '../../world/world.js';
import { areaIn } from '../area-cell.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText, dirtyTownship, nullWord, openEndedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { LAND_USES } from './planning-codes.js';

const COLUMNS = [
  { name: 'BSM', type: 'integer' },
  { name: 'BDCDYH', type: 'text', length: 40 },
  { name: 'ZDDM', type: 'text', length: 40 },
  { name: 'QLR', type: 'text', length: 400 },
  { name: 'QLRZJH', type: 'text', length: 300 },
  { name: 'TDYT', type: 'text', length: 40 },
  { name: 'MJ', type: 'text', length: 40 },
  { name: 'ZL', type: 'text', length: 300 },
  { name: 'QSSJ', type: 'text', length: 40 },
  { name: 'ZZSJ', type: 'text', length: 40 },
  { name: 'XZQDM', type: 'text', length: 40 },
  { name: 'QSZT', type: 'text', length: 4 },
  { name: 'GXSJ', type: 'datetime' },
] as const;

type ParcelRow = RecordOf<typeof COLUMNS>;

/**
 * `BDC_ZDJBXX`: land parcels out of the register of real estate. Owners of one parcel share a cell, names and numbers in
 * the same order. Rows of `QSZT` 2 are history (D12).
 */
export function parcelTable(world: World): LegacyTable {
  return recordTable({
    name: 'BDC_ZDJBXX',
    columns: COLUMNS,
    primaryKey: ['BSM'],
    indexes: [['QLRZJH'], ['ZDDM'], ['BDCDYH'], ['GXSJ']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<ParcelRow> {
  let id = 0;
  for (const parcel of parcelsOf(world)) {
    const row = writeParcel(world, parcel);
    if (parcel.index % 9 === 4) {
      id += 1;
      yield { ...row, BSM: id, QLR: '原权利人', QLRZJH: null, QSZT: '2' };
    }
    id += 1;
    yield { ...row, BSM: id };
  }
}

function writeParcel(world: World, parcel: Parcel): ParcelRow {
  const { index: turn, owners, landUse, township, address, from, to } = parcel;
  const random = randomFor(world.seed, 'planning.parcel', turn);
  return {
    BSM: 0,
    ...codeCells(parcel),
    QLR: owners.map((owner) => subjectName(world, owner)).join('、'),
    QLRZJH: owners.map((owner, place) => subjectCode(random, world, owner, turn + place)).join('、'),
    TDYT: spell(LAND_USES, landUse, turn % 5 === 2 ? 1 : null),
    MJ: areaCell(parcel),
    ZL: turn % 7 === 3 ? dirtyText(random, address) : address,
    QSSJ: typedDate(random, from, turn),
    ZZSJ: to === null ? (turn % 3 === 0 ? nullWord(random) : openEndedDate(random)) : to,
    XZQDM: turn % 4 === 3 ? dirtyTownship(random, township) : township,
    QSZT: '1',
    GXSJ: turn === 0 ? lastDelivery(world.today) : deliveredAt(from, world.today, 0, turn),
  };
}

/** 28 characters of the unit, 19 of the parcel; now and then either stands where the other should. */
function codeCells({ index, unitNumber, parcelCode }: Parcel) {
  if (index % 6 === 2) return { BDCDYH: parcelCode, ZDDM: parcelCode };
  if (index % 6 === 4) return { BDCDYH: unitNumber, ZDDM: unitNumber };
  return { BDCDYH: unitNumber, ZDDM: parcelCode };
}

/** Square metres by rights. */
function areaCell({ index, areaSqm }: Parcel): string {
  switch (index % 7) {
    case 1:
      return `${areaIn(areaSqm, '亩')}亩`;
    case 3:
      return `${areaIn(areaSqm, '公顷')}公顷`;
    case 5:
      return `${areaSqm}㎡`;
    default:
      return areaSqm;
  }
}
