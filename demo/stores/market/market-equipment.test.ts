import { compileRowCheck } from '../../../subgraphs/engine/read/row/row-checks.js';
import { generateWorld } from '../../world/generate-world.js';
import { specialEquipmentOf } from '../../world/market/special-equipment.js';
import { type DecodedRow, decodedRows, mappingOf, refsOfSubject, textOf } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong, type NamedRow, namedRows } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { marketStore } from './market.js';
import { isNeverMovedOn } from './market-equipment.js';

const FILE = 'market/special-equipment.yaml';
const TABLE = 'tzsb_sbxx';

/** What is marked of a row, its dates compared with each other. */
function marksOf({ values, quality }: DecodedRow): readonly string[] {
  const marks = [...quality];
  compileRowCheck(mappingOf(FILE), [...values.keys()])(values, marks);
  return marks;
}

const counties = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = marketStore(world);
  return { seed, world, store, rows: decodedRows(store, FILE), known: [...specialEquipmentOf(world)] };
});

describe.each(counties)(
  'special equipment after the mapping, seed $seed',
  ({ world, store, rows, known }) => {
    it('is there exactly once each, as the world knows it, under the firm that uses it', () => {
      expect(known.length).toBeGreaterThan(10);
      expect(rows).toHaveLength(known.length);
      for (const equipment of known) {
        const row = itemAt(rows, equipment.index);
        const { code, category, name, user, township, inspectedOn, nextInspection, passed, state } =
          equipment;
        const facts = { registrationCode: code, category, name, township, inspectedOn, state };
        expect(rowFacts(row, facts)).toEqual(facts);
        expect(row.values.get('conclusion')).toBe(passed ? 'QUALIFIED' : 'UNQUALIFIED');
        expect(row.values.get('usedBy')).toBe(world.organisations[user.index]?.name);
        expect(refsOfSubject(world, user)).toContain(row.subject);
        const marked = marksOf(row).includes('TEMPORAL_INCONSISTENT:nextInspection');
        expect(marked).toBe(isNeverMovedOn(equipment));
        if (!marked) expect(row.values.get('nextInspection') ?? null).toBe(nextInspection);
      }
    });

    it('has codes of twenty digits, no two alike, and something in use that is overdue', () => {
      expect(new Set(known.map(({ code }) => code)).size).toBe(known.length);
      for (const { code } of known) expect(code).toMatch(/^\d{4}330922\d{10}$/);
      const overdue = rows.filter(
        ({ values }) =>
          values.get('state') === 'IN_USE' && String(values.get('nextInspection') ?? '9') < world.today,
      );
      expect(overdue.length).toBeGreaterThan(0);
    });

    it('fits its columns', () => {
      expect(cellsTooLong(store)).toEqual([]);
    });
  },
);

describe('defects of the register of special equipment', () => {
  const rows = counties.flatMap((county) => county.rows);
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D1 old number in the column of codes', (row) => /^\d{15}$/.test(textOf(row, 'tyshxydm'))],
    ['D2 a registration code in wide digits', (row) => /[０-９]/.test(textOf(row, 'sbzcdm'))],
    ['a registration code in groups', (row) => textOf(row, 'sbzcdm').includes(' ')],
    [
      'D7 masked code, PRIPID intact',
      (row) => textOf(row, 'tyshxydm').includes('***') && row.subject !== null,
    ],
    ['D4 words for nothing', (row) => row.quality.includes('NULL_WORD:inspectedBy')],
    ['D8 a month', (row) => /^\d{4}-\d{2}$/.test(textOf(row, 'xcjyrq'))],
    ['D8 a month in Chinese', (row) => /^\d{4}年\d+月$/.test(textOf(row, 'xcjyrq'))],
    ['D8 a day as typed', (row) => !/^\d{4}-\d{2}-\d{2}$/.test(textOf(row, 'jyrq'))],
    ['D16 kinds in words', (row) => /^[^0-9]+$/.test(textOf(row, 'sbzl'))],
    ['D16 kinds in codes', (row) => /^\d000$/.test(textOf(row, 'sbzl'))],
    ['D16 states as numbers', (row) => /^\d$/.test(textOf(row, 'syzt'))],
    ['D18 township in words', (row) => /[乡镇]/.test(textOf(row, 'xzqh'))],
    ['D22 never moved on', (row) => marksOf(row).includes('TEMPORAL_INCONSISTENT:nextInspection')],
  ])('%s', (_name, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, (row: NamedRow) => boolean]>([
    ['D12 invalid', (row) => row.get('S_EXT_VALIDFLAG') === '0'],
    ['D12 what was taken back', (row) => String(row.get('sbid')).endsWith('S')],
    ['D13 trials', (row) => row.get('sbmc') === '测试设备'],
    ['D14 before the last inspection', (row) => row.get('jyrq') === '2015-01-01'],
  ])('%s never survives', (_name, claim) => {
    const shown = new Set(rows.map((row) => JSON.stringify([...row.cells])));
    const found = counties.flatMap(({ store }) => namedRows(store, TABLE)).filter(claim);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((row) => shown.has(JSON.stringify([...row])))).toEqual([]);
  });
});
