import { generateWorld } from '../../world/generate-world.js';
import { type DecodedRow, decodedRows, tableRows, textOf } from '../testing/decoded-rows.js';
import { inspectionFacts, licenceFacts, rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { healthStore } from './health.js';

const world = generateWorld({ seed: 5, size: 'small' });
const store = healthStore(world);
const permits = decodedRows(store, 'health/hygiene-permit.yaml', 'wsxk');
const institutions = decodedRows(store, 'health/medical-institution.yaml', 'yljg');
const checks = decodedRows(store, 'health/inspection.yaml', 'jcxx');

const numbersOf = (rows: readonly DecodedRow[]) => rows.map(({ values }) => values.get('number')).sort();
const byNumber = (rows: readonly DecodedRow[]) => new Map(rows.map((row) => [row.values.get('number'), row]));

describe('healthStore() after the mappings', () => {
  it.each([
    ['HYGIENE_PERMIT', permits],
    ['MEDICAL_INSTITUTION', institutions],
  ])('holds every %s exactly once, as the world knows it', (type, rows) => {
    const issued = world.licences.filter((licence) => licence.type === type);
    expect(issued.length).toBeGreaterThan(3);
    expect(numbersOf(rows)).toEqual(issued.map(({ number }) => number).sort());
    const held = byNumber(rows);
    for (const licence of issued) {
      const row = held.get(licence.number);
      if (row === undefined) throw new Error(`no row of ${licence.number}`);
      // The kind is a constant of the mapping.
      const { type: _kind, ...known } = licenceFacts(world, licence, row);
      const facts = { ...known, township: licence.township };
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('holds every check of health exactly once, as the world knows it', () => {
    const held = [...world.inspections].filter(({ heldBy }) => heldBy === 'health');
    expect(held.length).toBeGreaterThan(50);
    expect(numbersOf(checks)).toEqual(held.map(({ number }) => number).sort());
    const known = byNumber(checks);
    for (const inspection of held) {
      const row = known.get(inspection.number);
      if (row === undefined) throw new Error(`no row of ${inspection.number}`);
      const facts = inspectionFacts(world, inspection, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('gives all rows of one permit the same holder and day of entry, by which they are asked for', () => {
    const asked = new Map<unknown, Set<string>>();
    for (const row of tableRows(store, 'wsxk')) {
      const key = row.get('daid');
      asked.set(
        key,
        (asked.get(key) ?? new Set()).add(`${row.get('chiyourenbm')} ${row.get('operatedate')}`),
      );
    }
    expect([...asked.values()].every(({ size }) => size === 1)).toBe(true);
    expect(tableRows(store, 'wsxk').length).toBeGreaterThan(asked.size);
  });

  it('fits its columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

describe('defects of the health store', () => {
  it.each<[string, readonly DecodedRow[], (row: DecodedRow) => boolean]>([
    ['D1 holder by the old number', checks, (row) => /^\d{15}$/.test(textOf(row, 'bjcdwbm'))],
    ['D2 D3 holder as typed', checks, (row) => /[a-z０-９：()（]/.test(textOf(row, 'bjcdwbm'))],
    ['a person as holder', permits, (row) => row.subject?.startsWith('person:') === true],
    ['D8 Chinese date', permits, (row) => textOf(row, 'licensestart').includes('年')],
    ['D10 an islet outside GBK', permits, (row) => textOf(row, 'dz').includes('㟙')],
    ['D10 damaged', permits, (row) => /锟|\ufffd|ÖÜ/.test(textOf(row, 'dz'))],
    ['D11 blanks at an end', permits, (row) => textOf(row, 'comp_name') !== textOf(row, 'comp_name').trim()],
    ['D15 leading empty place', checks, (row) => textOf(row, 'zfzh').startsWith('、')],
    ['D18 township in words', permits, (row) => /[乡镇]/.test(textOf(row, 'xzqh'))],
    ...['1', '0', '有效', '注销', '过期'].map(
      (state): [string, readonly DecodedRow[], (row: DecodedRow) => boolean] => [
        `state ${state}`,
        permits,
        (row) => textOf(row, 'zjzt') === state,
      ],
    ),
  ])('%s', (_name, rows, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });

  it('hides what was deleted and what was a trial', () => {
    const rows = tableRows(store, 'jcxx');
    const hidden = rows.filter(
      (row) => row.get('sfsc') === '1' || ['1', '测试'].includes(String(row.get('csbz'))),
    );
    expect(hidden.length).toBe(rows.length - checks.length);
    expect(hidden.length).toBeGreaterThan(5);
  });
});
