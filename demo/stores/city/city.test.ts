import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { streetDetailsOf } from '../../world/city/street-details.js';
import { generateWorld } from '../../world/generate-world.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { type DecodedRow, decodedRows, textOf } from '../testing/decoded-rows.js';
import { eventFacts, rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { cityStore, streetEvents } from './city.js';

const counties = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = cityStore(world);
  return { seed, world, store, rows: decodedRows(store, 'city/event.yaml', 'EUMS_TASK') };
});

/** How many metres a row lies from where the world has the event. */
function metresOff(row: DecodedRow, { lon, lat }: { readonly lon: number; readonly lat: number }): number {
  const east = (Number(row.values.get('longitude')) - lon) * 95_700;
  const north = (Number(row.values.get('latitude')) - lat) * 110_900;
  return Math.hypot(east, north);
}

describe.each(counties)('cityStore() after the mapping, seed $seed', ({ world, store, rows }) => {
  const events = streetEvents(world);
  const known = new Map(rows.map((row) => [textOf(row, 'TASKNUM'), row]));
  const rowOf = (number: string): DecodedRow => {
    const row = known.get(number);
    if (row === undefined) throw new Error(`no row of ${number}`);
    return row;
  };

  it('holds every task exactly once, as the world knows it', () => {
    expect(rows).toHaveLength(events.length);
    for (const event of events) {
      const { source: _constant, ...shared } = eventFacts(event);
      const { number, grid, department } = event;
      const deadline = `${event.deadline.replace(' ', 'T')}+08:00`;
      const handler = institutionOf(department).name;
      const facts = { ...shared, ...streetDetailsOf(event), number, grid, deadline, handler };
      expect(rowFacts(rowOf(number), facts)).toEqual(facts);
    }
  });

  it('copies the numbers of inspections and cases, however they are spelled', () => {
    const [inspections, cases] = [[...world.inspections], [...world.cases]];
    const numberIn = (row: DecodedRow, name: string): string | null => {
      const value = row.values.get(name);
      return typeof value === 'string' ? normaliseDocumentNumber(value) : null;
    };
    for (const { number, inspection, case: led } of events) {
      const row = rowOf(number);
      const found = inspection === null ? null : itemAt(inspections, inspection).number;
      expect(numberIn(row, 'inspectionNumber')).toBe(found);
      if (led === null) expect(numberIn(row, 'caseNumber')).toBeNull();
      else {
        const { caseCode, decisionNo } = itemAt(cases, led);
        expect([caseCode, normaliseDocumentNumber(decisionNo ?? '')]).toContain(numberIn(row, 'caseNumber'));
      }
    }
  });

  it('D19: shows a place where it is, or in a datum that says so, or not at all', () => {
    const datums = new Map<unknown, number>();
    for (const event of events) {
      const row = rowOf(event.number);
      const datum = row.values.get('datum');
      datums.set(datum, (datums.get(datum) ?? 0) + 1);
      if (row.quality.includes('COORDINATE_OUTSIDE:longitude')) {
        expect([datum, row.values.get('longitude'), row.values.get('latitude')]).toEqual([
          datum === 'CGCS2000' ? datum : null,
          null,
          null,
        ]);
      } else if (datum === 'WGS84') expect(metresOff(row, event)).toBeLessThan(1);
      else {
        expect(datum).toBe('GCJ02');
        expect(metresOff(row, event)).toBeGreaterThan(300);
      }
    }
    expect([...datums.keys()].sort()).toEqual(['CGCS2000', 'GCJ02', 'WGS84', null]);
  });

  it('fits its columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

describe('defects of the smart city', () => {
  const rows = counties.flatMap((county) => county.rows);
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D4 a word for no outcome', (row) => row.quality.includes('NULL_WORD:outcome')],
    ['D8 a day of 1900', (row) => textOf(row, 'ARCHIVETIME').startsWith('1900')],
    ['D16 classes in words', (row) => textOf(row, 'SUBTYPE') === '暴露垃圾'],
    ['D18 township in words', (row) => /[乡镇]/.test(textOf(row, 'STREETCODE'))],
    ['D19 changed over', (row) => row.quality.includes('COORDINATE_SWAPPED:longitude')],
    ['D19 metres', (row) => textOf(row, 'X').startsWith('414')],
    ['D19 another datum', (row) => textOf(row, 'COORDSYS') === '火星坐标'],
    ['an inspection in wide digits', (row) => /[０-９]/.test(textOf(row, 'CHECKNO'))],
    ['a case by its decision', (row) => /罚/.test(textOf(row, 'CASENO'))],
  ])('%s', (_name, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });
});
