import { type Random, randomFor } from '../../random.js';
import type { VesselPosition, World } from '../../world/world.js';
import type { LegacyStore } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { itemAt } from '../world-lookups.js';

/** Longitude and latitude are whole numbers of this part of a degree, as AIS sends them. */
const PARTS_OF_A_DEGREE = 600_000;

const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'shipCode', type: 'text', length: 16 },
  { name: 'shipName', type: 'text', length: 60 },
  { name: 'mmsi', type: 'text', length: 20 },
  { name: 'lon', type: 'integer' },
  { name: 'lat', type: 'integer' },
  { name: 'utc', type: 'datetime' },
  { name: 'sog', type: 'integer' },
  { name: 'cog', type: 'integer' },
  { name: 'posType', type: 'text', length: 4 },
  { name: 'signalType', type: 'text', length: 10 },
] as const;

type PositionRow = RecordOf<typeof COLUMNS>;

/**
 * The last fixes of the fishing vessels, as the marine platform passes them on: in 1/600000 degree, tenths of a knot,
 * UTC without a zone (D9), now and then with longitude and latitude changed over (D19). A vessel with two terminals
 * has a second row, a second older, from the other one.
 */
export function positionsStore(world: World): LegacyStore {
  return {
    connection: 'positions',
    access: 'if2',
    tables: [
      recordTable({
        name: 'zxwz',
        columns: COLUMNS,
        primaryKey: ['id'],
        indexes: [['shipCode']],
        records: () => records(world),
      }),
    ],
  };
}

function* records(world: World): Generator<PositionRow> {
  let id = 0;
  for (const [turn, position] of world.positions.entries()) {
    const random = randomFor(world.seed, 'positions', position.vessel);
    const row = writePosition(random, world, position, turn);
    if (turn % 6 === 3) {
      id += 1;
      yield { ...row, id, ...otherTerminal(position, row) };
    }
    id += 1;
    yield { ...row, id };
  }
}

function writePosition(random: Random, world: World, position: VesselPosition, turn: number): PositionRow {
  const { vesselCode, name, mmsi } = itemAt(world.vessels, position.vessel);
  const [lon, lat] = [position.lon, position.lat].map((degrees) => Math.round(degrees * PARTS_OF_A_DEGREE));
  const swapped = turn % 11 === 5;
  return {
    id: 0,
    shipCode: vesselCode,
    shipName: turn % 4 === 1 ? `${name}号` : name,
    mmsi,
    lon: (swapped ? lat : lon) ?? null,
    lat: (swapped ? lon : lat) ?? null,
    utc: position.at,
    sog: Math.round(Number(position.speedKn) * 10),
    cog: position.courseDeg,
    posType: random.pick(['0', '0', '0', '1']),
    signalType: signal(position.via, turn % 5 === 2),
  };
}

function signal(via: VesselPosition['via'], unusual: boolean): string {
  if (via === 'AIS') return unusual ? 'ais' : 'AIS';
  return unusual ? 'BD' : '北斗';
}

function otherTerminal({ at, via }: VesselPosition, { lon, lat }: PositionRow) {
  return {
    utc: secondBefore(at),
    lon: Number(lon) - 60,
    lat: Number(lat) + 60,
    signalType: signal(via === 'AIS' ? 'BEIDOU' : 'AIS', false),
  };
}

function secondBefore(utc: string): string {
  const time = new Date(`${utc.replace(' ', 'T')}Z`).getTime() - 1000;
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
