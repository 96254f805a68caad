import { generateWorld } from '../../world/generate-world.js';
import { caseDetailStore } from '../cases/case-detail.js';
import { positionsStore } from '../marine/positions.js';
import { type DecodedRow, decodedRows, tableRows, textOf } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { legalPersonStore } from './legal-person.js';
import { registryStore } from './registry-crosswalk.js';

const world = generateWorld({ seed: 5, size: 'small' });
const legalPersons = legalPersonStore(world);
const positions = positionsStore(world);
const caseDetails = caseDetailStore(world);
const crosswalks = registryStore(world);

describe('legalPersonStore() after the mapping', () => {
  it('holds every organisation with a credit code, as the world knows it', () => {
    const rows = decodedRows(legalPersons, 'registry/legal-person.yaml', 'frk_frjbxx');
    const held = world.organisations.filter(({ uscc }) => uscc !== null);
    expect(rows).toHaveLength(held.length);
    for (const [place, organisation] of held.entries()) {
      const row = itemAt(rows, place);
      const { uscc, name, regNo, regState, established, township, regCapitalYuan, cancelledAt } =
        organisation;
      const facts = {
        name,
        registrationNumber: regNo,
        state: regState,
        established,
        cancelledAt,
        township,
        registeredCapital: regCapitalYuan,
      };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(row.subject).toBe(`uscc:${uscc}`);
    }
    expect(rows.some(({ quality }) => quality.includes('TEXT_DAMAGED:address'))).toBe(true);
  });
});

describe('positionsStore() after the mapping', () => {
  it('holds the latest fix of every vessel, and older ones of other terminals', () => {
    const rows = decodedRows(positions, 'marine/latest-position.yaml', 'zxwz');
    const newest = new Map<string, DecodedRow>();
    for (const row of rows) {
      const known = newest.get(textOf(row, 'shipCode'));
      if (known === undefined || textOf(row, 'utc') > textOf(known, 'utc'))
        newest.set(textOf(row, 'shipCode'), row);
    }
    expect(newest.size).toBe(world.positions.length);
    expect(rows.length).toBeGreaterThan(newest.size);
    for (const { vessel, at, lon, lat, speedKn, courseDeg } of world.positions) {
      const row = newest.get(itemAt(world.vessels, vessel).vesselCode);
      expect(Math.abs(Number(row?.values.get('longitude')) - lon)).toBeLessThan(2e-6);
      expect(Math.abs(Number(row?.values.get('latitude')) - lat)).toBeLessThan(2e-6);
      expect(Number(row?.values.get('speedKn'))).toBe(Number(speedKn));
      expect(Number(row?.values.get('courseDegrees'))).toBe(courseDeg);
      expect(Date.parse(String(row?.values.get('at')))).toBe(Date.parse(`${at.replace(' ', 'T')}Z`));
      expect(row?.values.get('signal')).not.toBe('UNKNOWN');
    }
    expect(rows.some((row) => Number(textOf(row, 'lat')) > Number(textOf(row, 'lon')))).toBe(true);
  });
});

describe('caseDetailStore()', () => {
  it('holds one row of every case of the case system, its days between filing and decision', () => {
    const held = [...world.cases].filter(({ heldBy }) => heldBy === 'cases');
    const rows = tableRows(caseDetails, 'ajxq');
    expect(rows.map((row) => row.get('caseCode'))).toEqual(held.map(({ caseCode }) => caseCode));
    expect(rows.some((row) => row.get('hearing_result') !== null)).toBe(true);
    const decisions = new Map(
      tableRows(caseDetails, 'ajws')
        .filter((row) => row.get('name') === '行政处罚决定书')
        .map((row) => [row.get('caseCode'), [row.get('number'), row.get('date')]]),
    );
    for (const { caseCode, decisionNo, decidedAt } of held) {
      expect(decisions.get(caseCode)).toEqual(decidedAt === null ? undefined : [decisionNo, decidedAt]);
    }
  });
});

describe('registryStore() after the mappings', () => {
  it('ties old registration numbers to credit codes', () => {
    const rows = decodedRows(crosswalks, 'registry/number-crosswalk.yaml');
    const held = world.organisations.filter(({ uscc, regNo }) => uscc !== null && regNo !== null);
    expect(rows.map((row) => [row.subject, textOf(row, 'zch')])).toEqual(
      held.map(({ uscc, regNo }) => [`uscc:${uscc}`, regNo]),
    );
  });

  it('ties old surrogate keys to those of today', () => {
    const rows = decodedRows(crosswalks, 'registry/pripid-crosswalk.yaml');
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.map((row) => [row.subject, textOf(row, 'old_pripid')])).toEqual(
      world.aliases.map(({ old, organisation }) => [
        `pripid:${itemAt(world.organisations, organisation).pripid}`,
        old,
      ]),
    );
  });
});

const stores = [legalPersons, positions, caseDetails, crosswalks];
describe.each(stores.map((store) => [store.connection, store] as const))('the store %s', (_name, store) => {
  it('fits its columns and walks again to the very same rows', () => {
    expect(cellsTooLong(store)).toEqual([]);
    for (const { name } of store.tables) expect(tableRows(store, name)).toEqual(tableRows(store, name));
  });
});
