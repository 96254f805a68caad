import { agricultureFormStore } from '../../drops/agriculture-forms.js';
import { productTestsOf } from '../../world/agriculture/product-tests.js';
import { generateWorld } from '../../world/generate-world.js';
import { type DecodedRow, decodedRows, refsOfSubject, tableRows, textOf } from '../testing/decoded-rows.js';
import { inspectionFacts, licenceFacts, rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { agricultureStore } from './agriculture.js';

const COUNTIES = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const [store, forms] = [agricultureStore(world), agricultureFormStore(world)];
  return {
    world,
    store,
    permits: decodedRows(forms, 'agriculture/pesticide-permit.yaml', '农药经营许可'),
    tests: decodedRows(forms, 'agriculture/product-test.yaml', '农产品抽检'),
    checks: decodedRows(store, 'agriculture/inspection.yaml'),
    machines: decodedRows(store, 'agriculture/machinery-licence.yaml'),
  };
});
const of = (name: 'permits' | 'tests' | 'checks' | 'machines') => COUNTIES.flatMap((county) => county[name]);

describe.each(COUNTIES)('the agriculture bureau after the mappings, seed $world.seed', (county) => {
  const { world, store, permits, tests, checks, machines } = county;

  it('holds every pesticide permit exactly once, as the world knows it', () => {
    const issued = world.licences.filter(({ type }) => type === 'PESTICIDE_TRADE');
    expect(permits).toHaveLength(issued.length);
    for (const [place, licence] of issued.entries()) {
      const row = itemAt(permits, place);
      // The kind is a constant of the mapping; brackets are typed in either width.
      const { type: _kind, number, ...known } = licenceFacts(world, licence, row);
      const facts = { ...known, township: licence.township, outletName: licence.siteName };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(String(row.values.get('number')).replace('(浙)', '（浙）')).toBe(number);
    }
  });

  it('holds every licence of a machine exactly once, as its newest edition has it', () => {
    const issued = world.licences.filter(({ type }) => type === 'AGRICULTURAL_MACHINERY');
    expect(machines).toHaveLength(issued.length);
    for (const [place, licence] of issued.entries()) {
      const row = itemAt(machines, place);
      const { type: _kind, ...known } = licenceFacts(world, licence, row);
      const facts = { ...known, township: licence.township };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(row.values.get('machineKind')).not.toBe('UNKNOWN');
    }
  });

  it('holds every test of produce exactly once, in milligrams per kilogram whatever the unit was', () => {
    const made = productTestsOf(world);
    expect(tests).toHaveLength(made.length);
    for (const test of made) {
      const row = itemAt(tests, test.index);
      const { sampleNo, sampledOn, reportedOn, product, category, item, township } = test;
      const conclusion = test.passed ? 'QUALIFIED' : 'UNQUALIFIED';
      const facts = { sampleNo, sampledOn, reportedOn, product, category, item, township, conclusion };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(refsOfSubject(world, test.producer)).toContain(row.subject);
      expect(Number(row.values.get('limit'))).toBe(Number(test.limit));
      const measured = row.values.get('measured') ?? null;
      if (test.measured === null) {
        expect(measured).toBeNull();
        expect(row.values.get('rawMeasured')).toMatch(/^(ND|未检出|<.+)$/);
        expect(row.quality).toContain('NULL_WORD:measured');
      } else expect(Number(measured)).toBe(Number(test.measured));
    }
  });

  it('holds every check of the bureau exactly once, as the world knows it', () => {
    const held = [...world.inspections].filter(({ heldBy }) => heldBy === 'agriculture');
    expect(checks).toHaveLength(held.length);
    const rows = new Map(checks.map((row) => [row.values.get('number'), row]));
    for (const inspection of held) {
      const row = rows.get(inspection.number);
      if (row === undefined) throw new Error(`no row of ${inspection.number}`);
      const facts = inspectionFacts(world, inspection, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('fits its columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

describe('defects of the agriculture bureau', () => {
  it.each<[string, Parameters<typeof of>[0], (row: DecodedRow) => boolean]>([
    ['ND', 'tests', (row) => textOf(row, 'jcz_varchar8') === 'ND'],
    ['未检出', 'tests', (row) => textOf(row, 'jcz_varchar8') === '未检出'],
    ['below what can be detected', 'tests', (row) => textOf(row, 'jcz_varchar8').startsWith('<')],
    ['micrograms', 'tests', (row) => /^[uμ]g\/kg$/.test(textOf(row, 'dw_select2'))],
    ['no unit at all', 'tests', (row) => textOf(row, 'dw_select2') === ''],
    ['a person as producer', 'tests', (row) => row.subject?.startsWith('person:') === true],
    ['too much', 'tests', (row) => row.values.get('conclusion') === 'UNQUALIFIED'],
    ['D2 D3 a code as typed', 'tests', (row) => /[a-z０-９：()（]/.test(textOf(row, 'tyshxydm_varchar5'))],
    ['D8 a typed date', 'permits', (row) => !/^\d{4}-\d\d-\d\d$/.test(textOf(row, 'yxks_datetime3'))],
    ['D6 an owner of 15 digits', 'machines', (row) => /^\d{15}$/.test(textOf(row, 'jzsfzh_varchar3'))],
    ['D16 words of an older form', 'checks', (row) => !textOf(row, 'jcjg_checkbox1').startsWith('option')],
    ['D18 township in words', 'checks', (row) => !/^\d{9}$/.test(textOf(row, 'xz_select2'))],
  ])('%s', (_name, list, claim) => {
    expect(of(list).filter(claim).length).toBeGreaterThan(0);
  });

  it('hides what was deleted and what was a trial', () => {
    const all = COUNTIES.flatMap(({ store }) => tableRows(store, 'form_nyzfjc'));
    const hidden = all.filter((row) => row.get('is_deleted') === 1 || row.get('sfcs_switch2') === 'true');
    expect(hidden.length).toBe(all.length - of('checks').length);
    expect(hidden.length).toBeGreaterThan(5);
  });
});
