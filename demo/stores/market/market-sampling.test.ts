import { generateWorld } from '../../world/generate-world.js';
import { samplingsOf } from '../../world/market/samplings.js';
import { type DecodedRow, decodedRows, refsOfSubject, textOf } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong, type NamedRow, namedRows } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { marketStore } from './market.js';

const TABLE = 'spcj_jg';
/** What one of a unit is in mg/kg; of other units nothing. */
const IN_MG_PER_KG: Readonly<Record<string, number>> = { 'mg/kg': 1, 'μg/kg': 0.001 };
const numberOf = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

const counties = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = marketStore(world);
  return {
    seed,
    world,
    store,
    made: decodedRows(store, 'market/sampling.yaml'),
    taken: decodedRows(store, 'market/sampling-place.yaml'),
  };
});

describe.each(counties)('samples after the mappings, seed $seed', ({ world, store, made, taken }) => {
  const known = samplingsOf(world);

  it('are there exactly once each, as the world knows them, at producer and place', () => {
    expect(made).toHaveLength(known.length);
    expect(taken).toHaveLength(known.length);
    for (const sampling of known) {
      const { index, number, category, producer, producerName, place, township, failure } = sampling;
      const { sampledOn, publishedOn, batch } = sampling;
      const facts = {
        ...{ sampleNo: number, category, sampledOn, publishedOn, township, producerName },
        placeName: itemAt(world.organisations, place.index).name,
        conclusion: failure === null ? 'QUALIFIED' : 'UNQUALIFIED',
        failedItem: failure?.item ?? null,
        rawMeasured: failure?.measured ?? null,
        rawLimit: failure?.limit ?? null,
      };
      for (const row of [itemAt(made, index), itemAt(taken, index)]) {
        expect(rowFacts(row, facts)).toEqual(facts);
        expect(String(row.values.get('batch'))).toContain(batch);
        const isDamaged = row.quality.includes('TEXT_DAMAGED:product');
        expect(isDamaged || row.values.get('product') === sampling.product).toBe(true);
        const unit = failure === null ? undefined : IN_MG_PER_KG[failure.unit];
        const content = (text: string | undefined): number | null =>
          unit === undefined ? null : Number((Number(text) * unit).toPrecision(12));
        expect(numberOf(row.values.get('measured'))).toBe(content(failure?.measured));
        expect(numberOf(row.values.get('limit'))).toBe(content(failure?.limit));
        const isUnread = failure !== null && unit === undefined;
        expect(row.quality.includes('NUMBER_UNREADABLE:measured')).toBe(isUnread);
      }
      const { subject } = itemAt(made, index);
      if (producer === null) expect(subject).toBeNull();
      else expect(refsOfSubject(world, producer)).toContain(subject);
      expect(refsOfSubject(world, place)).toContain(itemAt(taken, index).subject);
    }
  });

  it('failed above their limit, at producers of the county too', () => {
    const failed = known.filter(({ failure }) => failure !== null);
    for (const { failure } of failed)
      expect(Number(failure?.measured)).toBeGreaterThan(Number(failure?.limit));
    expect(failed.filter(({ producer }) => producer !== null).length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(known.length / 2);
    for (const { sampledOn, publishedOn } of known) {
      expect(sampledOn < publishedOn && publishedOn <= world.today).toBe(true);
    }
  });

  it('fit their columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

describe('defects of the samples', () => {
  const rows = counties.flatMap(({ made, taken }) => [...made, ...taken]);
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D1 old number in the column of codes', (row) => /^\d{15}$/.test(textOf(row, 'bcydwdm'))],
    ['D2 D3 codes as typed', (row) => /[a-z０-９：()（]/.test(textOf(row, 'scqydm'))],
    ['D4 / for nothing', (row) => row.quality.includes('NULL_WORD:failedItem')],
    ['D8 days as typed', (row) => !/^\d{4}-\d{2}-\d{2}$/.test(textOf(row, 'cyrq'))],
    ['D10 wrong encoding', (row) => row.quality.includes('TEXT_DAMAGED:product')],
    ['D11 blanks at an end', (row) => /^\s|[\s\u200b]$/.test(textOf(row, 'ypmc'))],
    ['D16 conclusions as numbers', (row) => textOf(row, 'jyjl') === '2'],
    ['D17 micrograms', (row) => /^[uμ]g/.test(textOf(row, 'dw'))],
    ['D17 milligrams in capitals', (row) => textOf(row, 'dw') === 'MG/KG'],
    ['a unit that is no share of mass', (row) => textOf(row, 'dw') === 'CFU/g'],
    ['D18 township in words', (row) => /[乡镇]/.test(textOf(row, 'xzqh'))],
  ])('%s', (_name, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, (row: NamedRow) => boolean]>([
    ['D12 what was taken back', (row) => /ZXB$/.test(String(row.get('cydbh')))],
    ['D13 trials', (row) => row.get('ypmc') === '测试样品'],
    ['D14 samples in test', (row) => row.get('jyjl') === '检验中'],
  ])('%s never survive', (_name, claim) => {
    const shown = new Set(rows.map((row) => JSON.stringify([...row.cells])));
    const found = counties.flatMap((county) => namedRows(county.store, TABLE)).filter(claim);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((row) => shown.has(JSON.stringify([...row])))).toEqual([]);
  });
});
