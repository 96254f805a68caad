import { type Random, randomFor } from '../../random.js';
import { type PassengerTrip, passengerTripsOf } from '../../world/transport/passenger-trips.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText, dirtyVesselName, fullWidth, nullWord } from '../dirt/dirt.js';
import type { LegacyStore, LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { itemAt, namesOfOneVessel } from '../world-lookups.js';
import { TRIP_DIRECTIONS } from './transport-codes.js';

const COLUMNS = [
  { name: 'jlid', type: 'text', length: 24 },
  { name: 'cb.cbmc', type: 'text', length: 60 },
  { name: 'cb.cbsbh', type: 'text', length: 60 },
  { name: 'cb.yycbm', type: 'text', length: 40 },
  { name: 'cb.yyzh', type: 'text', length: 60 },
  { name: 'cb.zd', type: 'integer' },
  { name: 'hx.hxmc', type: 'text', length: 100 },
  { name: 'jcg.lx', type: 'text', length: 10 },
  { name: 'jcg.gkmc', type: 'text', length: 60 },
  { name: 'jcg.sj', type: 'datetime' },
  { name: 'zk.zkrs', type: 'text', length: 20 },
  { name: 'zk.hdzks', type: 'text', length: 20 },
  { name: 'csbz', type: 'text', length: 8 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type TripRow = RecordOf<typeof COLUMNS>;

/** 水路旅客运输进出港: reports of ferries, tour boats and leisure fishing boats, behind a JSON service. */
export function waterTransportStore(world: World): LegacyStore {
  return { connection: 'water-transport', access: 'rest', tables: [tripTable(world)] };
}

/**
 * `jcg`; its columns are the paths of the JSON that the service makes of a row. Ferries are known by their 船舶识别号. Leisure fishing boats have none: the marine bureau's 渔船编码 is there,
 * or only a name that one vessel alone bears.
 */
function tripTable(world: World): LegacyTable {
  return recordTable({
    name: 'jcg',
    columns: COLUMNS,
    primaryKey: ['jlid'],
    indexes: [['jcg.sj'], ['cb.cbsbh'], ['cb.yycbm']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<TripRow> {
  const byName = namesOfOneVessel(world.vessels);
  for (const trip of passengerTripsOf(world)) {
    const random = randomFor(world.seed, 'transport.trip', trip.index);
    const row = writeTrip(random, world, trip, byName);
    yield row;
    if (trip.index % 13 === 6) {
      const flag = trip.index % 2 === 0 ? '1' : '测试';
      yield { ...row, jlid: `${String(row.jlid)}T`, 'zk.zkrs': '999', csbz: flag };
    }
  }
}

function writeTrip(random: Random, world: World, trip: PassengerTrip, byName: ReadonlySet<string>): TripRow {
  const { index: turn, ship, reportedAt, passengers } = trip;
  return {
    jlid: `JCG${String(turn).padStart(10, '0')}`,
    ...shipCells(random, world, trip, byName),
    'cb.yyzh': ship.certificateNo,
    'cb.zd': ship.grossTon,
    'hx.hxmc': ship.route,
    'jcg.lx': spell(TRIP_DIRECTIONS, trip.direction, turn % 4 === 1 ? 1 : null),
    'jcg.gkmc': ship.homePort,
    'jcg.sj': reportedAt,
    'zk.zkrs': turn % 5 === 3 ? `${passengers}人` : String(passengers),
    'zk.hdzks': turn % 9 === 5 ? nullWord(random) : String(ship.capacity),
    csbz: turn % 3 === 0 ? '0' : null,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(reportedAt.slice(0, 10), world.today, 0, turn),
  };
}

function shipCells(
  random: Random,
  world: World,
  { index: turn, ship }: PassengerTrip,
  byName: ReadonlySet<string>,
) {
  const { name, shipCode, vessel } = ship;
  if (shipCode !== null)
    return { 'cb.cbmc': name, 'cb.cbsbh': typedShipCode(random, shipCode, turn), 'cb.yycbm': null };
  const { vesselCode } = itemAt(world.vessels, vessel ?? 0);
  const nameless = byName.has(name) && turn % 3 === 1;
  return {
    'cb.cbmc': turn % 2 === 0 ? name : dirtyVesselName(random, name),
    'cb.cbsbh': turn % 4 === 2 ? '无' : null,
    'cb.yycbm': nameless ? null : vesselCode,
  };
}

/** D2, D3, D11 in a number without a check that anybody knows: nothing of it is ever guessed. */
function typedShipCode(random: Random, shipCode: string, turn: number): string {
  if (turn % 4 !== 2) return shipCode;
  return random.pick([
    () => shipCode.toLowerCase(),
    () => fullWidth(shipCode),
    () => `船舶识别号：${shipCode}`,
    () => `${shipCode.slice(0, 6)}-${shipCode.slice(6)}`,
    () => dirtyText(random, shipCode),
  ])();
}
