import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { generateWorld } from '../../world/generate-world.js';
import { forestRightsOf } from '../../world/planning/make-forest-rights.js';
import { type DecodedRow, decodedRows, refsOfSubject, tableRows, textOf } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { isMasked } from './forest-right.js';
import { planningStore } from './planning.js';

const COUNTIES = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = planningStore(world);
  return { seed, world, store, rights: decodedRows(store, 'planning/forest-right.yaml') };
});

const numberOf = (row: DecodedRow): string =>
  normaliseDocumentNumber(String(row.values.get('certificateNo')));

describe.each(COUNTIES)('forest rights of seed $seed', ({ world, store, ...county }) => {
  it('stand there once each, under all their holders whose numbers can be read', () => {
    const rights = forestRightsOf(world);
    expect(rights.length).toBeGreaterThan(8);
    expect(county.rights).toHaveLength(rights.length);
    const rows = new Map(county.rights.map((row) => [numberOf(row), row]));
    for (const right of rights) {
      const row = rows.get(normaliseDocumentNumber(right.number));
      if (row === undefined) throw new Error(`no row of ${right.number}`);
      const { township, species, forestKind, from, to } = right;
      const facts = { township, species, forestKind, useFrom: from, useTo: to };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(Number(row.values.get('areaMu'))).toBeCloseTo(Number(right.areaSqm) * 0.0015, 9);
      expect(row.values.get('holders')).toHaveLength(right.holders.length);
      const compartment = row.values.get('compartment') ?? null;
      if (textOf(row, 'LBXB') === right.compartment) expect(compartment).toBe(right.compartment);
      else expect(compartment).toBeNull();
      if (!row.quality.includes('TEXT_DAMAGED:place')) expect(row.values.get('place')).toBe(right.place);
      const known = right.holders.flatMap((holder) =>
        holder === null || isMasked(right, holder) ? [] : [refsOfSubject(world, holder)],
      );
      expect(row.subjects).toHaveLength(known.length);
      for (const [place, ref] of row.subjects.entries()) expect(itemAt(known, place)).toContain(ref);
    }
  });

  it('fit their columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

const ROWS = COUNTIES.flatMap(({ rights }) => rights);

describe('defects of forest rights', () => {
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D2 D3 holder as typed', (row) => /[a-zOI０-９：()（]/.test(textOf(row, 'QLRZJH'))],
    ['D4 words for nothing', (row) => row.quality.includes('NULL_WORD:compartment')],
    ['D6 15-digit holder', (row) => /(^|、)\d{15}(、|$)/.test(textOf(row, 'QLRZJH'))],
    ['D7 masked holder', (row) => textOf(row, 'QLRZJH').includes('***') && row.subject === null],
    ['D8 Chinese date', (row) => textOf(row, 'SYQQ').includes('年')],
    ['D8 without end', (row) => row.values.get('useTo') === null],
    ['D10 damaged', (row) => row.quality.includes('TEXT_DAMAGED:place')],
    ['D15 several holders', (row) => row.subjects.length === 2],
    ['D15 leading empty place', (row) => textOf(row, 'QLRZJH').startsWith('、')],
    ['D16 kind in words', (row) => textOf(row, 'LZ').endsWith('林')],
    ['a kind by its old name', (row) => textOf(row, 'LZ') === '薪炭林'],
    ['D18 township in words', (row) => /[乡镇]/.test(textOf(row, 'XZQDM'))],
    ['亩 without a unit', (row) => /^[\d.]+$/.test(textOf(row, 'LDMJ'))],
    ['亩 with it', (row) => textOf(row, 'LDMJ').endsWith('亩')],
    ['hectares', (row) => textOf(row, 'LDMJ').endsWith('公顷')],
    ['square metres', (row) => /(m²|平方米)$/.test(textOf(row, 'LDMJ'))],
    ['numbers with other brackets', (row) => /[[【（(［]/.test(textOf(row, 'LQZH'))],
  ])('%s', (_name, claim) => {
    expect(ROWS.filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, (row: ReadonlyMap<string, unknown>) => boolean]>([
    ['cancelled rights', (row) => row.get('ZL') === '已注销地块'],
    ['trial rights', (row) => row.get('LQZH') === '测试'],
  ])('never shows %s', (_name, claim) => {
    const hidden = COUNTIES.flatMap(({ store }) => tableRows(store, 'LQ_LQDJXX').filter(claim));
    expect(hidden.length).toBeGreaterThan(0);
    expect(ROWS.filter(({ cells }) => claim(cells))).toEqual([]);
  });
});
