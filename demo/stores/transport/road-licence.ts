import { type Random, randomFor } from '../../random.js';
import type { Licence, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyText, openEndedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { LICENCE_STATES } from './transport-codes.js';
import { EXCHANGE_COLUMNS, numberSendings, sendingsOf } from './transport-exchange.js';

const CONTENT_COLUMNS = [
  { name: 'license_key', type: 'text', length: 24 },
  { name: 'name', type: 'text', length: 200 },
  { name: 'bizlicense', type: 'text', length: 64 },
  { name: 'license_num', type: 'text', length: 80 },
  { name: 'busi_scope', type: 'text', length: 300 },
  { name: 'valid_date_begin', type: 'text', length: 40 },
  { name: 'valid_date_end', type: 'text', length: 10 },
  { name: 'print_date', type: 'text', length: 40 },
  { name: 'organ_name', type: 'text', length: 100 },
  { name: 'status', type: 'text', length: 20 },
  { name: 'vehicle_num', type: 'text', length: 20 },
  { name: 'busi_memo', type: 'text', length: 300 },
] as const;

type LicenceRow = RecordOf<typeof CONTENT_COLUMNS>;

/** `dlys_jyxk`: 道路运输经营许可证. Days of expiry are texts that sort; `9999-12-31` where none was entered. */
export function roadLicenceTable(world: World): LegacyTable {
  return recordTable({
    name: 'dlys_jyxk',
    columns: [...CONTENT_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['xh'],
    indexes: [
      ['license_key', 'rksj', 'xh'],
      ['valid_date_end', 'license_key'],
      ['bizlicense'],
      ['license_num'],
      ['rksj'],
    ],
    records: () => numberSendings(sendings(world)),
  });
}

function* sendings(world: World) {
  const vehicles = countVehicles(world);
  let turn = 0;
  for (const licence of world.licences) {
    if (licence.type !== 'ROAD_TRANSPORT') continue;
    const random = randomFor(world.seed, 'transport.licence', licence.index);
    const at = (later: number): string => deliveredAt(licence.validFrom, world.today, later, turn);
    yield* sendingsOf(writeLicence(random, world, licence, vehicles.get(licence.index) ?? 0, turn), {
      key: 'license_key',
      before: { valid_date_end: '2019-12-31', status: '3' },
      trial: { license_num: '测试', name: '测试企业' },
      at,
      sentAt: turn === 0 ? lastDelivery(world.today) : at(1),
      turn,
    });
    turn += 1;
  }
}

function countVehicles({ vehicles }: World): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { licence } of vehicles) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  return counts;
}

function writeLicence(
  random: Random,
  world: World,
  { index, holder, number, validFrom, validTo, state }: Licence,
  vehicles: number,
  turn: number,
): LicenceRow {
  const name = subjectName(world, holder);
  return {
    license_key: `DLYS${String(index).padStart(10, '0')}`,
    name: turn % 7 === 3 ? dirtyText(random, name) : name,
    bizlicense: subjectCode(random, world, holder, turn),
    license_num: number,
    busi_scope:
      holder.kind === 'person'
        ? '普通货运'
        : random.pick(['普通货运；冷藏保鲜', '普通货运', '普通货运；危险货物运输（第3类）']),
    valid_date_begin: typedDate(random, validFrom, turn),
    valid_date_end: validTo ?? openEndedDate(random),
    print_date: typedDate(random, validFrom, turn + 1) ?? '',
    organ_name: turn % 4 === 1 ? '嵊泗县道路运输管理局' : '嵊泗县交通运输局',
    status: spell(LICENCE_STATES, state, turn % 3 === 1 ? 1 + (turn % 2) : null),
    vehicle_num: turn % 4 === 2 ? `${vehicles}辆` : String(vehicles),
    busi_memo: turn % 11 === 6 ? damagedText(random, '换发新证') : turn % 11 === 8 ? '住所近㟙头村' : null,
  };
}
