import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { generateWorld } from '../../world/generate-world.js';
import { imageSpotsOf } from '../../world/planning/make-image-spots.js';
import { mineOf } from '../../world/planning/make-mining-licences.js';
import { parcelsOf } from '../../world/planning/make-parcels.js';
import { type DecodedRow, decodedRows, refsOfSubject, tableRows, textOf } from '../testing/decoded-rows.js';
import { caseFacts, licenceFacts, rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { planningStore } from './planning.js';

const SEEDS = [1, 2, 3, 4, 5];
const COUNTIES = SEEDS.map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = planningStore(world);
  return {
    seed,
    world,
    store,
    parcels: decodedRows(store, 'planning/parcel.yaml'),
    spots: decodedRows(store, 'planning/image-spot.yaml'),
  };
});
/** One case in a hundred is the bureau's, and mines are few: it takes larger counties to see some. */
const LARGER = SEEDS.map((seed) => {
  const world = generateWorld({ seed, size: 'small' });
  const store = planningStore(world);
  return {
    seed,
    world,
    store,
    cases: decodedRows(store, 'planning/case.yaml'),
    mines: decodedRows(store, 'planning/mining-licence.yaml'),
  };
});

/** Square metres as 亩. */
const muOf = (squareMetres: string | number): number => Number(squareMetres) * 0.0015;

function rowOf(rows: readonly DecodedRow[], field: string, value: string): DecodedRow {
  const [row, ...others] = rows.filter(({ values }) => values.get(field) === value);
  if (row === undefined || others.length > 0) throw new Error(`not one row of ${value}`);
  return row;
}

describe.each(COUNTIES)('the planning bureau of seed $seed', ({ world, store, ...county }) => {
  it('holds every parcel once, under all its owners', () => {
    const parcels = parcelsOf(world);
    expect(county.parcels).toHaveLength(parcels.length);
    for (const parcel of parcels) {
      const row = rowOf(county.parcels, 'parcelCode', parcel.parcelCode);
      const facts = { township: parcel.township, rightFrom: parcel.from, rightTo: parcel.to };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(Number(row.values.get('areaMu'))).toBeCloseTo(muOf(parcel.areaSqm), 9);
      const unit = row.values.get('unitNumber') ?? null;
      expect(unit).toBe(textOf(row, 'BDCDYH').length === 28 ? parcel.unitNumber : null);
      expect(row.quality.includes('TEXT_IMPLAUSIBLE:unitNumber')).toBe(unit === null);
      expect(row.values.get('landUse')).toBe(LAND_USES.get(parcel.landUse));
      expect(row.values.get('owners')).toHaveLength(parcel.owners.length);
      const known = parcel.owners.map((owner) => refsOfSubject(world, owner));
      expect(row.subjects).toHaveLength(known.length);
      for (const [place, ref] of row.subjects.entries()) expect(itemAt(known, place)).toContain(ref);
    }
  });

  it('holds every spot once, with whoever uses the land and the case that followed', () => {
    const spots = imageSpotsOf(world);
    const cases = [...world.cases];
    expect(county.spots).toHaveLength(spots.length);
    for (const { number, user, township, areaSqm, seenOn, offence, judgement, case: led } of spots) {
      const row = rowOf(county.spots, 'spotNumber', number);
      const facts = { township, seenOn, offence, judgement };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(Number(row.values.get('areaMu'))).toBeCloseTo(muOf(areaSqm), 9);
      if (user === null) expect(row.subject).toBeNull();
      else expect(refsOfSubject(world, user)).toContain(row.subject);
      const followed = led === null ? null : itemAt(cases, led);
      const said = row.values.get('caseNumber') ?? null;
      const names = [followed?.caseCode, followed?.decisionNo].map((name) => normal(name ?? null));
      expect(names).toContain(normal(said));
      if (followed !== null) expect(said).not.toBeNull();
    }
  });

  it('was written to this morning even if it holds no case', () => {
    const times = tableRows(store, 'gt_wfajxx').map((row) => String(row.get('cd_time')));
    expect(times.sort().at(-1)).toBe(`${world.today} 06:30:00`);
  });

  it('fits its columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

const normal = (number: unknown): string | null =>
  number === null ? null : normaliseDocumentNumber(String(number));

const LAND_USES = new Map([
  ['0601', 'INDUSTRY'],
  ['0602', 'MINING'],
  ['0501', 'RETAIL'],
  ['0504', 'LODGING'],
  ['0702', 'HOMESTEAD'],
  ['1104', 'POND'],
]);

describe.each(LARGER)('the planning bureau of a larger county, seed $seed', ({ world, store, ...county }) => {
  it('holds every mining licence once, with its place and area', () => {
    const licences = world.licences.filter(({ type }) => type === 'MINING');
    expect(county.mines).toHaveLength(licences.length);
    for (const licence of licences) {
      const row = rowOf(county.mines, 'number', licence.number);
      const { type: _constant, ...known } = licenceFacts(world, licence, row);
      const facts = { ...known, township: licence.township, mineName: licence.siteName };
      expect(rowFacts(row, facts)).toEqual(facts);
      const mine = mineOf(world, licence);
      expect(Number(row.values.get('longitude'))).toBeCloseTo(mine.lonCs / 360_000, 6);
      expect(Number(row.values.get('latitude'))).toBeCloseTo(mine.latCs / 360_000, 6);
      expect(Number(row.values.get('areaMu'))).toBeCloseTo(muOf(mine.areaSqm), 9);
      expect(Number(row.values.get('yearlyTonnes'))).toBe(mine.yearlyTonnes);
      expect(row.values.get('corners')).toHaveLength(4);
    }
  });

  it('holds every case once, with its inspection and its spot', () => {
    const held = [...world.cases].filter(({ heldBy }) => heldBy === 'planning');
    expect(held.every(({ department }) => department === 'PLANNING')).toBe(true);
    expect(held.length).toBeGreaterThan(0);
    expect(county.cases).toHaveLength(held.length);
    const inspections = [...world.inspections];
    const spots = imageSpotsOf(world);
    for (const penaltyCase of held) {
      const row = rowOf(county.cases, 'caseCode', penaltyCase.caseCode);
      const facts = caseFacts(world, penaltyCase, row);
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(normal(row.values.get('decisionNo') ?? null)).toBe(normal(penaltyCase.decisionNo));
      const { inspection } = penaltyCase;
      expect(row.values.get('inspectionNumber') ?? null).toBe(
        inspection === null ? null : itemAt(inspections, inspection).number,
      );
      const [spot] = spots.filter((each) => each.case === penaltyCase.index);
      expect(row.values.get('spotNumber')).toBe(spot?.number);
    }
  });

  it('fits its columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

const ROWS = {
  parcels: COUNTIES.flatMap(({ parcels }) => parcels),
  spots: COUNTIES.flatMap(({ spots }) => spots),
  mines: LARGER.flatMap(({ mines }) => mines),
  cases: LARGER.flatMap(({ cases }) => cases),
} as const;
type Table = keyof typeof ROWS;

describe('defects of the planning bureau', () => {
  it.each<[string, Table, (row: DecodedRow) => boolean]>([
    ['D2 D3 owner as typed', 'parcels', (row) => /[a-zOI０-９：()（]/.test(textOf(row, 'QLRZJH'))],
    ['D6 15-digit owner', 'parcels', (row) => /(^|、)\d{15}(、|$)/.test(textOf(row, 'QLRZJH'))],
    ['D8 Chinese date', 'parcels', (row) => textOf(row, 'QSSJ').includes('年')],
    ['D8 长期', 'parcels', (row) => textOf(row, 'ZZSJ') === '长期'],
    ['D15 three owners', 'parcels', (row) => row.subjects.length === 3],
    [
      'D15 firm and person together',
      'parcels',
      ({ subjects }) =>
        ['uscc:', 'person:'].every((scheme) => subjects.some((ref) => ref.startsWith(scheme))),
    ],
    ['D16 use in words', 'parcels', (row) => textOf(row, 'TDYT').endsWith('用地')],
    ['D18 township in words', 'spots', (row) => /[乡镇]/.test(textOf(row, 'XZQDM'))],
    ['D19 swapped', 'mines', (row) => row.quality.includes('COORDINATE_SWAPPED:longitude')],
    ['D17 yuan among 万元', 'cases', (row) => /元$/.test(textOf(row, 'fkje_wy'))],
    ['decision numbers with other brackets', 'cases', (row) => /[[【（(［]/.test(textOf(row, 'cfjdswh'))],
    ['亩', 'parcels', (row) => textOf(row, 'MJ').endsWith('亩')],
    ['hectares', 'parcels', (row) => textOf(row, 'MJ').endsWith('公顷')],
    ['square metres', 'spots', (row) => textOf(row, 'TBMJ').endsWith('平方米')],
    ['square kilometres', 'mines', (row) => textOf(row, 'ckqkcmj').endsWith('km²')],
    ['parcel code for unit number', 'parcels', (row) => textOf(row, 'BDCDYH').length === 19],
    ['unit number for parcel code', 'parcels', (row) => textOf(row, 'ZDDM').length === 28],
    ['degrees in signs', 'mines', (row) => textOf(row, 'kqzxjd').includes('°')],
    ['degrees in words', 'mines', (row) => textOf(row, 'kqzxjd').includes('度')],
    ['nobody known', 'spots', (row) => row.subject === null],
  ])('%s', (_name, table, claim) => {
    expect(ROWS[table].filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, Table, string, (row: ReadonlyMap<string, unknown>) => boolean]>([
    ['history of parcels', 'parcels', 'BDC_ZDJBXX', (row) => row.get('QSZT') === '2'],
    ['deleted spots', 'spots', 'WP_TBJBXX', (row) => row.get('SCBZ') === '1'],
    ['trial mines', 'mines', 'ck_ckqdj', (row) => row.get('ckqzh') === '测试'],
    ['deleted cases', 'cases', 'gt_wfajxx', (row) => String(row.get('ajbh')).startsWith('CF')],
    ['trial cases', 'cases', 'gt_wfajxx', (row) => row.get('ay') === '测试'],
    ['earlier states of cases', 'cases', 'gt_wfajxx', (row) => row.get('larq') === '2020-01-01'],
  ])('never shows %s', (_name, table, tableName, claim) => {
    const hidden = [...COUNTIES, ...LARGER].flatMap(({ store }) => tableRows(store, tableName).filter(claim));
    expect(hidden.length).toBeGreaterThan(0);
    expect(ROWS[table].filter(({ cells }) => claim(cells))).toEqual([]);
  });
});
