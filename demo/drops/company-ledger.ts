import { type Random, randomFor } from '../random.js';
import { excelSerial, nullWord } from '../stores/dirt/dirt.js';
import type { LegacyStore, LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { subjectCode } from '../stores/subject-code.js';
import { dirtyPlate } from '../stores/transport/plate-cells.js';
import { itemAt } from '../stores/world-lookups.js';
import { signOf } from '../world/people/names.js';
import type { Vehicle, World } from '../world/world.js';

const COLUMNS = [
  { name: '_sheet', type: 'text' },
  { name: '序号', type: 'integer' },
  { name: '车辆/车牌号', type: 'text' },
  { name: '车辆/车牌颜色', type: 'text' },
  { name: '车辆/车辆类型', type: 'text' },
  { name: '车辆/核定载质量', type: 'text' },
  { name: '证件/道路运输证号', type: 'text' },
  { name: '证件/年审有效期至', type: 'date' },
  { name: '证件/保险到期日', type: 'text' },
  { name: '企业/统一社会信用代码', type: 'text' },
  { name: '企业/驾驶员', type: 'text' },
] as const;

type LedgerRow = RecordOf<typeof COLUMNS>;

/** 交通运输局: the ledgers that companies hand in, gathered into one workbook with a sheet for each (domain §1.1 IF-6). */
export function vehicleLedgerStore(world: World): LegacyStore {
  return { connection: 'vehicle-ledgers', access: 'drops', tables: [ledgerTable(world)] };
}

function ledgerTable(world: World): LegacyTable {
  return recordTable({
    name: '企业车辆台账',
    columns: COLUMNS,
    primaryKey: ['证件/道路运输证号'],
    indexes: [],
    records: () => records(world),
  });
}

/** People who drive their own lorry hand in nothing. */
function* records(world: World): Generator<LedgerRow> {
  const places = new Map<number, number>();
  for (const vehicle of world.vehicles) {
    if (vehicle.operator.kind !== 'organisation') continue;
    const { index: company } = vehicle.operator;
    const place = (places.get(company) ?? 0) + 1;
    places.set(company, place);
    const random = randomFor(world.seed, 'transport.ledger', vehicle.index);
    yield { ...writeVehicle(random, world, vehicle), _sheet: sheetOf(world, company), 序号: place };
  }
}

/** Excel takes no more than 31 characters; the number tells companies of one sign apart. */
function sheetOf(world: World, company: number): string {
  return `${signOf(itemAt(world.organisations, company).name).slice(0, 20)}${company}`;
}

const KINDS: Readonly<Record<Vehicle['kind'], string>> = {
  LORRY: '厢式货车',
  VAN: '轻型货车',
  TANKER: '罐车',
  TRAILER: '半挂车',
  COACH: '客车',
};

function writeVehicle(random: Random, world: World, vehicle: Vehicle): Omit<LedgerRow, '_sheet' | '序号'> {
  const { index: turn, plate, colour, kind, certificateNo, operator } = vehicle;
  return {
    '车辆/车牌号': turn % 3 === 1 ? dirtyPlate(random, plate) : plate,
    '车辆/车牌颜色': turn % 4 === 2 ? `${colour}色` : colour,
    '车辆/车辆类型': KINDS[kind],
    '车辆/核定载质量': loadCell(random, vehicle),
    '证件/道路运输证号': turn % 6 === 3 ? `舟字${certificateNo}号` : certificateNo,
    '证件/年审有效期至': vehicle.checkedUntil,
    '证件/保险到期日': turn % 5 === 2 ? excelSerial(vehicle.insuredUntil) : vehicle.insuredUntil,
    '企业/统一社会信用代码': subjectCode(random, world, operator, turn),
    '企业/驾驶员': itemAt(world.persons, turn % world.persons.length).name,
  };
}

/** Tonnes, or kilograms where they are said; nothing for coaches. */
function loadCell(random: Random, { loadKg, index: turn }: Vehicle): string {
  if (loadKg === null) return nullWord(random);
  if (turn % 4 === 1) return `${loadKg}kg`;
  return turn % 4 === 3 ? `${loadKg / 1000}吨` : String(loadKg / 1000);
}
