import { normaliseDocumentNumber } from '../../subgraphs/values/texts/document-number.js';
import { type DecodedRow, decodedRows, refsOfSubject, textOf } from '../stores/testing/decoded-rows.js';
import { licenceFacts, rowFacts } from '../stores/testing/expect-world.js';
import { travelAgencyOf } from '../world/culture/make-travel-agencies.js';
import { generateWorld } from '../world/generate-world.js';
import { cultureStore } from './culture.js';

const counties = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'small' });
  const rows = decodedRows(cultureStore(world), 'culture/travel-agency.yaml', '旅行社名录');
  return { seed, world, rows };
});

describe.each(counties)('the list of travel agencies after the mapping, seed $seed', ({ world, rows }) => {
  const issued = world.licences.filter(({ type }) => type === 'TRAVEL_AGENCY');

  it('holds every licence exactly once, as the world knows it, without an end', () => {
    expect(issued.length).toBeGreaterThan(2);
    expect(rows).toHaveLength(issued.length);
    const known = new Map(rows.map((row) => [row.values.get('number'), row]));
    for (const licence of issued) {
      const row = known.get(licence.number);
      if (row === undefined) throw new Error(`no row of ${licence.number}`);
      const { type: _constant, ...facts } = licenceFacts(world, licence, row);
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(facts.validTo).toBeNull();
      expect(refsOfSubject(world, licence.holder)).toContain(row.subject);
      const { scope, branches, depositedAs } = travelAgencyOf(world, licence);
      const own = { agencyName: licence.siteName, township: licence.township, scope, branches, depositedAs };
      expect(rowFacts(row, own)).toEqual(own);
    }
  });

  it('tells deposits in yuan, as much as scope and branches ask for', () => {
    const amounts = new Map(
      rows.map(({ values }) => [normaliseDocumentNumber(String(values.get('number'))), values]),
    );
    for (const licence of issued) {
      const values = amounts.get(normaliseDocumentNumber(licence.number));
      const { deposit } = travelAgencyOf(world, licence);
      expect(Number(values?.get('deposit'))).toBe(Number(deposit));
      const branches = Number(values?.get('branches'));
      const abroad = String(values?.get('scope')).includes('出境');
      expect(Number(deposit)).toBe(
        200_000 + 50_000 * branches + (abroad ? 1_200_000 + 300_000 * branches : 0),
      );
      expect(values?.get('sheet')).toBe(abroad ? '出境游组团社' : '国内及入境游旅行社');
    }
  });
});

describe('defects of the list of travel agencies', () => {
  const rows = counties.flatMap((county) => county.rows);
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D1 D2 D3 a code as typed', (row) => !/^9[0-9A-Z]{17}$/.test(textOf(row, '基本信息/统一社会信用代码'))],
    ['D2 a number in wide letters', (row) => textOf(row, '许可/许可证编号').startsWith('Ｌ')],
    ['D4 words for nothing', (row) => row.quality.includes('NULL_WORD:validTo')],
    ['D8 长期', (row) => textOf(row, '许可/有效期至') === '长期'],
    ['D8 a day far off', (row) => textOf(row, '许可/有效期至').startsWith('9999')],
    ['D8 days as typed', (row) => !/^\d{4}-\d{2}-\d{2}$/.test(textOf(row, '许可/发证日期'))],
    ['D11 blanks at an end', (row) => textOf(row, '基本信息/旅行社名称') !== row.values.get('agencyName')],
    ['D15 another separator', (row) => textOf(row, '许可/经营范围').includes('；')],
    ['D16 states in other words', (row) => textOf(row, '许可/状态') === '营业中'],
    ['D17 yuan below 万元', (row) => /\d{6}元$/.test(textOf(row, '质量保证金/金额（万元）'))],
    ['D17 万元 in the cell', (row) => textOf(row, '质量保证金/金额（万元）').endsWith('万元')],
    ['D17 capital numerals', (row) => /[壹贰叁肆伍]/.test(textOf(row, '质量保证金/金额（万元）'))],
    ['D18 township by its code', (row) => /^\d{9}$/.test(textOf(row, '基本信息/乡镇'))],
    [
      '无 for no branch',
      (row) => textOf(row, '基本信息/分社数') === '无' && row.values.get('branches') === 0,
    ],
  ])('%s', (_name, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });
});
