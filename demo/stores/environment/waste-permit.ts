import { type Random, randomFor } from '../../random.js';
import type { Licence, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { USE_STATES } from './environment-codes.js';

const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'ent_name', type: 'text', length: 200 },
  { name: 'ent_code', type: 'text', length: 64 },
  { name: 'lic_no', type: 'text', length: 60 },
  { name: 'bus_area', type: 'text', length: 200 },
  { name: 'waste_code', type: 'text', length: 100 },
  { name: 'app_amount', type: 'text', length: 40 },
  { name: 'ava_start', type: 'text', length: 40 },
  { name: 'ava_end', type: 'text', length: 10 },
  { name: 'auth_date', type: 'text', length: 40 },
  { name: 'auth_depart', type: 'text', length: 100 },
  { name: 'use_state', type: 'text', length: 10 },
  { name: 'region', type: 'text', length: 40 },
  { name: 'del_flag', type: 'text', length: 1 },
  { name: 'update_time', type: 'datetime' },
] as const;

type WasteRow = RecordOf<typeof COLUMNS>;

/** `hazardous_waste_lic`: 危险废物经营许可证, one row each; deleted ones stay with `del_flag` 1 (D12). */
export function wastePermitTable(world: World): LegacyTable {
  return recordTable({
    name: 'hazardous_waste_lic',
    columns: COLUMNS,
    primaryKey: ['id'],
    indexes: [['ent_code'], ['lic_no'], ['ava_end', 'id'], ['update_time']],
    records: () => records(world),
  });
}

/** Rows that were entered twice have numbers of their own. */
const COPIES_FROM = 90_000_000;

function* records(world: World): Generator<WasteRow> {
  let turn = 0;
  for (const licence of world.licences) {
    if (licence.type !== 'HAZARDOUS_WASTE') continue;
    const row = writePermit(randomFor(world.seed, 'environment.waste', licence.index), world, licence, turn);
    yield row;
    if (turn % 4 === 0) yield { ...row, id: COPIES_FROM + licence.index, lic_no: '作废', del_flag: '1' };
    turn += 1;
  }
}

/** What the holder may take in a year, in kilograms: a whole number of half tonnes. */
export function wasteKilograms({ seed }: World, { index }: Licence): number {
  return randomFor(seed, 'waste-amount', index).int(1, 400) * 500;
}

const WASTES = ['HW08', 'HW09', 'HW12', 'HW49'];

function writePermit(random: Random, world: World, licence: Licence, turn: number): WasteRow {
  const { index, holder, number, validFrom, validTo, state, township } = licence;
  const name = subjectName(world, holder);
  return {
    id: index + 1,
    ent_name: turn % 5 === 1 ? dirtyText(random, name) : name,
    ent_code: subjectCode(random, world, holder, turn),
    lic_no: number,
    bus_area: random.pick(['收集、贮存', '收集、贮存、处置', '船舶油污水接收']),
    waste_code: random
      .shuffle(WASTES)
      .slice(0, 1 + (turn % 3))
      .join(turn % 2 === 0 ? ',' : '、'),
    app_amount: amountCell(wasteKilograms(world, licence), turn),
    ava_start: typedDate(random, validFrom, turn),
    ava_end: validTo,
    auth_date: typedDate(random, validFrom, turn + 1),
    auth_depart: '舟山市生态环境局',
    use_state: spell(USE_STATES, state, turn % 3),
    region: township,
    del_flag: turn % 2 === 0 ? '0' : null,
    update_time: turn === 0 ? lastDelivery(world.today) : deliveredAt(validFrom, world.today, 0, turn),
  };
}

/** Tonnes by rights; some wrote kilograms, and said so. */
function amountCell(kilograms: number, turn: number): string {
  const tonnes = String(kilograms / 1000);
  switch (turn % 5) {
    case 1:
      return `${kilograms}kg`;
    case 2:
      return `${tonnes}吨`;
    case 3:
      return `${kilograms} 千克`;
    case 4:
      return `${tonnes} t`;
    default:
      return tonnes;
  }
}
