import {
  type DecodedRow,
  decodedRows,
  refsOfSubject,
  tableRows,
  textOf,
} from '../stores/testing/decoded-rows.js';
import { licenceFacts, rowFacts } from '../stores/testing/expect-world.js';
import { sportsVenueOf } from '../world/culture/make-sports-licences.js';
import { generateWorld } from '../world/generate-world.js';
import { cultureStore } from './culture.js';

const TABLE = '高危险性体育项目许可';
const counties = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'small' });
  const store = cultureStore(world);
  return { seed, world, store, rows: decodedRows(store, 'culture/sports-licence.yaml', TABLE) };
});

describe.each(counties)('licences of high-risk sports after the mapping, seed $seed', ({ world, rows }) => {
  it('are there exactly once each, as the world knows them', () => {
    const issued = world.licences.filter(({ type }) => type === 'HIGH_RISK_SPORTS');
    expect(issued.length).toBeGreaterThan(2);
    expect(rows).toHaveLength(issued.length);
    const known = new Map(rows.map((row) => [row.values.get('number'), row]));
    for (const licence of issued) {
      const row = known.get(licence.number);
      if (row === undefined) throw new Error(`no row of ${licence.number}`);
      const { type: _constant, ...facts } = licenceFacts(world, licence, row);
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(refsOfSubject(world, licence.holder)).toContain(row.subject);
      const own = {
        venueName: licence.siteName,
        township: licence.township,
        ...sportsVenueOf(world, licence),
      };
      expect(rowFacts(row, own)).toEqual(own);
    }
  });

  it('are of sea fishing since 2024 alone, of pools too', () => {
    const sports = new Set(rows.map(({ values }) => values.get('sport')));
    expect(sports).toContain('SWIMMING');
    expect(sports).toContain('SEA_FISHING');
    for (const { values } of rows) {
      if (values.get('sport') === 'SEA_FISHING') expect(String(values.get('validFrom')) >= '2024').toBe(true);
    }
  });
});

describe('defects of the licences of high-risk sports', () => {
  const rows = counties.flatMap((county) => county.rows);
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D1 D2 D3 a code as typed', (row) => !/^9[0-9A-Z]{17}$/.test(textOf(row, 'tyshxydm'))],
    ['D4 words for nothing', (row) => row.quality.includes('NULL_WORD:issuer')],
    ['D8 days as typed', (row) => !/^\d{4}-\d{2}-\d{2}$/.test(textOf(row, 'yxqs'))],
    ['D11 blanks at an end', (row) => textOf(row, 'csmc') !== row.values.get('venueName')],
    ['D16 sports in words', (row) => textOf(row, 'xmlx') === '海钓'],
    ['D17 numbers with 人', (row) => textOf(row, 'zdrs').endsWith('人')],
    ['无 for nobody', (row) => textOf(row, 'zdys') === '无' && row.values.get('instructors') === 0],
    ['D18 township by its code', (row) => /^\d{9}$/.test(textOf(row, 'xzmc'))],
  ])('%s', (_name, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, string, string]>([
    ['D13 trials', 'bz', '测试'],
    ['D14 lines before the approval', 'yxqz', '2019-12-31'],
  ])('%s never survive', (_name, column, cell) => {
    const found = counties
      .flatMap(({ store }) => tableRows(store, TABLE))
      .filter((row) => row.get(column) === cell);
    expect(found.length).toBeGreaterThan(0);
    expect(rows.filter((row) => textOf(row, column) === cell)).toEqual([]);
  });
});
