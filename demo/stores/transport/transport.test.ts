import { vehicleLedgerStore } from '../../drops/company-ledger.js';
import { plateId } from '../../oracle/canonical-id.js';
import { generateWorld } from '../../world/generate-world.js';
import { passengerTripsOf } from '../../world/transport/passenger-trips.js';
import type { Vehicle } from '../../world/world.js';
import { type DecodedRow, decodedRows, refsOfSubject, textOf } from '../testing/decoded-rows.js';
import { caseFacts, inspectionFacts, licenceFacts, rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { waterTransportStore } from './passenger-trip.js';
import { transportStore } from './transport.js';

const keyed = (rows: readonly DecodedRow[], field: string) => {
  const found = new Map(rows.map((row) => [row.values.get(field), row]));
  expect(found.size).toBe(rows.length);
  return (key: string): DecodedRow => {
    const row = found.get(key);
    if (row === undefined) throw new Error(`no row ${key}`);
    return row;
  };
};
const COLOURS: Readonly<Record<Vehicle['colour'], string>> = { 蓝: 'BLUE', 黄: 'YELLOW', 绿: 'GREEN' };

function read(seed: number) {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = transportStore(world);
  return {
    world,
    stores: [store, waterTransportStore(world), vehicleLedgerStore(world)],
    licences: decodedRows(store, 'transport/road-licence.yaml'),
    vehicles: decodedRows(store, 'transport/vehicle.yaml'),
    checks: decodedRows(store, 'transport/inspection.yaml'),
    cases: decodedRows(store, 'transport/case.yaml'),
    trips: decodedRows(waterTransportStore(world), 'transport/passenger-trip.yaml', 'jcg'),
    ledgers: decodedRows(vehicleLedgerStore(world), 'transport/company-vehicle.yaml', '企业车辆台账'),
  };
}

const COUNTIES = [1, 2, 3, 4, 5].map(read);

describe.each(COUNTIES)('the transport bureau after the mappings, seed $world.seed', (county) => {
  const { world, stores, licences, vehicles, checks, cases, trips, ledgers } = county;

  it('holds every road licence exactly once, as the world knows it', () => {
    const issued = world.licences.filter(({ type }) => type === 'ROAD_TRANSPORT');
    expect(licences).toHaveLength(issued.length);
    const rowOf = keyed(licences, 'number');
    for (const licence of issued) {
      const row = rowOf(licence.number);
      // The kind is a constant of the mapping.
      const { type: _kind, ...known } = licenceFacts(world, licence, row);
      const vehicleCount = world.vehicles.filter((vehicle) => vehicle.licence === licence.index).length;
      const facts = { ...known, vehicleCount };
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('registers every vehicle exactly once; those whose plate was cut off name nobody', () => {
    expect(vehicles).toHaveLength(world.vehicles.length);
    const byId = new Map(vehicles.map((row) => [textOf(row, 'clid'), row]));
    for (const vehicle of world.vehicles) {
      const row = byId.get(`CL${String(vehicle.index).padStart(10, '0')}`);
      if (row === undefined) throw new Error(`no row of ${vehicle.plate}`);
      const facts = {
        plateColour: COLOURS[vehicle.colour],
        vehicleKind: vehicle.kind,
        operatingState: vehicle.state,
        registeredAt: vehicle.registeredOn,
        annualCheckTo: vehicle.checkedUntil,
        seats: vehicle.seats,
        township: vehicle.township,
        licenceNo: itemAt(world.licences, vehicle.licence).number,
      };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(row.subject).toBe(vehicle.cutOff ? null : plateId(vehicle));
      const tonnes = row.values.get('loadTonnes') ?? row.values.get('legacyLoadTonnes');
      expect(tonnes === null ? null : Number(tonnes)).toBe(
        vehicle.loadKg === null ? null : vehicle.loadKg / 1000,
      );
      expect(refsOfSubject(world, vehicle.operator).map((ref) => `OWNER ${ref} `)).toContain(row.related[0]);
    }
  });

  it('holds every check and every case of the bureau exactly once, as the world knows them', () => {
    const inspections = [...world.inspections].filter(({ heldBy }) => heldBy === 'transport');
    expect(checks).toHaveLength(inspections.length);
    const checkOf = keyed(checks, 'number');
    for (const inspection of inspections) {
      const row = checkOf(inspection.number);
      const facts = inspectionFacts(world, inspection, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
    const penalties = [...world.cases].filter(({ heldBy }) => heldBy === 'transport');
    expect(cases).toHaveLength(penalties.length);
    const caseOf = keyed(cases, 'caseCode');
    for (const penaltyCase of penalties) {
      const row = caseOf(penaltyCase.caseCode);
      const facts = caseFacts(world, penaltyCase, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('holds every passenger trip exactly once, of ferries and of boats that fish', () => {
    const made = [...passengerTripsOf(world)];
    expect(trips).toHaveLength(made.length);
    const byId = new Map(trips.map((row) => [textOf(row, 'jlid'), row]));
    for (const { index, ship, direction, port, reportedAt, passengers } of made) {
      const row = byId.get(`JCG${String(index).padStart(10, '0')}`);
      if (row === undefined) throw new Error(`no row of trip ${index}`);
      const moment = `${reportedAt.replace(' ', 'T')}+08:00`;
      const date = reportedAt.slice(0, 10);
      const facts = { direction, port, passengers, date, route: ship.route, reportedAt: moment };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect([ship.capacity, null]).toContain(row.values.get('capacity'));
      const refs =
        ship.shipCode === null
          ? refsOfSubject(world, { kind: 'vessel', index: ship.vessel ?? -1 })
          : [`vessel:${ship.shipCode}`];
      expect(refs).toContain(row.subject);
    }
    expect(made.some(({ ship }) => ship.vessel !== null)).toBe(true);
  });

  it('has every vehicle of a company in its ledger, no plate cut off', () => {
    const handedIn = world.vehicles.filter(({ operator }) => operator.kind === 'organisation');
    expect(ledgers).toHaveLength(handedIn.length);
    for (const [place, vehicle] of handedIn.entries()) {
      const row = itemAt(ledgers, place);
      const facts = {
        plateColour: COLOURS[vehicle.colour],
        vehicleKind: vehicle.kind,
        annualCheckTo: vehicle.checkedUntil,
        insuredTo: vehicle.insuredUntil,
      };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(refsOfSubject(world, vehicle.operator)).toContain(row.subject);
      const load = row.values.get('loadTonnes') ?? null;
      expect(load === null ? null : Number(load)).toBe(
        vehicle.loadKg === null ? null : vehicle.loadKg / 1000,
      );
      const bare = textOf(row, '车辆/车牌号').normalize('NFKC').toUpperCase();
      expect(bare.replace(/[\s\u200b·-]/g, '')).toBe(vehicle.plate);
    }
  });

  it('fits its columns', () => {
    for (const store of stores) expect(cellsTooLong(store)).toEqual([]);
  });
});

describe('defects of the transport bureau', () => {
  const of = (name: 'vehicles' | 'licences' | 'checks' | 'cases' | 'trips' | 'ledgers') =>
    COUNTIES.flatMap((county) => county[name]);

  it.each<[string, Parameters<typeof of>[0], (row: DecodedRow) => boolean]>([
    ['D1 holder by the old number', 'licences', (row) => /^\d{15}$/.test(textOf(row, 'bizlicense'))],
    ['a person as holder', 'licences', (row) => row.subject?.startsWith('person:') === true],
    ['D8 a typed date', 'licences', (row) => !/^\d{4}-\d\d-\d\d$/.test(textOf(row, 'valid_date_begin'))],
    ['a plate with a dot', 'vehicles', (row) => textOf(row, 'qcphm').includes('·')],
    [
      'a plate in full width',
      'vehicles',
      (row) => /[Ａ-Ｚ０-９]/.test(textOf(row, 'cphm') + textOf(row, 'qcphm')),
    ],
    [
      'a plate that was cut off, and flagged',
      'vehicles',
      (row) => row.subject === null && textOf(row, 'cphm').length === 7,
    ],
    ['a plate that was cut off, whole elsewhere', 'vehicles', (row) => row.subject === 'plate:浙L90002D'],
    ['D16 a national state', 'vehicles', (row) => textOf(row, 'yyzt') === '10'],
    ['D16 a provincial state', 'vehicles', (row) => textOf(row, 'yyzt') === '1'],
    ['D15 leading empty place', 'checks', (row) => textOf(row, 'zfzh').startsWith(',')],
    ['D18 township in words', 'checks', (row) => /[乡镇嵊]/.test(textOf(row, 'xzqh'))],
    ['D17 an amount in words', 'cases', (row) => /[^\d.]/.test(textOf(row, 'fkje'))],
    ['D2 D3 D11 a ship code as typed', 'trips', (row) => /^(?!CN\d{11}$)./.test(textOf(row, 'cb.cbsbh'))],
    ['a fishing boat by its name alone', 'trips', (row) => row.subject?.startsWith('vesselname:') === true],
    [
      'more passengers than allowed',
      'trips',
      (row) => Number(row.values.get('passengers')) > Number(row.values.get('capacity')),
    ],
    ['D8 Excel serial', 'ledgers', (row) => /^\d{5}$/.test(textOf(row, '证件/保险到期日'))],
    ['a load in kilograms', 'ledgers', (row) => textOf(row, '车辆/核定载质量').endsWith('kg')],
  ])('%s', (_name, list, claim) => {
    expect(of(list).filter(claim).length).toBeGreaterThan(0);
  });

  it('tells a lorry and a van of one number apart by colour alone', () => {
    const subjects = COUNTIES.map(({ vehicles }) => vehicles.map(({ subject }) => subject));
    for (const each of subjects)
      expect(each).toEqual(expect.arrayContaining(['plate:浙L90001黄', 'plate:浙L90001蓝']));
  });
});
