import { type Random, randomFor } from '../../random.js';
import type { Vehicle, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { dirtyPlate, shortPlate } from './plate-cells.js';
import { OPERATING_STATES, PLATE_COLOURS, VEHICLE_KINDS } from './transport-codes.js';
import { EXCHANGE_COLUMNS, numberSendings, sendingsOf } from './transport-exchange.js';

const CONTENT_COLUMNS = [
  { name: 'clid', type: 'text', length: 24 },
  { name: 'cphm', type: 'text', length: 7 },
  { name: 'qcphm', type: 'text', length: 20 },
  { name: 'cpys', type: 'text', length: 10 },
  { name: 'xsmc', type: 'text', length: 20 },
  { name: 'dlyszh', type: 'text', length: 40 },
  { name: 'jyxkzh', type: 'text', length: 80 },
  { name: 'ywhmc', type: 'text', length: 200 },
  { name: 'ywhdm', type: 'text', length: 64 },
  { name: 'cllx', type: 'text', length: 40 },
  { name: 'clsbdh', type: 'text', length: 40 },
  { name: 'hdzzl', type: 'decimal', precision: 10, scale: 0 },
  { name: 'hdzzl_d', type: 'decimal', precision: 8, scale: 2 },
  { name: 'hdzks', type: 'integer' },
  { name: 'zcrq', type: 'date' },
  { name: 'nsyxq', type: 'text', length: 40 },
  { name: 'yyzt', type: 'text', length: 20 },
  { name: 'ssxz', type: 'text', length: 40 },
  { name: 'bz', type: 'text', length: 200 },
] as const;

type VehicleRow = RecordOf<typeof CONTENT_COLUMNS>;

/**
 * `dlys_cl`: vehicles with a 道路运输证. `cphm` has room for seven characters and is all that old rows have; `qcphm`
 * came with the plates of new-energy vehicles, which have eight. The number without its colour names two vehicles.
 */
export function vehicleTable(world: World): LegacyTable {
  return recordTable({
    name: 'dlys_cl',
    columns: [...CONTENT_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['xh'],
    indexes: [['clid', 'rksj', 'xh'], ['cphm'], ['qcphm'], ['ywhdm'], ['dlyszh'], ['rksj']],
    records: () => numberSendings(sendings(world)),
  });
}

function* sendings(world: World) {
  for (const vehicle of world.vehicles) {
    const { index: turn, registeredOn } = vehicle;
    const random = randomFor(world.seed, 'transport.vehicle', turn);
    const at = (later: number): string => deliveredAt(registeredOn, world.today, later, turn);
    yield* sendingsOf(writeVehicle(random, world, vehicle), {
      key: 'clid',
      before: { yyzt: '80', ywhdm: null },
      trial: { xsmc: '测试车辆', cphm: '浙L00000', qcphm: null, dlyszh: '000000000000' },
      at,
      sentAt: turn === 0 ? lastDelivery(world.today) : at(1),
      turn,
    });
  }
}

function writeVehicle(random: Random, world: World, vehicle: Vehicle): VehicleRow {
  const { index: turn, plate, colour, certificateNo, operator, kind, vin, township, seats } = vehicle;
  return {
    clid: `CL${String(turn).padStart(10, '0')}`,
    cphm: shortPlate(random, vehicle, turn),
    qcphm: wholePlate(random, vehicle),
    cpys: spell(PLATE_COLOURS, colour, turn % 4 === 3 ? 1 : null),
    xsmc: `${vehicle.cutOff ? plate.slice(0, 7) : plate}${colour}`,
    dlyszh: turn % 7 === 4 ? `舟字${certificateNo}号` : certificateNo,
    jyxkzh: itemAt(world.licences, vehicle.licence).number,
    ywhmc: subjectName(world, operator),
    ywhdm: subjectCode(random, world, operator, turn),
    cllx: spell(VEHICLE_KINDS, kind, turn % 5 === 3 ? 1 : null),
    clsbdh: turn % 9 === 5 ? vin.toLowerCase() : vin,
    ...loadCells(vehicle),
    hdzks: seats,
    zcrq: vehicle.registeredOn,
    nsyxq: typedDate(random, vehicle.checkedUntil, turn),
    // National codes in the even halves of a year's cards, the province's and words elsewhere.
    yyzt: spell(OPERATING_STATES, vehicle.state, turn % 3 === 0 ? null : turn % 3),
    ssxz: turn % 5 === 2 ? dirtyTownship(random, township) : township,
    bz: turn % 17 === 4 ? damagedText(random, '已换证') : null,
  };
}

/** Old rows of ordinary plates leave it empty; so do those whose plate was cut off. */
function wholePlate(random: Random, { plate, colour, cutOff, index: turn }: Vehicle): string | null {
  if (cutOff) return turn % 2 === 0 ? nullWord(random) : null;
  if (colour !== '绿' && turn % 3 === 0) return null;
  if (turn % 4 === 2) return `${plate.slice(0, 2)}·${plate.slice(2, -1)} ${plate.slice(-1)}`;
  return turn % 4 === 0 ? dirtyPlate(random, plate) : plate;
}

/** 核定载质量 in kilograms, or in tonnes on cards that were taken over. */
function loadCells({ loadKg, index: turn }: Vehicle) {
  if (loadKg === null) return { hdzzl: null, hdzzl_d: null };
  if (turn % 6 === 4) return { hdzzl: null, hdzzl_d: (loadKg / 1000).toFixed(2) };
  return { hdzzl: String(loadKg), hdzzl_d: null };
}
