import { generateWorld } from '../../world/generate-world.js';
import { hazardDeclarationsOf } from '../../world/health/occupational-hazards.js';
import { waterTestsOf } from '../../world/health/water-tests.js';
import {
  type DecodedRow,
  decodedRows,
  mappingOf,
  onlyRowOf,
  refsOfSubject,
  tableRows,
  textOf,
} from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { healthStore } from './health.js';
import { resultId } from './water-test.js';

const COUNTIES = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = healthStore(world);
  return {
    seed,
    world,
    store,
    tests: decodedRows(store, 'health/water-test.yaml', 'szjc'),
    declarations: decodedRows(store, 'health/hazard-declaration.yaml', 'zybsb'),
  };
});

const numberOf = (row: DecodedRow, field: string): number | null => {
  const value = row.values.get(field) ?? null;
  return value === null ? null : Number(value);
};

describe.each(COUNTIES)('water and hazards of seed $seed', ({ world, store, ...county }) => {
  it('holds every indicator of every sample once, in milligrams per litre whatever the unit was', () => {
    const made = [...waterTestsOf(world)];
    expect(made.length).toBeGreaterThan(10);
    expect(county.tests).toHaveLength(made.length);
    for (const test of made) {
      const row = onlyRowOf(county.tests, 'jgid', resultId(test));
      const { sampleNo, pointKind, sampledOn, reportedOn, township, supplier, indicator } = test;
      const conclusion = test.passed ? 'QUALIFIED' : 'UNQUALIFIED';
      const facts = {
        sampleNo,
        pointKind,
        sampledOn,
        reportedOn,
        township,
        conclusion,
        indicator: indicator.name,
      };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(refsOfSubject(world, supplier)).toContain(row.subject);
      if (!row.quality.includes('TEXT_DAMAGED:point')) expect(row.values.get('point')).toBe(test.point);
      const isConcentration = indicator.unit === 'mg/L';
      expect(numberOf(row, 'value')).toBe(isConcentration && test.value !== null ? Number(test.value) : null);
      expect(numberOf(row, 'limit')).toBe(isConcentration ? Number(indicator.limit) : null);
      if (!isConcentration) {
        const said = [row.values.get('rawValue'), row.values.get('rawUnit'), row.values.get('rawLimit')];
        expect(said).toEqual([test.value ?? '未检出', indicator.unit, indicator.limit ?? '不得检出']);
      } else if (test.value === null) {
        expect(row.values.get('rawValue')).toMatch(/^(未检出|ND|<[\d.]+|[\d.]+L)$/);
        expect(row.quality.some((mark) => /^(NULL_WORD|NUMBER_UNREADABLE):value$/.test(mark))).toBe(true);
      }
    }
  });

  it('has a firm whose water was beyond the limit once', () => {
    const refs = refsOfSubject(world, { kind: 'organisation', index: 1 });
    const beyond = county.tests.filter(
      (row) =>
        refs.includes(row.subject ?? '') && Number(row.values.get('value')) > Number(row.values.get('limit')),
    );
    expect(beyond.length).toBeGreaterThan(0);
    expect(beyond.every(({ values }) => values.get('conclusion') === 'UNQUALIFIED')).toBe(true);
  });

  it('gives all rows of one result, and of one declaration, the holder and day by which they are asked for', () => {
    const keys = [
      ['szjc', 'jgid', 'gsdwbm', 'cyrq'],
      ['zybsb', 'sbbh', 'yrdwbm', 'sbrq'],
    ] as const;
    for (const [table, key, holder, day] of keys) {
      const asked = new Map<unknown, Set<string>>();
      for (const row of tableRows(store, table)) {
        const known = asked.get(row.get(key)) ?? new Set();
        asked.set(row.get(key), known.add(`${row.get(holder)} ${row.get(day)}`));
      }
      expect([...asked.values()].every(({ size }) => size === 1)).toBe(true);
    }
  });

  it('holds every declaration once, with its hazards and how many are exposed', () => {
    const made = hazardDeclarationsOf(world);
    expect(made.length).toBeGreaterThan(2);
    expect(county.declarations).toHaveLength(made.length);
    for (const declaration of made) {
      const row = onlyRowOf(county.declarations, 'sbbh', declaration.number);
      const { declaredOn, factors, workers, exposed, risk, township, employer } = declaration;
      const facts = { declaredOn, factors, workers, workersExposed: exposed, risk, township };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(refsOfSubject(world, employer)).toContain(row.subject);
      expect(row.values.get('head')).toMatch(/^..?\*+$/u);
    }
  });

  it('reads no telephone number, and fits its columns', () => {
    const read = [...mappingOf('health/hazard-declaration.yaml').fields.values()].map(({ column }) => column);
    expect(read).not.toContain('lxdh');
    expect(cellsTooLong(store)).toEqual([]);
  });
});

type Table = 'tests' | 'declarations';

describe('defects of water and hazards', () => {
  it.each<[string, Table, (row: DecodedRow) => boolean]>([
    ['a person as supplier', 'tests', (row) => row.subject?.startsWith('person:') === true],
    ['D2 D3 supplier as typed', 'tests', (row) => /[a-z０-９：()（\s]/.test(textOf(row, 'gsdwbm'))],
    ['D8 Chinese date', 'tests', (row) => textOf(row, 'bgrq').includes('年')],
    ['D10 damaged', 'tests', (row) => row.quality.includes('TEXT_DAMAGED:point')],
    ['D16 point in words', 'tests', (row) => textOf(row, 'cydlx').endsWith('水')],
    ['D18 township in words', 'tests', (row) => /[乡镇]/.test(textOf(row, 'xzqh'))],
    ['micrograms', 'tests', (row) => /^[μµ]g\/L$/.test(textOf(row, 'jldw'))],
    ['milligrams in capitals', 'tests', (row) => textOf(row, 'jldw') === 'MG/L'],
    ['no unit at all', 'tests', (row) => row.cells.get('jldw') === null],
    ['a unit that is no concentration', 'tests', (row) => row.quality.includes('NUMBER_UNREADABLE:limit')],
    ['未检出', 'tests', (row) => textOf(row, 'jcz') === '未检出'],
    ['ND', 'tests', (row) => textOf(row, 'jcz') === 'ND'],
    ['below what can be detected', 'tests', (row) => textOf(row, 'jcz').startsWith('<')],
    ['an L behind the number', 'tests', (row) => textOf(row, 'jcz').endsWith('L')],
    ['beyond the limit', 'tests', (row) => row.values.get('conclusion') === 'UNQUALIFIED'],
    ['D2 D3 employer as typed', 'declarations', (row) => /[a-z０-９：()（\s]/.test(textOf(row, 'yrdwbm'))],
    ['D11 blanks at an end', 'declarations', (row) => textOf(row, 'yrdwmc') !== textOf(row, 'yrdwmc').trim()],
    ['D15 other separators', 'declarations', (row) => /[;；,]/.test(textOf(row, 'whys'))],
    ['D16 category in words', 'declarations', (row) => textOf(row, 'fxfl') === '严重'],
    ['a category that was given up', 'declarations', (row) => row.values.get('risk') === 'MODERATE'],
    ['D18 township in words', 'declarations', (row) => /[乡镇]/.test(textOf(row, 'xzqh'))],
    ['无 for nobody', 'declarations', (row) => textOf(row, 'jcrs') === '无'],
  ])('%s', (_name, table, claim) => {
    expect(COUNTIES.flatMap((county) => county[table]).filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, Table, string, (row: ReadonlyMap<string, unknown>) => boolean]>([
    ['deleted results', 'tests', 'szjc', (row) => row.get('sfsc') === '1'],
    ['trial results', 'tests', 'szjc', (row) => row.get('cydmc') === '测试点'],
    ['results before they were corrected', 'tests', 'szjc', (row) => row.get('jcz') === '9999'],
    ['deleted declarations', 'declarations', 'zybsb', (row) => row.get('sfsc') === '1'],
    ['trial declarations', 'declarations', 'zybsb', (row) => row.get('whys') === '测试'],
    ['declarations before they were handed in', 'declarations', 'zybsb', (row) => row.get('whys') === '待填'],
  ])('never shows %s', (_name, table, tableName, claim) => {
    const hidden = COUNTIES.flatMap(({ store }) => tableRows(store, tableName).filter(claim));
    expect(hidden.length).toBeGreaterThan(0);
    expect(COUNTIES.flatMap((county) => county[table].filter(({ cells }) => claim(cells)))).toEqual([]);
  });
});
